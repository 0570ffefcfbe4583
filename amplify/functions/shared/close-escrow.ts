import * as z from 'zod/mini';
import type { Instant } from '../../../domain/instant.ts';
import { netsToZero, type Escrow, type Posting } from '../../../domain/ledger.ts';
import { escrowIdOf } from '../../../domain/request.ts';
import { decisionSchema, type Decision } from './decision.ts';
import { balanceHints, postingHint, requestHint, type Emit } from './events.ts';
import type { LedgerWriter } from './ledger-writer.ts';
import type { RequestChange } from './request-change.ts';
import { BrokenRule } from './service-fault.ts';
import { requestStepSchema, statusStepSchema } from './worker.ts';

const prepareSchema = z.extend(requestStepSchema, { step: z.literal('PREPARE'), decision: decisionSchema });
const commitSchema = z.extend(statusStepSchema, { step: z.literal('COMMIT'), decision: decisionSchema });
const auditSchema = z.extend(requestStepSchema, { step: z.literal('AUDIT'), decision: decisionSchema });

/** The steps that every escrow ends with, whichever way its hours go. */
export const CLOSING_STEPS = [prepareSchema, commitSchema, auditSchema] as const;

type Commit = z.output<typeof commitSchema>;
export type ClosingStep = z.output<typeof prepareSchema> | Commit | z.output<typeof auditSchema>;

/** One way for the hours of an escrow to go. */
export interface Way {
  /** Status of the escrow from the moment that no other way is open. */
  readonly begun: 'RELEASING' | 'CANCELLING';
  /** Worked out of nothing but the escrow and the decision, so that every try makes the same posting. */
  readonly posting: (escrow: Escrow, decision: Decision) => Posting;
}

export interface ClosingEdges {
  readonly ledger: Pick<LedgerWriter, 'escrow' | 'begin' | 'post' | 'entriesOf'>;
  readonly emit: Emit;
}

/** What the state machine's history keeps of a step. */
export interface Closed {
  readonly transactionId: string;
}

/** The status change that goes with a decision: what ended a request is also why. */
export const changeFor = (requestId: string, revision: number, decision: Decision): RequestChange => ({
  requestId,
  revision,
  ...decision,
  statusReason: decision.event,
});

/**
 * Closes an escrow in three steps, each harmless to repeat: says which way it goes, moves hours and status in one
 * transaction, checks what was logged. Throws `BrokenRule` where the log does not balance.
 */
export const closeEscrow =
  (edges: ClosingEdges, way: Way) =>
  async (step: ClosingStep, now: Instant): Promise<Closed> => {
    const { ledger } = edges;
    const escrow = await ledger.escrow(escrowIdOf(step.requestId));
    if (!escrow) throw new BrokenRule(`Request ${step.requestId} has no escrow`);
    const posting = way.posting(escrow, step.decision);
    switch (step.step) {
      case 'PREPARE':
        // Until our own failure is compensated a member may still confirm; marked, the escrow could not be released.
        if (step.decision.event !== 'SYSTEM_FAILURE')
          await ledger.begin(escrow.id, way.begun, now, step.decision.disputeId);
        break;
      case 'COMMIT':
        await commit(edges, posting, step, now);
        break;
      case 'AUDIT':
        await audit(edges, posting, now);
    }
    return { transactionId: posting.transactionId };
  };

async function commit(
  { ledger, emit }: ClosingEdges,
  posting: Posting,
  { requestId, revision, executionArn, decision }: Commit,
  now: Instant,
): Promise<void> {
  const change = changeFor(requestId, revision, decision);
  const { entries, request } = await ledger.post(posting, { now, executionArn }, change);
  await emit(...(request ? [requestHint(request, now)] : []), ...balanceHints(entries, request, now));
}

async function audit({ ledger, emit }: ClosingEdges, posting: Posting, now: Instant): Promise<void> {
  const entries = await ledger.entriesOf(posting);
  if (entries.length !== posting.lines.length || !netsToZero(entries))
    throw new BrokenRule(`The log of ${posting.transactionId} does not balance`);
  await emit(postingHint(entries, now));
}
