import * as z from 'zod/mini';
import { isTerminal } from '../../../domain/life-cycle.ts';
import { SYSTEM, type RequestRecord } from '../../../domain/request.ts';
import { paymentIsDecided } from '../../../domain/status-change.ts';
import { decisionOf, type Decision } from '../shared/decision.ts';
import { loadRequest } from '../shared/load-request.ts';
import type { RequestWriter } from '../shared/request-writer.ts';
import { BrokenRule } from '../shared/service-fault.ts';
import type { WaitRow } from '../shared/wait-writer.ts';
import { requestStepSchema } from '../shared/worker.ts';

export const paymentStepSchema = z.extend(requestStepSchema, {
  transactionType: z.enum(['PAYMENT', 'REFUND']),
});

export type PaymentStep = z.output<typeof paymentStepSchema>;

/** What is left to do for a request, and on whose decision. */
export interface Payment {
  readonly todo: 'PAY' | 'REFUND' | 'NOTHING';
  readonly decision: Decision | null;
}

export interface PaymentEdges {
  readonly requests: Pick<RequestWriter, 'request'>;
  /** The row of the request's present wait. */
  readonly waitOf: (request: RequestRecord) => Promise<WaitRow | undefined>;
}

const DONE: Payment = { todo: 'NOTHING', decision: null };

/**
 * Finishes what the workflow of a request left undone. PAYMENT carries out the decision that stands in the row of its
 * wait, REFUND is the compensation of a failure of ours. Throws `BrokenRule` where that would pay what nobody decided to
 * pay, or refund what is to be paid, or is.
 */
export const processPayment =
  ({ requests, waitOf }: PaymentEdges) =>
  async ({ requestId, transactionType }: PaymentStep): Promise<Payment> => {
    const request = await loadRequest(requests, requestId);
    return transactionType === 'PAYMENT' ? payment(request) : refund(request);

    async function payment(decided: RequestRecord): Promise<Payment> {
      if (decided.status === 'PAID') return DONE;
      if (isTerminal(decided.status) || !paymentIsDecided(decided))
        throw new BrokenRule(`Nobody decided to pay request ${requestId}: it is ${decided.status}`);
      const outcome = (await waitOf(decided))?.outcome;
      if (!outcome || outcome.event !== decided.pendingEvent)
        throw new BrokenRule(`The wait of request ${requestId} does not say ${decided.pendingEvent ?? ''}`);
      return { todo: 'PAY', decision: decisionOf(outcome) };
    }
  };

function refund(request: RequestRecord): Payment {
  if (request.status === 'PAID' || paymentIsDecided(request))
    throw new BrokenRule(`The payment of request ${request.id} is decided: nothing refunds it`);
  if (isTerminal(request.status)) return DONE;
  return { todo: 'REFUND', decision: { event: 'SYSTEM_FAILURE', actor: SYSTEM } };
}
