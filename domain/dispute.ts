import { isQuarterStep, MIN_HOURS, negate, plus, type Hours, type SignedHours } from './hours.ts';
import type { Instant } from './instant.ts';
import type { Party, RequestEvent, Status } from './life-cycle.ts';
import { Refusal } from './refusal.ts';
import { escrowIdOf, partyOf, type RequestRecord } from './request.ts';

export const DISPUTE_STATUSES = [
  /** Opened; its workflow has not frozen the hours yet. */
  'OPEN',
  'AWAITING_DECISION',
  'RESOLVED',
  'SETTLED',
  'DISMISSED',
  /** Nobody decided in time, or we failed: the hours went back. */
  'LAPSED',
] as const;
export type DisputeStatus = (typeof DISPUTE_STATUSES)[number];

export const DECISIONS = [
  'REFUND_TO_REQUESTER',
  'PAY_TO_PROVIDER',
  'PARTIAL_REFUND',
  'DISMISS_DISPUTE',
] as const satisfies readonly RequestEvent[];
export type DisputeDecision = (typeof DECISIONS)[number];

export const MAX_REASON = 200;
/** Proposals in one dispute, both parties together. They move no deadline; this only bounds the rows. */
export const MAX_PROPOSALS = 20;

/** A row of the model Dispute. */
export interface DisputeRecord {
  /** `disputeIdOf`: each party may open one. */
  readonly id: string;
  readonly requestId: string;
  readonly serviceTitle: string;
  readonly escrowId: string;
  readonly requesterId: string;
  readonly providerId: string;
  readonly openedBy: string;
  readonly openedByRole: Party;
  readonly reason: string;
  readonly statement: string;
  readonly status: DisputeStatus;
  /** Status that the request returns to when the dispute is dismissed. */
  readonly statusBefore: Status;
  /** Hours at stake. */
  readonly amount: Hours;
  /** When the hours go back unless somebody decides. */
  readonly expiresAt?: Instant;
  /** The settlement on the table, as hours for the requester. */
  readonly proposedRefundHours?: SignedHours;
  readonly proposedBy?: string;
  readonly proposedAt?: Instant;
  /** How many settlements were proposed. */
  readonly proposals: number;
  readonly decision?: DisputeDecision;
  /** Hours that went back to the requester. */
  readonly refundHours?: SignedHours;
  readonly decidedBy?: string;
  readonly decidedAt?: Instant;
  readonly decisionNote?: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export const disputeIdOf = (requestId: string, openedBy: Party): string =>
  `dispute-${requestId}-${openedBy.toLowerCase()}`;

export const isOver = ({ status }: Pick<DisputeRecord, 'status'>): boolean =>
  status !== 'OPEN' && status !== 'AWAITING_DECISION';

export interface Complaint {
  readonly reason: string;
  readonly statement: string;
}

/** The dispute that a party opens about a request. Throws `Refusal` NOT_FOUND to a stranger. */
export function openDispute(
  request: RequestRecord,
  memberId: string,
  { reason, statement }: Complaint,
  now: Instant,
): DisputeRecord {
  const party = partyOf(request, memberId);
  if (!party) throw new Refusal('NOT_FOUND');
  return {
    id: disputeIdOf(request.id, party),
    requestId: request.id,
    serviceTitle: request.serviceTitle,
    escrowId: escrowIdOf(request.id),
    requesterId: request.requesterId,
    providerId: request.providerId,
    openedBy: memberId,
    openedByRole: party,
    reason,
    statement,
    status: 'OPEN',
    statusBefore: request.status,
    amount: request.amount,
    proposals: 0,
    createdAt: now,
    updatedAt: now,
  };
}

type AtStake = Pick<DisputeRecord, 'amount'>;

/** Who gets what, in hours, where `refundHours` go back to the requester. */
export const sharesOf = ({ amount }: AtStake, refundHours: SignedHours) => ({
  requester: refundHours,
  provider: plus(amount, negate(refundHours)),
});

/** Throws `Refusal` INVALID_HOURS unless the hours are quarters from 0 to all that is at stake. */
export function checkRefund({ amount }: AtStake, refundHours: number): SignedHours {
  if (!isQuarterStep(refundHours) || refundHours < 0 || refundHours > amount)
    throw new Refusal(
      'INVALID_HOURS',
      `refundHours: quarters of an hour, from 0 to ${amount}`,
      'refundHours',
    );
  return refundHours;
}

/**
 * Hours that an admin's decision gives back; none for a dismissal. Throws `Refusal` INVALID_HOURS where a division leaves
 * either side less than a quarter, INVALID_INPUT where hours are named that the decision does not ask for.
 */
export function refundOf(
  dispute: AtStake,
  decision: DisputeDecision,
  refundHours: number | undefined,
): SignedHours | undefined {
  if (decision === 'PARTIAL_REFUND') {
    const refund = checkRefund(dispute, refundHours ?? Number.NaN);
    const { requester, provider } = sharesOf(dispute, refund);
    if (requester < MIN_HOURS || provider < MIN_HOURS)
      throw new Refusal('INVALID_HOURS', 'refundHours: each side gets at least a quarter', 'refundHours');
    return refund;
  }
  if (refundHours !== undefined)
    throw new Refusal('INVALID_INPUT', `refundHours: ${decision} takes none`, 'refundHours');
  switch (decision) {
    case 'REFUND_TO_REQUESTER':
      return dispute.amount;
    case 'PAY_TO_PROVIDER':
      return checkRefund(dispute, 0);
    case 'DISMISS_DISPUTE':
      return undefined;
  }
}

export type SettlementEvent = 'SETTLE_REFUND' | 'SETTLE_PAY' | 'SETTLE_PARTIAL';

export function settlementEvent({ amount }: AtStake, refundHours: SignedHours): SettlementEvent {
  if (refundHours === 0) return 'SETTLE_PAY';
  return refundHours === amount ? 'SETTLE_REFUND' : 'SETTLE_PARTIAL';
}

/** A settlement as it goes on the table; it replaces an earlier one. */
export type Proposal = Required<
  Pick<DisputeRecord, 'proposedRefundHours' | 'proposedBy' | 'proposedAt' | 'proposals'>
>;

/**
 * Throws `Refusal` NOT_FOUND to a stranger, ALREADY_ANSWERED once the dispute is over, TRY_AGAIN before the hours are
 * frozen, TOO_MANY_ROUNDS at the limit, INVALID_HOURS as `checkRefund`.
 */
export function proposeSettlement(
  dispute: DisputeRecord,
  memberId: string,
  refundHours: number,
  now: Instant,
): Proposal {
  checkNegotiable(dispute, memberId);
  if (dispute.proposals >= MAX_PROPOSALS) throw new Refusal('TOO_MANY_ROUNDS');
  return {
    proposedRefundHours: checkRefund(dispute, refundHours),
    proposedBy: memberId,
    proposedAt: now,
    proposals: dispute.proposals + 1,
  };
}

/**
 * The hours that the settlement on the table gives back, for whoever may answer it. Throws `Refusal` as
 * `proposeSettlement` does, NOT_ALLOWED_NOW where nothing is proposed, NOT_YOUR_TURN to who proposed it, TERMS_CHANGED
 * where another one was shown.
 */
export function settlementToAnswer(
  dispute: DisputeRecord,
  memberId: string,
  shownRefundHours: number | undefined,
): SignedHours {
  checkNegotiable(dispute, memberId);
  const { proposedRefundHours, proposedBy } = dispute;
  if (proposedRefundHours === undefined) throw new Refusal('NOT_ALLOWED_NOW');
  if (proposedBy === memberId) throw new Refusal('NOT_YOUR_TURN');
  if (shownRefundHours !== undefined && shownRefundHours !== proposedRefundHours)
    throw new Refusal('TERMS_CHANGED');
  return proposedRefundHours;
}

function checkNegotiable(dispute: DisputeRecord, memberId: string): void {
  if (!partyOf(dispute, memberId)) throw new Refusal('NOT_FOUND');
  checkUndecided(dispute);
}

/** Throws `Refusal` ALREADY_ANSWERED once a dispute is over, TRY_AGAIN before its hours are frozen. */
export function checkUndecided(dispute: Pick<DisputeRecord, 'status'>): void {
  if (isOver(dispute)) throw new Refusal('ALREADY_ANSWERED');
  if (dispute.status === 'OPEN') throw new Refusal('TRY_AGAIN');
}
