import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { checkBooks } from '../domain/books.ts';
import type { Books } from '../domain/books.ts';

/** Reads the whole ledger of an embedded backend, as its developer, and returns every breach of the rules in words. */
export async function breachesOf(gatewayUrl: string): Promise<readonly string[]> {
  const dynamo = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: gatewayUrl,
      region: 'us-east-1',
      credentials: { accessKeyId: 'developer', secretAccessKey: 'developer' },
    }),
  );
  const { TableNames: tables = [] } = await dynamo.send(new ListTablesCommand({}));
  const read = async <Row>(model: string): Promise<Row[]> => {
    const table = tables.find((name) => name.startsWith(`${model}-`));
    if (table === undefined) throw new Error(`There is no table of the model ${model}`);
    const rows: Row[] = [];
    for await (const page of paginateScan({ client: dynamo }, { TableName: table, ConsistentRead: true }))
      rows.push(...((page.Items ?? []) as Row[]));
    return rows;
  };
  try {
    const [accounts, entries, escrows, requests, members] = await Promise.all([
      read<Books['accounts'][number]>('UserBalance'),
      read<Books['entries'][number]>('TransactionLog'),
      read<Books['escrows'][number]>('Escrow'),
      read<NonNullable<Books['requests']>[number]>('ServiceRequest'),
      read<NonNullable<Books['members']>[number]>('User'),
    ]);
    return checkBooks({ accounts, entries, escrows, requests, members });
  } finally {
    dynamo.destroy();
  }
}
