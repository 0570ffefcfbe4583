import type { Instant } from '../../../domain/instant.ts';
import type { RequestRecord } from '../../../domain/request.ts';

/** What every command on a request answers: the request as it now stands, and the server's time. */
export function requestResult(request: RequestRecord, now: Instant) {
  return {
    id: request.id,
    status: request.status,
    statusReason: request.statusReason ?? null,
    revision: request.revision,
    pendingEvent: request.pendingEvent ?? null,
    estimatedHours: request.estimatedHours,
    agreedRate: request.agreedRate,
    agreedHours: request.agreedHours ?? null,
    amount: request.amount,
    expiresAt: request.expiresAt ?? null,
    updatedAt: request.updatedAt,
    escrowId: request.escrowId ?? null,
    negotiationRound: request.negotiationRound,
    offeredHours: request.offeredHours ?? null,
    offeredRate: request.offeredRate ?? null,
    offeredAmount: request.offeredAmount ?? null,
    disputeId: request.disputeId ?? null,
    now,
  };
}

export type RequestResult = ReturnType<typeof requestResult>;
