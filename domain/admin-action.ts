import { NO_HOURS, type SignedHours } from './hours.ts';
import type { Instant } from './instant.ts';
import { applyLine, isTreasury, type Account, type Posting } from './ledger.ts';
import type { NotificationKind, NotificationRecord } from './notifications.ts';
import { adjustment } from './posting.ts';
import { Refusal, type RefusalCode } from './refusal.ts';

/** What admins do to accounts, each on record with its reason. */

export const ADMIN_ACTION_KINDS = ['ADJUSTMENT', 'LOCK', 'UNLOCK'] as const;
export type AdminActionKind = (typeof ADMIN_ACTION_KINDS)[number];

export const ADMIN_ACTION_STATUSES = ['REQUESTED', 'DONE', 'REFUSED'] as const;
export type AdminActionStatus = (typeof ADMIN_ACTION_STATUSES)[number];

export const MAX_ADMIN_REASON = 500;

/** A row of the model AdminAction. */
export interface AdminActionRecord {
  /** An adjustment's is made by the client, so that a repeat is harmless. */
  readonly id: string;
  readonly kind: AdminActionKind;
  readonly adminId: string;
  readonly userId: string;
  /** Of an adjustment, signed. */
  readonly hours?: SignedHours;
  /** An adjustment that may leave less than nothing available. */
  readonly allowBelowZero?: boolean;
  readonly reason: string;
  readonly status: AdminActionStatus;
  /** Why it was refused. */
  readonly refusal?: RefusalCode;
  readonly stepFunctionExecutionArn?: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** Hours that an admin gives to a member or takes from one. */
export type AdjustmentRecord = AdminActionRecord & {
  readonly kind: 'ADJUSTMENT';
  readonly hours: SignedHours;
  readonly allowBelowZero: boolean;
};

/** What tells one adjustment from another with the same id. */
export type Adjustment = Pick<
  AdjustmentRecord,
  'id' | 'adminId' | 'userId' | 'hours' | 'reason' | 'allowBelowZero'
>;

export const requestedAdjustment = (asked: Adjustment, now: Instant): AdjustmentRecord => ({
  ...asked,
  kind: 'ADJUSTMENT',
  status: 'REQUESTED',
  createdAt: now,
  updatedAt: now,
});

/** Whether an action on record is this very adjustment, as it was asked for. */
export const isSameAdjustment = (action: AdminActionRecord, asked: Adjustment): action is AdjustmentRecord =>
  action.kind === 'ADJUSTMENT' &&
  action.id === asked.id &&
  action.adminId === asked.adminId &&
  action.userId === asked.userId &&
  action.hours === asked.hours &&
  action.reason === asked.reason &&
  action.allowBelowZero === asked.allowBelowZero;

/** The movement of hours that an adjustment asks for. */
export const postingOfAdjustment = (asked: Adjustment): Posting => adjustment(asked);

/**
 * Whether a member's account may be adjusted so, as it stands. Throws `Refusal` NOT_FOUND where there is no such account,
 * ACCOUNT_LOCKED, INSUFFICIENT_HOURS where more is taken than is available and nobody allowed that.
 */
export function checkAdjustment(account: Account | undefined, asked: Adjustment): void {
  if (!account) throw new Refusal('NOT_FOUND');
  const posting = postingOfAdjustment(asked);
  for (const line of posting.lines) if (line.userId === account.userId) applyLine(account, line, posting);
}

/**
 * Whether an admin may act on an account at all. Throws `Refusal` CONFLICT_OF_INTEREST where it is their own, NOT_FOUND
 * for one of the treasury.
 */
export function checkOtherMember(adminId: string, userId: string): void {
  if (userId === adminId) throw new Refusal('CONFLICT_OF_INTEREST');
  if (isTreasury(userId)) throw new Refusal('NOT_FOUND');
}

const TELLS: Readonly<Record<AdminActionKind, NotificationKind>> = {
  ADJUSTMENT: 'HOURS_ADJUSTED',
  LOCK: 'ACCOUNT_LOCKED',
  UNLOCK: 'ACCOUNT_UNLOCKED',
};

/** What the member is told of an action that is done: not by whom, but why. */
export const notificationOfAction = (
  { id, kind, userId, hours, reason }: AdminActionRecord,
  now: Instant,
): NotificationRecord => ({
  id: `${id}#${userId}`,
  userId,
  kind: TELLS[kind],
  parameters: { title: '', hours: hours ?? NO_HOURS, otherId: '', reason },
  createdAt: now,
  updatedAt: now,
});
