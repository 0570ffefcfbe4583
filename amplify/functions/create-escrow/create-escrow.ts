import type { Instant } from '../../../domain/instant.ts';
import { hold } from '../../../domain/posting.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { SYSTEM, escrowIdOf, type RequestRecord } from '../../../domain/request.ts';
import { balanceHints, requestHint, type Emit } from '../shared/events.ts';
import type { LedgerWriter } from '../shared/ledger-writer.ts';
import { loadRequest } from '../shared/load-request.ts';
import type { RequestWriter } from '../shared/request-writer.ts';
import type { StatusStep } from '../shared/worker.ts';

export interface Hold {
  readonly held: boolean;
  /** Of the request after this step. */
  readonly revision: number;
}

export interface HoldEdges {
  readonly requests: Pick<RequestWriter, 'request' | 'changeStatus'>;
  readonly ledger: Pick<LedgerWriter, 'post'>;
  readonly emit: Emit;
}

/** VALIDATING to ESCROWED with the hours held, or to REJECTED where they have gone since the validation. */
export const createEscrow =
  ({ requests, ledger, emit }: HoldEdges) =>
  async ({ requestId, executionArn, revision }: StatusStep, now: Instant): Promise<Hold> => {
    const request = await loadRequest(requests, requestId);
    if (request.status === 'REJECTED') return { held: false, revision: request.revision }; // this step has run before
    try {
      const escrowId = escrowIdOf(requestId);
      const change = {
        requestId,
        revision,
        event: 'HOLD_HOURS',
        actor: SYSTEM,
        terms: { escrowId },
      } as const;
      const { entries } = await ledger.post(holdFor(request), { now, executionArn }, change);
      const held = await loadRequest(requests, requestId);
      await emit(requestHint(held, now), ...balanceHints(entries, held, now));
      return { held: true, revision: revision + 1 };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const refusal = {
        requestId,
        revision,
        event: 'REFUSE',
        actor: SYSTEM,
        statusReason: error.code,
      } as const;
      const refused = await requests.changeStatus(refusal, now);
      await emit(requestHint(refused.request, now));
      return { held: false, revision: revision + 1 };
    }
  };

const holdFor = (request: RequestRecord) =>
  hold({
    escrowId: escrowIdOf(request.id),
    requestId: request.id,
    fromUserId: request.requesterId,
    toUserId: request.providerId,
    hours: request.amount,
  });
