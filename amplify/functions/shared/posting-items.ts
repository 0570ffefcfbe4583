import type { Instant } from '../../../domain/instant.ts';
import {
  isTreasury,
  type Account,
  type Escrow,
  type LogEntry,
  type Posting,
  type PostingLine,
} from '../../../domain/ledger.ts';
import { putOnce } from './request-change.ts';
import { MODEL, type Tables } from './tables.ts';
import type { TransactItem } from './transaction.ts';

/** What a posting writes, each row on condition that it still is as it was read. */

/** The escrow that a posting opens, resizes or closes. */
export function escrowIdOf({ escrow }: Posting): string | undefined {
  if (!escrow) return undefined;
  return escrow.type === 'OPEN' ? escrow.escrow.id : escrow.escrowId;
}

/** Written once, never updated, never deleted: the durable guard against doing a thing twice. */
export const entryItem = (tables: Pick<Tables, 'transactionLog'>, entry: LogEntry): TransactItem =>
  putOnce(tables.transactionLog, { __typename: MODEL.transactionLog, ...entry });

/**
 * An account after one line. The floor and the lock are conditions of their own beside the version, so that not even a
 * mistake in reading lets a member spend what is not there.
 */
export function accountItem(
  tables: Pick<Tables, 'userBalance'>,
  posting: Posting,
  line: PostingLine,
  before: Account,
  after: Account,
  now: Instant,
): TransactItem {
  const isNew = before.version === 0;
  const adjusts = posting.kind === 'ADJUSTMENT';
  const spends = line.amount < 0 && !isTreasury(line.userId);
  const hasFloor = spends && !posting.mayOverdraw;
  const stopsAtLock = (spends || adjusts) && !isTreasury(line.userId);
  const conditions = [
    isNew ? 'attribute_not_exists(userId)' : 'version = :versionBefore',
    ...(hasFloor ? ['availableBalance >= :spent'] : []),
    ...(line.heldDelta < 0 ? ['escrowedBalance >= :unheld'] : []),
    ...(stopsAtLock ? ['attribute_not_exists(lockedAt)'] : []),
  ];
  return {
    Update: {
      TableName: tables.userBalance,
      Key: { userId: line.userId },
      UpdateExpression: [
        'SET availableBalance = :available, escrowedBalance = :escrowed, totalBalance = :total',
        'version = :version, lastTransactionId = :transactionId, updatedAt = :now',
        'createdAt = if_not_exists(createdAt, :now), #typename = :typename',
      ].join(', '),
      ConditionExpression: conditions.join(' AND '),
      ExpressionAttributeNames: { '#typename': '__typename' },
      ExpressionAttributeValues: {
        ':available': after.availableBalance,
        ':escrowed': after.escrowedBalance,
        ':total': after.totalBalance,
        ':version': after.version,
        ':transactionId': posting.transactionId,
        ':now': now,
        ':typename': MODEL.userBalance,
        ...(!isNew && { ':versionBefore': before.version }),
        ...(hasFloor && { ':spent': -Number(line.amount) }),
        ...(line.heldDelta < 0 && { ':unheld': -Number(line.heldDelta) }),
      },
    },
  };
}

/** An escrow after its change, on condition that it is in the state that it leaves and nobody froze it meanwhile. */
export function escrowItem(
  tables: Pick<Tables, 'escrow'>,
  before: Escrow | undefined,
  after: Escrow,
  { now, executionArn }: { readonly now: Instant; readonly executionArn?: string },
): TransactItem {
  if (!before)
    return putOnce(tables.escrow, {
      __typename: MODEL.escrow,
      ...after,
      ...(executionArn !== undefined && { stepFunctionExecutionArn: executionArn }),
      createdAt: now,
      updatedAt: now,
    });
  const endedAt = { RELEASED: 'releasedAt', CANCELLED: 'cancelledAt' }[after.status as string];
  return {
    Update: {
      TableName: tables.escrow,
      Key: { id: after.id },
      UpdateExpression: [
        'SET amount = :amount, #status = :status, releasedAmount = :released, refundedAmount = :refunded',
        `updatedAt = :now${endedAt === undefined ? '' : `, ${endedAt} = :now`} REMOVE frozenBy`,
      ].join(', '),
      ConditionExpression: [
        '#status = :statusBefore AND amount = :amountBefore',
        before.frozenBy === undefined ? 'attribute_not_exists(frozenBy)' : 'frozenBy = :frozenBy',
      ].join(' AND '),
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ':amount': after.amount,
        ':status': after.status,
        ':released': after.releasedAmount,
        ':refunded': after.refundedAmount,
        ':now': now,
        ':statusBefore': before.status,
        ':amountBefore': before.amount,
        ...(before.frozenBy !== undefined && { ':frozenBy': before.frozenBy }),
      },
    },
  };
}
