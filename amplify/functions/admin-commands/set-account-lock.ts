import { checkOtherMember } from '../../../domain/admin-action.ts';
import { parseCommand } from '../../../domain/commands.ts';
import type { SetLock } from '../shared/account-lock.ts';
import { checkAdmin } from '../shared/caller.ts';
import { accountNotice, adminHint, balanceHints, type Emit } from '../shared/events.ts';
import type { Operation } from '../shared/refusals.ts';
import { adminResult } from './admin-result.ts';

export interface LockEdges {
  readonly setLock: SetLock;
  readonly tell: Emit;
  /** Makes the id by which a repeated write after a lost reply knows its own answer. */
  readonly newId: () => string;
}

/** Locks an account, which stops new holds and adjustments, or opens it again. Throws `Refusal` as `SetLock` does. */
export const setAccountLock =
  ({ setLock, tell, newId }: LockEdges): Operation =>
  async (args, caller, now) => {
    checkAdmin(caller);
    const { userId, locked, reason } = parseCommand('setAccountLock', args);
    checkOtherMember(caller.userId, userId);
    const action = await setLock({ id: newId(), userId, locked, by: caller.userId, reason, now });
    const { id: eventId } = action;
    await tell(
      ...balanceHints([{ id: eventId, transactionId: '', userId }], undefined, now),
      accountNotice(userId, eventId, now),
      adminHint({ source: 'hourbank.balances', eventId }, now),
    );
    return adminResult(action, now);
  };
