import type { SignedHours } from './hours.ts';
import type { Instant } from './instant.ts';
import type { RefusalCode } from './refusal.ts';

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
