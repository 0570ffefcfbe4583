import type { DisputeRecord } from '../../../domain/dispute.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { RequestRecord } from '../../../domain/request.ts';

/** What every command on a dispute answers: the dispute as it now stands, and the server's time. */
export function disputeResult(
  dispute: DisputeRecord,
  request: Pick<RequestRecord, 'pendingEvent'>,
  now: Instant,
) {
  return {
    id: dispute.id,
    requestId: dispute.requestId,
    status: dispute.status,
    amount: dispute.amount,
    expiresAt: dispute.expiresAt ?? null,
    proposedRefundHours: dispute.proposedRefundHours ?? null,
    proposedBy: dispute.proposedBy ?? null,
    proposedAt: dispute.proposedAt ?? null,
    decision: dispute.decision ?? null,
    refundHours: dispute.refundHours ?? null,
    pendingEvent: request.pendingEvent ?? null,
    updatedAt: dispute.updatedAt,
    now,
  };
}

export type DisputeResult = ReturnType<typeof disputeResult>;
