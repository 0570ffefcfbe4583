import { ScanCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Tables } from '../shared/tables.ts';

/** Accounts of one page. An execution may have 25,000 events, and a page costs it less than a hundred. */
const PAGE = 1000;

/** Accounts that one step checks. */
const BATCH = 100;

export interface AccountPage {
  /** At least one, even if there is nothing in it. */
  readonly batches: readonly { readonly accounts: readonly string[] }[];
  /** Where the next page begins; null after the last. */
  readonly cursor: string | null;
}

/** The ids of all accounts, page by page. */
export async function listAccounts(
  dynamo: Pick<DynamoDBDocumentClient, 'send'>,
  tables: Pick<Tables, 'userBalance'>,
  cursor: string | null,
  { page, batch } = { page: PAGE, batch: BATCH },
): Promise<AccountPage> {
  const { Items = [], LastEvaluatedKey } = await dynamo.send(
    new ScanCommand({
      TableName: tables.userBalance,
      ProjectionExpression: 'userId',
      ConsistentRead: true,
      Limit: page,
      ...(cursor !== null && { ExclusiveStartKey: { userId: cursor } }),
    }),
  );
  const ids = Items.map(({ userId }) => String(userId));
  const next: unknown = LastEvaluatedKey?.['userId'];
  return {
    batches: Array.from({ length: Math.max(1, Math.ceil(ids.length / batch)) }, (_, index) => ({
      accounts: ids.slice(index * batch, (index + 1) * batch),
    })),
    cursor: typeof next === 'string' ? next : null,
  };
}
