import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { stepIdOf, type RequestRecord, type RequestStepRecord } from '../../../domain/request.ts';
import { ServiceFault } from './service-fault.ts';

/** DynamoDB takes so many keys at once. */
const BATCH = 100;

/**
 * The timeline of a request, oldest first. Its ids follow from the revision, so it is read as it stands now, and not from
 * an index that lags behind. Throws `ServiceFault` when DynamoDB leaves rows out.
 */
export async function readSteps(
  dynamo: DynamoDBDocumentClient,
  table: string,
  { id, revision }: Pick<RequestRecord, 'id' | 'revision'>,
): Promise<readonly RequestStepRecord[]> {
  const keys = Array.from({ length: revision }, (_, index) => ({ id: stepIdOf(id, index + 1) }));
  const batches = Array.from({ length: Math.ceil(keys.length / BATCH) }, (_, index) =>
    keys.slice(index * BATCH, (index + 1) * BATCH),
  );
  const rows = await Promise.all(batches.map((batch) => readBatch(dynamo, table, batch)));
  return rows.flat().sort((one, other) => one.revision - other.revision);
}

async function readBatch(
  dynamo: DynamoDBDocumentClient,
  table: string,
  keys: { readonly id: string }[],
): Promise<readonly RequestStepRecord[]> {
  const { Responses, UnprocessedKeys } = await dynamo.send(
    new BatchGetCommand({ RequestItems: { [table]: { Keys: keys, ConsistentRead: true } } }),
  );
  if (Object.keys(UnprocessedKeys ?? {}).length > 0) throw new ServiceFault('DynamoDB left rows out');
  return (Responses?.[table] ?? []) as RequestStepRecord[]; // written by the two writers alone
}
