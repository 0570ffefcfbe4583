import type { DisputeRecord } from '../../domain/dispute.ts';
import type { Account as AccountRow, Escrow } from '../../domain/ledger.ts';
import type { RequestRecord } from '../../domain/request.ts';
import type { Deal, ModelDispute } from './rules/deal.ts';
import type { Account } from './rules/world.ts';

type Fields = Readonly<Record<string, unknown>>;

const instant = (seconds: number | undefined) =>
  seconds === undefined ? undefined : new Date(seconds * 1000).toISOString();

/** The row of a request as the model wants it. */
const requestOf = (deal: Deal): Fields => ({
  requesterId: deal.requester,
  providerId: deal.provider,
  status: deal.status,
  statusReason: deal.reason,
  revision: deal.revision,
  pendingEvent: deal.pending?.event,
  amount: deal.amount,
  estimatedHours: deal.hours,
  agreedRate: deal.rate,
  agreedHours: deal.agreedHours,
  offeredHours: deal.table?.hours,
  offeredRate: deal.table?.rate,
  offeredAmount: deal.table?.amount,
  negotiationRound: deal.round,
  changesRequested: deal.changes,
  shortfalls: deal.shortfalls,
  disputesByRequester: deal.disputed.REQUESTER,
  disputesByProvider: deal.disputed.PROVIDER,
  disputeId: deal.dispute?.id,
  statusBeforeDispute: deal.before?.status,
  secondsLeft: deal.before?.left,
  expiresAt: instant(deal.deadline),
  escrowId: deal.held + deal.released + deal.refunded > 0 ? `escrow-${deal.id}` : undefined,
});

const escrowOf = (deal: Deal): Fields => ({
  amount: deal.amount,
  open: deal.held > 0,
  releasedAmount: deal.released,
  refundedAmount: deal.refunded,
  frozenBy: deal.frozen ? deal.dispute?.id : undefined,
});

const disputeOf = (dispute: ModelDispute): Fields => ({
  status: dispute.status,
  proposals: dispute.proposals,
  proposedRefundHours: dispute.proposed?.hours,
  proposedBy: dispute.proposed?.by,
  refundHours: dispute.refunded,
});

const accountOf = (account: Account): Fields => ({
  availableBalance: account.available,
  escrowedBalance: account.held,
  totalBalance: account.available + account.held,
  locked: account.locked,
});

/** Counters that a row leaves out until they count. */
const FROM_ZERO = { shortfalls: 0, disputesByRequester: 0, disputesByProvider: 0 };

export const compareRequest = (row: RequestRecord | undefined, deal: Deal) =>
  compare(`Request ${deal.id}`, row && { ...FROM_ZERO, ...row }, requestOf(deal));

export function compareEscrow(row: Escrow | undefined, deal: Deal): readonly string[] {
  if (deal.held + deal.released + deal.refunded === 0)
    return row ? [`Request ${deal.id} has an escrow, and ought to have none`] : [];
  const seen = row && { ...row, open: row.status !== 'RELEASED' && row.status !== 'CANCELLED' };
  return compare(`Escrow of ${deal.id}`, seen, escrowOf(deal));
}

export const compareDispute = (row: DisputeRecord | undefined, dispute: ModelDispute) =>
  compare(`Dispute ${dispute.id}`, row, disputeOf(dispute));

export const compareAccount = (row: AccountRow | undefined, member: string, account: Account) =>
  compare(`Account ${member}`, row && { ...row, locked: row.lockedAt !== undefined }, accountOf(account));

function compare(name: string, row: object | undefined, expected: Fields): readonly string[] {
  if (!row) return [`${name} is not there`];
  const seen = row as Fields;
  return Object.entries(expected).flatMap(([field, wanted]) =>
    seen[field] === wanted
      ? []
      : [`${name}: ${field} is ${said(seen[field])}, the model says ${said(wanted)}`],
  );
}

const said = (value: unknown) => (value === undefined ? 'absent' : JSON.stringify(value));
