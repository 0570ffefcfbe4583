import type { AdminActionRecord } from '../../../domain/admin-action.ts';
import type { Instant } from '../../../domain/instant.ts';

/** What every command on an account answers: the action as it now stands, and the server's time. */
export const adminResult = (action: AdminActionRecord, now: Instant) => ({
  id: action.id,
  kind: action.kind,
  userId: action.userId,
  hours: action.hours ?? null,
  allowBelowZero: action.allowBelowZero ?? null,
  reason: action.reason,
  status: action.status,
  refusal: action.refusal ?? null,
  createdAt: action.createdAt,
  now,
});
