import { NO_HOURS, negate, plus, parseHours, type Hours, type SignedHours } from './hours.ts';
import {
  treasuryShard,
  type Escrow,
  type Posting,
  type PostingLine,
  type TransactionType,
} from './ledger.ts';
import type { LedgerEffect } from './life-cycle.ts';

/** The builders of every posting there is (design.md section 3). Each is balanced, and named after what it moves. */

export const WELCOME_BONUS = parseHours(10);

const line = (userId: string, amount: SignedHours, heldDelta: SignedHours = NO_HOURS): PostingLine => ({
  userId,
  amount,
  heldDelta,
});

export interface HoldTerms {
  readonly escrowId: string;
  readonly requestId: string;
  readonly fromUserId: string;
  readonly toUserId: string;
  readonly hours: Hours;
}

/** Takes hours from what is available to the requester and holds them. */
export const hold = ({ escrowId, requestId, fromUserId, toUserId, hours }: HoldTerms): Posting => ({
  transactionId: `hold-${escrowId}`,
  kind: 'HOLD',
  transactionType: 'ESCROW',
  lines: [line(fromUserId, negate(hours), hours)],
  escrow: {
    type: 'OPEN',
    escrow: {
      id: escrowId,
      requestId,
      fromUserId,
      toUserId,
      amount: hours,
      status: 'ESCROWED',
      escrowType: 'SERVICE_REQUEST',
      releasedAmount: NO_HOURS,
      refundedAmount: NO_HOURS,
    },
  },
  description: 'Hours held for a request',
  relatedEntityId: escrowId,
});

export const resizeIdOf = (escrowId: string, round: number): string => `resize-${escrowId}-${round}`;

/** Tops a hold up, or gives part of it back, to the hours agreed in a round of negotiation. */
export function resize(escrow: Escrow, to: Hours, round: number): Posting {
  const difference = plus(to, negate(escrow.amount));
  return {
    transactionId: resizeIdOf(escrow.id, round),
    kind: 'RESIZE',
    transactionType: 'ESCROW',
    lines: [line(escrow.fromUserId, negate(difference), difference)],
    escrow: { type: 'RESIZE', escrowId: escrow.id, from: escrow.amount, to },
    description: 'Held hours set to what was agreed',
    relatedEntityId: escrow.id,
  };
}

/** Pays all held hours to the provider; `disputeId` where an admin or a settlement decided so. */
export const release = (escrow: Escrow, disputeId?: string): Posting =>
  close(escrow, 'RELEASE', 'TRANSFER', escrow.amount, NO_HOURS, 'Hours paid for a service', disputeId);

/** Gives all held hours back to the requester. */
export const refund = (escrow: Escrow, disputeId?: string): Posting =>
  close(escrow, 'REFUND', 'REFUND', NO_HOURS, escrow.amount, 'Held hours given back', disputeId);

/**
 * Gives part of the held hours back and pays the rest. Throws `Refusal` INVALID_HOURS unless both parts are at least a
 * quarter of an hour.
 */
export function partialRefund(escrow: Escrow, refunded: Hours, disputeId: string): Posting {
  const paid = parseHours(plus(escrow.amount, negate(refunded)));
  const type = 'DISPUTE_RESOLUTION';
  return close(escrow, 'PARTIAL', type, paid, refunded, 'Held hours divided by a decision', disputeId);
}

function close(
  escrow: Escrow,
  kind: 'RELEASE' | 'REFUND' | 'PARTIAL',
  transactionType: TransactionType,
  released: SignedHours,
  refunded: SignedHours,
  description: string,
  disputeId: string | undefined,
): Posting {
  const payer = line(escrow.fromUserId, refunded, negate(escrow.amount));
  return {
    transactionId: `${kind.toLowerCase()}-${escrow.id}`,
    kind,
    transactionType: disputeId === undefined ? transactionType : 'DISPUTE_RESOLUTION',
    lines: released > 0 ? [payer, line(escrow.toUserId, released)] : [payer],
    escrow: {
      type: 'CLOSE',
      escrowId: escrow.id,
      held: escrow.amount,
      released,
      refunded,
      ...(disputeId !== undefined && { disputeId }),
    },
    description,
    relatedEntityId: escrow.id,
  };
}

/** The hours a new member begins with. There is one for each member, ever. */
export const welcomeBonus = (userId: string): Posting => ({
  ...fromTreasury(`welcome-${userId}`, userId, WELCOME_BONUS),
  kind: 'WELCOME',
  transactionType: 'WELCOME_BONUS',
  description: 'Welcome bonus',
  relatedEntityId: userId,
});

/** An admin's correction, signed; with `allowBelowZero` it may leave a member with less than nothing available. */
export const adjustment = ({
  id,
  userId,
  hours,
  reason,
  allowBelowZero = false,
}: {
  readonly id: string;
  readonly userId: string;
  readonly hours: SignedHours;
  readonly reason: string;
  readonly allowBelowZero?: boolean;
}): Posting => ({
  ...fromTreasury(`adjustment-${id}`, userId, hours),
  kind: 'ADJUSTMENT',
  ...(allowBelowZero && { mayOverdraw: true as const }),
  transactionType: 'ADMIN_ADJUSTMENT',
  description: reason,
  relatedEntityId: id,
});

const fromTreasury = (transactionId: string, userId: string, hours: SignedHours) => ({
  transactionId,
  lines: [line(treasuryShard(transactionId), negate(hours)), line(userId, hours)],
});

/** The effect of a posting as the life-cycle table names it; NONE for a posting that belongs to no request. */
export const ledgerEffectOf = (posting: Posting): LedgerEffect =>
  posting.kind === 'WELCOME' || posting.kind === 'ADJUSTMENT' ? 'NONE' : posting.kind;
