import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { AdminActionRecord } from '../../../domain/admin-action.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { Account } from '../../../domain/ledger.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { actionItem, readAction, toldItem } from './admin-actions.ts';
import { readRow } from './dynamo.ts';
import type { Backoff } from './retry.ts';
import type { Tables } from './tables.ts';
import { settle, transact, type TransactItem } from './transaction.ts';

/** Who locks an account that disagrees with its log, where no admin did. */
export const RECONCILIATION = 'RECONCILIATION';

export interface LockChange {
  /** Of the row that puts it on record; the same change again has the same id. */
  readonly id: string;
  readonly userId: string;
  readonly locked: boolean;
  /** An admin, or `RECONCILIATION`. */
  readonly by: string;
  readonly reason: string;
  readonly now: Instant;
}

export interface LockEdges {
  readonly dynamo: DynamoDBDocumentClient;
  readonly tables: Pick<Tables, 'userBalance' | 'adminAction' | 'notification'>;
  readonly backoff?: Backoff;
}

/** Locks an account or opens it again, in one transaction with the record of it and the word to the member. */
export type SetLock = (change: LockChange) => Promise<AdminActionRecord>;

/**
 * A lock is no posting: it leaves hours and version alone, so a posting that is under way either comes first or meets it
 * as a condition of its own. Harmless to repeat with the same id. Throws `Refusal` NOT_FOUND where there is no account,
 * ALREADY_ANSWERED where it is locked, or open, already.
 */
export const accountLock =
  ({ dynamo, tables, backoff }: LockEdges): SetLock =>
  (change) =>
    settle(async () => {
      const account = (await readRow(dynamo, tables.userBalance, { userId: change.userId })) as
        Account | undefined; // written by the ledger, and here
      // After the account: where a reply was lost, an account that is locked already has its record by now.
      const known = await readAction(dynamo, tables, change.id);
      if (known) return known;
      if (!account) throw new Refusal('NOT_FOUND');
      if ((account.lockedAt !== undefined) === change.locked) throw new Refusal('ALREADY_ANSWERED');

      const action = actionOf(change);
      await transact(dynamo, [
        lockItem(tables, change),
        actionItem(tables, action),
        toldItem(tables, action, change.now),
      ]);
      return action;
    }, backoff);

const actionOf = ({ id, userId, locked, by, reason, now }: LockChange): AdminActionRecord => ({
  id,
  kind: locked ? 'LOCK' : 'UNLOCK',
  adminId: by,
  userId,
  reason,
  status: 'DONE',
  createdAt: now,
  updatedAt: now,
});

function lockItem(
  tables: Pick<Tables, 'userBalance'>,
  { userId, locked, by, now }: LockChange,
): TransactItem {
  return {
    Update: {
      TableName: tables.userBalance,
      Key: { userId },
      UpdateExpression: locked
        ? 'SET lockedAt = :now, lockedBy = :by, updatedAt = :now'
        : 'SET updatedAt = :now REMOVE lockedAt, lockedBy',
      ConditionExpression: `attribute_exists(userId) AND attribute_${locked ? 'not_exists' : 'exists'}(lockedAt)`,
      ExpressionAttributeValues: { ':now': now, ...(locked && { ':by': by }) },
    },
  };
}
