import { NO_HOURS, plus, type Hours, type SignedHours } from './hours.ts';
import type { Instant } from './instant.ts';
import { Refusal } from './refusal.ts';

/** A row of the model UserBalance: the account of a member, or of a treasury shard. */
export interface Account {
  readonly userId: string;
  /** availableBalance + escrowedBalance */
  readonly totalBalance: SignedHours;
  readonly availableBalance: SignedHours;
  readonly escrowedBalance: SignedHours;
  /** How many postings have touched this account. */
  readonly version: number;
  readonly lastTransactionId?: string;
  readonly lockedAt?: Instant;
  readonly lockedBy?: string;
}

export const ESCROW_STATUSES = [
  'CREATING_ESCROW',
  'VALIDATING_BALANCE',
  'ESCROWED',
  'RELEASING',
  'RELEASED',
  'CANCELLING',
  'CANCELLED',
  'FAILED',
] as const;
export type EscrowStatus = (typeof ESCROW_STATUSES)[number];

/** A row of the model Escrow: the hours held for one request. */
export interface Escrow {
  readonly id: string;
  readonly requestId: string;
  readonly fromUserId: string;
  readonly toUserId: string;
  readonly amount: Hours;
  readonly status: EscrowStatus;
  readonly escrowType: 'SERVICE_REQUEST' | 'REFUND' | 'DISPUTE_RESOLUTION';
  readonly releasedAmount: SignedHours;
  readonly refundedAmount: SignedHours;
  /** The dispute that alone may move it. */
  readonly frozenBy?: string;
}

export type TransactionType =
  'ESCROW' | 'TRANSFER' | 'REFUND' | 'WELCOME_BONUS' | 'DISPUTE_RESOLUTION' | 'ADMIN_ADJUSTMENT';

/** What a posting does to one account. */
export interface PostingLine {
  readonly userId: string;
  /** Added to the available balance. */
  readonly amount: SignedHours;
  /** Added to the escrowed balance. */
  readonly heldDelta: SignedHours;
}

export type PostingKind = 'HOLD' | 'RESIZE' | 'RELEASE' | 'REFUND' | 'PARTIAL' | 'WELCOME' | 'ADJUSTMENT';

/** What a posting does to an escrow; all but OPEN leave one of the open states. */
export type EscrowChange =
  | { readonly type: 'OPEN'; readonly escrow: Escrow }
  | { readonly type: 'RESIZE'; readonly escrowId: string; readonly from: Hours; readonly to: Hours }
  | {
      readonly type: 'CLOSE';
      readonly escrowId: string;
      readonly held: Hours;
      readonly released: SignedHours;
      readonly refunded: SignedHours;
      /** The dispute on whose behalf it is closed: it alone may move an escrow that it froze. */
      readonly disputeId?: string;
    };

/** One movement of hours. Nothing in it changes between two tries. */
export interface Posting {
  /** Follows from what is posted, so that the same movement cannot happen twice. */
  readonly transactionId: string;
  readonly kind: PostingKind;
  readonly transactionType: TransactionType;
  readonly lines: readonly PostingLine[];
  readonly escrow?: EscrowChange;
  /** May leave a member with less than nothing available; an audited adjustment alone does. */
  readonly mayOverdraw?: true;
  readonly description: string;
  /** The escrow, member or adjustment that it is about. */
  readonly relatedEntityId: string;
}

/** A row of the model TransactionLog: what a posting did to one account. */
export interface LogEntry {
  /** `<transactionId>#<userId>` */
  readonly id: string;
  readonly transactionId: string;
  readonly userId: string;
  readonly transactionType: TransactionType;
  /** Change of the available balance. */
  readonly amount: SignedHours;
  /** Change of the escrowed balance. */
  readonly heldDelta: SignedHours;
  /** Available hours before and after. */
  readonly balanceBefore: SignedHours;
  readonly balanceAfter: SignedHours;
  readonly description: string;
  readonly relatedEntityId: string;
  readonly stepFunctionExecutionArn?: string;
  /** Tells the same posting again from another one with its id. */
  readonly postingHash: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

const TREASURY_SHARDS = 16;

/** The treasury account through which a posting's hours enter or leave; sixteen, so that no one row is a bottleneck. */
export function treasuryShard(transactionId: string): string {
  let hash = 0x811c9dc5; // FNV-1a, 32 bits
  for (const character of transactionId) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return `treasury-${hash % TREASURY_SHARDS}`;
}

/** Treasury accounts alone may be negative. A member's id is a UUID, so it is never taken for one. */
export const isTreasury = (userId: string): boolean => /^treasury-\d+$/.test(userId);

export const entryId = (transactionId: string, userId: string): string => `${transactionId}#${userId}`;

export const emptyAccount = (userId: string): Account => ({
  userId,
  totalBalance: NO_HOURS,
  availableBalance: NO_HOURS,
  escrowedBalance: NO_HOURS,
  version: 0,
});

/** Every posting is balanced: what it takes from some it gives to others, or holds. */
export const netsToZero = (lines: readonly PostingLine[]): boolean =>
  plus(...lines.flatMap(({ amount, heldDelta }) => [amount, heldDelta])) === 0;

/** Whether available hours must suffice for a line, and a lock stops it. */
const takesAvailable = (line: PostingLine): boolean => line.amount < 0 && !isTreasury(line.userId);

/**
 * The account after one line of a posting. Throws `Refusal` ACCOUNT_LOCKED for a new hold or an adjustment of a locked
 * account, INSUFFICIENT_HOURS where hours are taken that are not there (an audited adjustment that says so alone may do that); Error
 * where more is released than is held, which no input of a member can bring about.
 */
export function applyLine(account: Account, line: PostingLine, posting: Posting): Account {
  const availableBalance = plus(account.availableBalance, line.amount);
  const escrowedBalance = plus(account.escrowedBalance, line.heldDelta);
  const adjusts = posting.kind === 'ADJUSTMENT' && !isTreasury(line.userId);
  if (account.lockedAt !== undefined && (takesAvailable(line) || adjusts))
    throw new Refusal('ACCOUNT_LOCKED');
  if (takesAvailable(line) && !posting.mayOverdraw && availableBalance < 0)
    throw new Refusal('INSUFFICIENT_HOURS');
  if (escrowedBalance < 0) throw new Error(`${posting.transactionId} takes more out of escrow than is held`);
  return {
    ...account,
    totalBalance: plus(availableBalance, escrowedBalance),
    availableBalance,
    escrowedBalance,
    version: account.version + 1,
    lastTransactionId: posting.transactionId,
  };
}

/** An escrow is not in the state that a posting leaves, or is frozen by a dispute: the hours have gone another way. */
export class EscrowMoved extends Error {
  override readonly name = 'EscrowMoved';
}

export const OPEN_ESCROW: readonly EscrowStatus[] = ['ESCROWED', 'RELEASING', 'CANCELLING'];
export const isOpen = (escrow: Escrow): boolean => OPEN_ESCROW.includes(escrow.status);

/**
 * The escrow after a posting's change. A release that has begun cannot end in a refund, nor the reverse. Throws
 * `EscrowMoved` where the escrow is not in the state that the change leaves.
 */
export function applyEscrowChange(escrow: Escrow | undefined, change: EscrowChange): Escrow {
  if (change.type === 'OPEN') {
    if (escrow) throw new EscrowMoved(`Escrow ${escrow.id} exists already`);
    return change.escrow;
  }
  if (!escrow) throw new EscrowMoved(`Escrow ${change.escrowId} does not exist`);
  const disputeId = change.type === 'CLOSE' ? change.disputeId : undefined;
  if (escrow.frozenBy !== disputeId && escrow.frozenBy !== undefined)
    throw new EscrowMoved(`Escrow ${escrow.id} is frozen`);

  if (change.type === 'RESIZE') {
    if (escrow.status !== 'ESCROWED' || escrow.amount !== change.from) throw moved(escrow);
    return { ...escrow, amount: change.to };
  }
  const begun: EscrowStatus = change.released > 0 ? 'RELEASING' : 'CANCELLING';
  if ((escrow.status !== 'ESCROWED' && escrow.status !== begun) || escrow.amount !== change.held)
    throw moved(escrow);
  const { frozenBy: _released, ...closed } = escrow;
  return {
    ...closed,
    status: change.released > 0 ? 'RELEASED' : 'CANCELLED',
    releasedAmount: change.released,
    refundedAmount: change.refunded,
  };
}

const moved = (escrow: Escrow): EscrowMoved =>
  new EscrowMoved(`Escrow ${escrow.id} is ${escrow.status} with ${escrow.amount} hours`);
