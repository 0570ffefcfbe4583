import * as z from 'zod/mini';
import type { Instant } from '../../../domain/instant.ts';
import type { Escrow } from '../../../domain/ledger.ts';
import { findTransition, isTerminal } from '../../../domain/life-cycle.ts';
import { refund } from '../../../domain/posting.ts';
import { escrowIdOf, type RequestRecord } from '../../../domain/request.ts';
import { paymentIsDecided } from '../../../domain/status-change.ts';
import { decisionSchema, type Decision } from '../shared/decision.ts';
import { requestHint } from '../shared/events.ts';
import { loadRequest } from '../shared/load-request.ts';
import type { RequestWriter } from '../shared/request-writer.ts';
import { BrokenRule } from '../shared/service-fault.ts';
import {
  CLOSING_STEPS,
  changeFor,
  closeEscrow,
  type Closed,
  type ClosingEdges,
} from '../shared/close-escrow.ts';
import { requestStepSchema, statusStepSchema } from '../shared/worker.ts';

const validateSchema = z.extend(requestStepSchema, { step: z.literal('VALIDATE'), decision: decisionSchema });
const closeSchema = z.extend(statusStepSchema, { step: z.literal('CLOSE'), decision: decisionSchema });

export const cancellationStepSchema = z.discriminatedUnion('step', [
  validateSchema,
  closeSchema,
  ...CLOSING_STEPS,
]);

export type CancellationStep = z.output<typeof cancellationStepSchema>;

/** What a cancellation has to do. */
export interface Cancellation {
  /**
   * REFUND where hours are, or were, held; CLOSE where only the status changes; NOTHING where the request had ended; PAY
   * where a payment was decided before a failure of ours could be compensated: nothing is refunded.
   */
  readonly todo: 'REFUND' | 'CLOSE' | 'NOTHING' | 'PAY';
  /** The revision that the cancellation leaves, or that is to be paid; a refunded request already has it behind it. */
  readonly revision: number;
  /** With the dispute that froze the hours, where one did: a failure of ours does not know of it. */
  readonly decision: Decision;
}

export interface CancellationEdges extends ClosingEdges {
  readonly requests: Pick<RequestWriter, 'request' | 'changeStatus'>;
}

/** Ends a request without payment: all held hours go back to the requester. */
export const processEscrowCancellation = (edges: CancellationEdges) => {
  const giveBack = closeEscrow(edges, { begun: 'CANCELLING', posting: refunding });
  return async (step: CancellationStep, now: Instant): Promise<Cancellation | Closed> => {
    switch (step.step) {
      case 'VALIDATE':
        return validate(edges, step);
      case 'CLOSE':
        return close(edges, step, now);
      default:
        return giveBack(step, now);
    }
  };
};

/** Throws `BrokenRule` for a decision that ends no request in this status, above all for one that is paid. */
async function validate(
  { requests, ledger }: CancellationEdges,
  { requestId, decision: asked }: z.output<typeof validateSchema>,
): Promise<Cancellation> {
  const request = await loadRequest(requests, requestId);
  const held = (await ledger.escrow(escrowIdOf(requestId))) !== undefined;
  const decision = onBehalfOf(request, asked);
  if (request.status === 'PAID') throw new BrokenRule(`Request ${requestId} is paid: nothing refunds it`);
  if (isTerminal(request.status))
    return { todo: held ? 'REFUND' : 'NOTHING', revision: request.revision - 1, decision };

  const transition = findTransition(request.status, decision.event, decision.actor.role);
  if (transition?.ledger !== (held ? 'REFUND' : 'NONE'))
    throw new BrokenRule(`${decision.event} ends no request in ${request.status}`);
  if (transition.onlyUndecided && paymentIsDecided(request))
    return { todo: 'PAY', revision: request.revision, decision };
  return { todo: held ? 'REFUND' : 'CLOSE', revision: request.revision, decision };
}

const refunding = (escrow: Escrow, { disputeId }: Decision) => refund(escrow, disputeId);

/** REFUNDED is how a dispute ends and nothing else, so this says the same before the refund and after it. */
function onBehalfOf({ status, disputeId }: RequestRecord, decision: Decision): Decision {
  const disputed = status === 'DISPUTED' || status === 'REFUNDED';
  return disputed && disputeId !== undefined ? { ...decision, disputeId } : decision;
}

async function close(
  { requests, emit }: CancellationEdges,
  { requestId, revision, decision }: z.output<typeof closeSchema>,
  now: Instant,
): Promise<Cancellation> {
  const { request } = await requests.changeStatus(changeFor(requestId, revision, decision), now);
  await emit(requestHint(request, now));
  return { todo: 'NOTHING', revision: request.revision, decision };
}
