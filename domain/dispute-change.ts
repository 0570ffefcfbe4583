import {
  DECISIONS,
  checkRefund,
  type DisputeDecision,
  type DisputeRecord,
  type DisputeStatus,
} from './dispute.ts';
import type { SignedHours } from './hours.ts';
import type { Instant } from './instant.ts';
import type { RequestEvent } from './life-cycle.ts';
import type { Actor, RequestRecord } from './request.ts';

/** What a change of a request's status does to its dispute; written in the same transaction. */
export interface DisputeChange {
  readonly id: string;
  /** The statuses that it may leave. */
  readonly from: readonly DisputeStatus[];
  readonly set: Partial<DisputeRecord>;
  /** The escrow is free again although no hours move: the dispute was dismissed. */
  readonly unfreezes?: string;
}

interface Happening {
  readonly event: RequestEvent;
  readonly actor: Actor;
  readonly now: Instant;
  readonly note?: string;
  readonly refundHours?: SignedHours;
}

/** The change of the dispute that goes with a request's; undefined where none is concerned. */
export function disputeChangeOf(
  before: RequestRecord,
  after: RequestRecord,
  happening: Happening,
): DisputeChange | undefined {
  const { now: updatedAt } = happening;
  if (after.status === 'DISPUTED') {
    if (after.disputeId === undefined) throw new Error(`Request ${after.id} names no dispute`);
    const expiry = after.expiresAt === undefined ? {} : { expiresAt: after.expiresAt };
    return {
      id: after.disputeId,
      from: ['OPEN'],
      set: { status: 'AWAITING_DECISION', ...expiry, updatedAt },
    };
  }
  const neverBegan = before.pendingEvent === 'OPEN_DISPUTE';
  if (before.status !== 'DISPUTED' && !neverBegan) return undefined;
  if (before.disputeId === undefined) throw new Error(`Request ${before.id} names no dispute`);
  return {
    id: before.disputeId,
    from: [neverBegan ? 'OPEN' : 'AWAITING_DECISION'],
    set: { ...endOf(before, happening), updatedAt },
    ...(happening.event === 'DISMISS_DISPUTE' &&
      before.escrowId !== undefined && { unfreezes: before.escrowId }),
  };
}

function endOf(
  request: RequestRecord,
  { event, actor, now, note, refundHours }: Happening,
): Partial<DisputeRecord> & Pick<DisputeRecord, 'status'> {
  const decided = {
    decidedBy: actor.id,
    decidedAt: now,
    ...(note !== undefined && { decisionNote: note }),
  };
  const part = refundHours === undefined ? {} : { refundHours };
  switch (event) {
    case 'DISMISS_DISPUTE':
      return { status: 'DISMISSED', decision: event, ...decided };
    case 'REFUND_TO_REQUESTER':
    case 'SETTLE_REFUND':
    case 'TIMEOUT':
    case 'SYSTEM_FAILURE':
      return { status: statusOf(event), ...decisionOf(event), refundHours: request.amount, ...decided };
    case 'PAY_TO_PROVIDER':
    case 'SETTLE_PAY':
      return {
        status: statusOf(event),
        ...decisionOf(event),
        refundHours: checkRefund(request, 0),
        ...decided,
      };
    default:
      return { status: statusOf(event), ...decisionOf(event), ...part, ...decided };
  }
}

const isDecision = (event: RequestEvent): event is DisputeDecision =>
  DECISIONS.some((decision) => decision === event);

const decisionOf = (event: RequestEvent): Pick<DisputeRecord, 'decision'> =>
  isDecision(event) ? { decision: event } : {};

function statusOf(event: RequestEvent): DisputeStatus {
  if (isDecision(event)) return 'RESOLVED';
  return event === 'TIMEOUT' || event === 'SYSTEM_FAILURE' ? 'LAPSED' : 'SETTLED';
}
