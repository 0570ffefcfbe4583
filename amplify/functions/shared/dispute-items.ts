import type { DisputeChange } from '../../../domain/dispute-change.ts';
import type { DisputeTables } from './tables.ts';
import type { TransactItem } from './transaction.ts';

/**
 * What a change of a request writes of its dispute: its status and end, and the escrow set free where no hours move.
 * Throws Error in a function that was not given the tables.
 */
export function disputeItems(
  { dispute, escrow }: Partial<DisputeTables>,
  { id, from, set, unfreezes }: DisputeChange,
): readonly TransactItem[] {
  if (dispute === undefined) throw new Error('This function was not given the table of disputes');
  const changed = updateOf(dispute, id, from, set);
  if (unfreezes === undefined) return [changed];
  if (escrow === undefined) throw new Error('This function was not given the table of escrows');
  return [changed, unfreeze(escrow, unfreezes, id, set.updatedAt)];
}

function updateOf(
  table: string,
  id: string,
  from: DisputeChange['from'],
  set: DisputeChange['set'],
): TransactItem {
  const fields = Object.entries(set);
  const leaves = from.map((status, index) => [`:from${index}`, status] as const);
  return {
    Update: {
      TableName: table,
      Key: { id },
      UpdateExpression: `SET ${fields.map(([field]) => `#${field} = :${field}`).join(', ')}`,
      ConditionExpression: `#status IN (${leaves.map(([name]) => name).join(', ')})`,
      ExpressionAttributeNames: Object.fromEntries(fields.map(([field]) => [`#${field}`, field])),
      ExpressionAttributeValues: Object.fromEntries([
        ...fields.map(([field, value]) => [`:${field}`, value] as const),
        ...leaves,
      ]),
    },
  };
}

const unfreeze = (table: string, id: string, disputeId: string, now: string | undefined): TransactItem => ({
  Update: {
    TableName: table,
    Key: { id },
    UpdateExpression: 'SET updatedAt = :now REMOVE frozenBy',
    ConditionExpression: 'frozenBy = :disputeId',
    ExpressionAttributeValues: { ':disputeId': disputeId, ':now': now },
  },
});
