import {
  checkAdjustment,
  checkOtherMember,
  isSameAdjustment,
  requestedAdjustment,
  type Adjustment,
  type AdminActionRecord,
} from '../../../domain/admin-action.ts';
import { parseCommand } from '../../../domain/commands.ts';
import type { Account } from '../../../domain/ledger.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { AdminActions } from '../shared/admin-actions.ts';
import { checkAdmin } from '../shared/caller.ts';
import type { Operation } from '../shared/refusals.ts';
import { adminResult } from './admin-result.ts';

export interface AdjustmentEdges {
  readonly accountOf: (userId: string) => Promise<Account | undefined>;
  readonly actions: Pick<AdminActions, 'action'>;
  /** Starts the workflow of an adjustment; false where it has ended, or is of another adjustment with this id. */
  readonly start: (adjustment: Adjustment) => Promise<boolean>;
}

/**
 * Checks an adjustment and starts its workflow, which puts it on record and makes it. The id is the caller's own: the same
 * adjustment again finds the first one. Throws `Refusal` as `checkAdjustment` and `checkOtherMember` do, DUPLICATE_REQUEST
 * where the id belongs to another adjustment, TRY_AGAIN before that one is on record.
 */
export const adjustBalance =
  ({ accountOf, actions, start }: AdjustmentEdges): Operation =>
  async (args, caller, now) => {
    checkAdmin(caller);
    const { adjustmentId: id, userId, hours, reason, allowBelowZero } = parseCommand('adjustBalance', args);
    const asked = {
      id,
      adminId: caller.userId,
      userId,
      hours,
      reason,
      allowBelowZero: allowBelowZero ?? false,
    };
    checkOtherMember(asked.adminId, userId);

    const account = await accountOf(userId);
    // After the account: what is not on record now had moved no hours when the account was read.
    const earlier = earlierOf(await actions.action(id), asked);
    if (earlier) return adminResult(earlier, now);
    checkAdjustment(account, asked);
    if (await start(asked)) return adminResult(requestedAdjustment(asked, now), now);

    const first = earlierOf(await actions.action(id), asked);
    if (!first) throw new Refusal('TRY_AGAIN');
    return adminResult(first, now);
  };

function earlierOf(action: AdminActionRecord | undefined, asked: Adjustment): AdminActionRecord | undefined {
  if (action && !isSameAdjustment(action, asked)) throw new Refusal('DUPLICATE_REQUEST');
  return action;
}
