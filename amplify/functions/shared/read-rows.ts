import {
  BatchGetCommand,
  QueryCommand,
  type DynamoDBDocumentClient,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { ServiceFault } from './service-fault.ts';

type Row = Readonly<Record<string, unknown>>;
type Client = Pick<DynamoDBDocumentClient, 'send'>;

/** DynamoDB takes so many keys at once. */
const BATCH = 100;

/** The rows of these keys as they stand now; those that are not there are left out. Throws `ServiceFault` as `readBatch`. */
export async function readRows(
  dynamo: Client,
  table: string,
  key: string,
  values: Iterable<string>,
): Promise<readonly Row[]> {
  const unique = [...new Set(values)];
  const batches = Array.from({ length: Math.ceil(unique.length / BATCH) }, (_, index) =>
    unique.slice(index * BATCH, (index + 1) * BATCH).map((value) => ({ [key]: value })),
  );
  return (await Promise.all(batches.map((keys) => readBatch(dynamo, table, keys)))).flat();
}

/** Throws `ServiceFault` when DynamoDB leaves rows out: the whole step is tried again. */
async function readBatch(
  dynamo: Client,
  table: string,
  keys: Record<string, string>[],
): Promise<readonly Row[]> {
  const { Responses, UnprocessedKeys } = await dynamo.send(
    new BatchGetCommand({ RequestItems: { [table]: { Keys: keys, ConsistentRead: true } } }),
  );
  if (Object.keys(UnprocessedKeys ?? {}).length > 0) throw new ServiceFault('DynamoDB left rows out');
  return Responses?.[table] ?? [];
}

/** Every row that an index leads to, page by page. An index lags behind its table. */
export async function queryIndex(
  dynamo: Client,
  table: string,
  index: string,
  key: string,
  value: string,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let start: QueryCommandInput['ExclusiveStartKey'];
  do {
    const { Items = [], LastEvaluatedKey } = await dynamo.send(
      new QueryCommand({
        TableName: table,
        IndexName: index,
        KeyConditionExpression: '#key = :value',
        ExpressionAttributeNames: { '#key': key },
        ExpressionAttributeValues: { ':value': value },
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    rows.push(...Items);
    start = LastEvaluatedKey;
  } while (start);
  return rows;
}
