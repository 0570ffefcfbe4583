import * as z from 'zod/mini';
import { planWait } from '../../../domain/deadlines.ts';
import type { Instant } from '../../../domain/instant.ts';
import { escrowIdOf, type RequestRecord } from '../../../domain/request.ts';
import { decisionSchema } from '../shared/decision.ts';
import { disputeHint, requestHint, type Emit } from '../shared/events.ts';
import type { LedgerWriter } from '../shared/ledger-writer.ts';
import { loadRequest } from '../shared/load-request.ts';
import type { RequestWriter } from '../shared/request-writer.ts';
import { BrokenRule } from '../shared/service-fault.ts';
import { requestStepSchema, statusStepSchema } from '../shared/worker.ts';

const initiateSchema = z.extend(statusStepSchema, {
  step: z.literal('INITIATE'),
  decision: decisionSchema,
});
const freezeSchema = z.extend(requestStepSchema, { step: z.literal('FREEZE') });
const notifySchema = z.extend(requestStepSchema, { step: z.literal('NOTIFY') });

export const initiationStepSchema = z.discriminatedUnion('step', [
  initiateSchema,
  freezeSchema,
  notifySchema,
]);

export type InitiationStep = z.output<typeof initiationStepSchema>;

export interface Initiation {
  /** False where the dispute has ended already: the parent was taken up again after that. */
  readonly open: boolean;
  /** Of the request in dispute; the row of its wait is named by it. */
  readonly revision: number;
}

export interface InitiationEdges {
  readonly requests: Pick<RequestWriter, 'request' | 'changeStatus' | 'stepAt'>;
  readonly ledger: Pick<LedgerWriter, 'freeze'>;
  readonly emit: Emit;
}

/** Stops a request for its dispute, freezes its hours, and calls the admins. Each step is harmless to repeat. */
export const initiateDispute =
  (edges: InitiationEdges) =>
  async (
    step: InitiationStep,
    now: Instant,
  ): Promise<Initiation | { readonly waitSeconds: number } | { readonly frozenBy: string }> => {
    switch (step.step) {
      case 'INITIATE':
        return initiate(edges, step, now);
      case 'FREEZE':
        return freeze(edges, step.requestId, now);
      case 'NOTIFY': {
        const request = await disputed(edges, step.requestId);
        await edges.emit(disputeHint(request, now), requestHint(request, now));
        return { waitSeconds: planWait(request, now).timeoutSeconds };
      }
    }
  };

async function initiate(
  { requests, emit }: InitiationEdges,
  { requestId, revision, decision }: z.output<typeof initiateSchema>,
  now: Instant,
): Promise<Initiation> {
  const { request } = await requests.changeStatus({ requestId, revision, ...decision }, now);
  await emit(requestHint(request, now));
  return { open: request.revision === revision + 1, revision: revision + 1 };
}

async function freeze({ requests, ledger }: InitiationEdges, requestId: string, now: Instant) {
  const { disputeId } = await disputed({ requests }, requestId);
  await ledger.freeze(escrowIdOf(requestId), disputeId, now);
  return { frozenBy: disputeId };
}

async function disputed(
  { requests }: Pick<InitiationEdges, 'requests'>,
  requestId: string,
): Promise<RequestRecord & { readonly disputeId: string }> {
  const request = await loadRequest(requests, requestId);
  const { disputeId } = request;
  if (request.status !== 'DISPUTED' || disputeId === undefined)
    throw new BrokenRule(`Request ${requestId} is ${request.status}, not in dispute`);
  return { ...request, disputeId };
}
