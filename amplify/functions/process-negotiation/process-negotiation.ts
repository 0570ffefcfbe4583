import type { Instant } from '../../../domain/instant.ts';
import { entryId } from '../../../domain/ledger.ts';
import { termsOnTable } from '../../../domain/negotiation.ts';
import { resize, resizeIdOf } from '../../../domain/posting.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { SYSTEM, escrowIdOf, type RequestRecord } from '../../../domain/request.ts';
import type { Decision } from '../shared/decision.ts';
import { balanceHints, requestHint } from '../shared/events.ts';
import type { LedgerWriter } from '../shared/ledger-writer.ts';
import { loadRequest } from '../shared/load-request.ts';
import { StaleRequest } from '../shared/request-change.ts';
import type { RequestWriter } from '../shared/request-writer.ts';
import { BrokenRule } from '../shared/service-fault.ts';
import {
  carryOut,
  handOn,
  takeAnswer,
  waitSecondsOf,
  type Response,
  type Taken,
  type WaitStepEdges,
} from '../shared/wait-step.ts';
import type { StatusStep } from '../shared/worker.ts';

const HOURS_GONE: Decision = { event: 'HOURS_GONE', actor: SYSTEM };

export interface NegotiationEdges extends WaitStepEdges {
  readonly requests: Pick<RequestWriter, 'request' | 'changeStatus' | 'stepAt'>;
  readonly ledger: Pick<LedgerWriter, 'escrow' | 'post'>;
}

/**
 * Carries a negotiation on: a counter-offer opens the next round; an acceptance sets the hold to what was agreed, in one
 * posting with the status, or says that the hours are gone, and the turn stays where it was.
 */
export const processNegotiation =
  (edges: NegotiationEdges) =>
  async (step: StatusStep, now: Instant): Promise<Response> => {
    const answer = await takeAnswer(edges, ['AWAITING_RESPONSE', 'NEGOTIATING'], step, now);
    if ('goesOn' in answer) return answer.goesOn;
    const { decision } = answer.taken;
    switch (decision.event) {
      case 'COUNTER_OFFER':
        return carryOut(edges, step, decision, now);
      case 'ACCEPT':
        return agree(edges, step, answer.taken, now);
      default:
        return handOn(edges, answer.taken, step.revision, now);
    }
  };

async function agree(
  edges: NegotiationEdges,
  step: StatusStep,
  { decision, request }: Taken,
  now: Instant,
): Promise<Response> {
  const { ledger, emit } = edges;
  const { requestId, revision, executionArn } = step;
  if (request.revision > revision) return sayAgain(edges, step, decision, request, now);

  const escrow = await ledger.escrow(escrowIdOf(requestId));
  if (!escrow) throw new BrokenRule(`Request ${requestId} has no escrow`);
  const posting = resize(escrow, termsOnTable(request).amount, request.negotiationRound);
  try {
    const change = { requestId, revision, ...decision };
    const { entries, request: agreed } = await ledger.post(posting, { now, executionArn }, change);
    await emit(...(agreed ? [requestHint(agreed, now)] : []), ...balanceHints(entries, agreed, now));
    return { outcome: 'ACCEPT', decision, revision: revision + 1, waitSeconds: null };
  } catch (error) {
    if (error instanceof Refusal) return carryOut(edges, step, HOURS_GONE, now, error.code);
    if (error instanceof StaleRequest)
      return sayAgain(edges, step, decision, await loadRequest(edges.requests, requestId), now);
    throw error;
  }
}

/** This very step has run before, perhaps a moment ago: what it did stands in the timeline. */
async function sayAgain(
  { requests, emit }: NegotiationEdges,
  { requestId, revision }: StatusStep,
  decision: Decision,
  request: RequestRecord,
  now: Instant,
): Promise<Response> {
  const done = await requests.stepAt(requestId, revision + 1);
  await emit(requestHint(request, now), ...balanceHints([resizedBy(request)], request, now));
  switch (done?.event) {
    case 'ACCEPT':
      return { outcome: 'ACCEPT', decision, revision: revision + 1, waitSeconds: null };
    case 'HOURS_GONE':
      return {
        outcome: 'HOURS_GONE',
        decision: HOURS_GONE,
        revision: revision + 1,
        waitSeconds: waitSecondsOf(request, now),
      };
    default:
      throw new BrokenRule(`Request ${requestId} left revision ${revision} by ${done?.event ?? 'nothing'}`);
  }
}

function resizedBy({ id, requesterId, negotiationRound }: RequestRecord) {
  const transactionId = resizeIdOf(escrowIdOf(id), negotiationRound);
  return { id: entryId(transactionId, requesterId), transactionId, userId: requesterId };
}
