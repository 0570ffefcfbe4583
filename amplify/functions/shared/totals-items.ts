import type { Instant } from '../../../domain/instant.ts';
import type { Posting } from '../../../domain/ledger.ts';
import type { RequestRecord } from '../../../domain/request.ts';
import {
  NO_MEMBER_TOTALS,
  NO_SERVICE_TOTALS,
  paymentIncrease,
  type Increase,
} from '../../../domain/totals.ts';
import { MODEL, type Tables } from './tables.ts';
import type { TransactItem } from './transaction.ts';

export type TotalsTables = Pick<Tables, 'memberStats' | 'serviceStats'>;

/** What a posting that closes the escrow of a request adds to totals; nothing where nothing is paid. */
export function paymentItems(
  tables: Partial<TotalsTables>,
  { transactionId, escrow }: Posting,
  request: RequestRecord,
  now: Instant,
): readonly TransactItem[] {
  if (escrow?.type !== 'CLOSE' || escrow.released <= 0) return [];
  const { memberStats, serviceStats } = tables;
  if (memberStats === undefined || serviceStats === undefined)
    throw new Error(`${transactionId} pays, but this function was not given the tables of totals`);
  return totalsItems({ memberStats, serviceStats }, paymentIncrease(request, escrow.released), now);
}

/** Without a condition: what is counted is, in the same transaction, and only once. */
export const totalsItems = (
  tables: TotalsTables,
  { members, services }: Increase,
  now: Instant,
): readonly TransactItem[] => [
  ...Object.entries(members).map(([userId, adds]) =>
    increase(tables.memberStats, MODEL.memberStats, { userId }, { ...NO_MEMBER_TOTALS, ...adds }, now),
  ),
  ...Object.entries(services).map(([serviceId, adds]) =>
    increase(tables.serviceStats, MODEL.serviceStats, { serviceId }, { ...NO_SERVICE_TOTALS, ...adds }, now),
  ),
];

/** Every total is written, those that stay too: the first one to count makes the whole row. */
function increase(
  table: string,
  typename: string,
  key: Record<string, string>,
  adds: Readonly<Record<string, number>>,
  now: Instant,
): TransactItem {
  const totals = Object.keys(adds);
  return {
    Update: {
      TableName: table,
      Key: key,
      UpdateExpression: [
        `SET ${totals.map((total) => `#${total} = if_not_exists(#${total}, :none) + :${total}`).join(', ')}`,
        'createdAt = if_not_exists(createdAt, :now), updatedAt = :now, #typename = :typename',
      ].join(', '),
      ExpressionAttributeNames: {
        ...Object.fromEntries(totals.map((total) => [`#${total}`, total])),
        '#typename': '__typename',
      },
      ExpressionAttributeValues: {
        ...Object.fromEntries(totals.map((total) => [`:${total}`, adds[total]])),
        ':none': 0,
        ':now': now,
        ':typename': typename,
      },
    },
  };
}
