import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';

const DEVELOPER = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'developer', secretAccessKey: 'developer' },
} as const;

export const asDeveloper = (gatewayUrl: string) => ({ ...DEVELOPER, endpoint: gatewayUrl });

/** Every row of a model's table, read as a developer. */
export async function rowsOf<Row>(gatewayUrl: string, model: string): Promise<readonly Row[]> {
  const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient(asDeveloper(gatewayUrl)));
  try {
    const { TableNames: tables = [] } = await dynamo.send(new ListTablesCommand({}));
    const table = tables.find((name) => name.startsWith(`${model}-`));
    if (table === undefined) throw new Error(`There is no table of the model ${model}`);
    const rows: Row[] = [];
    for await (const page of paginateScan({ client: dynamo }, { TableName: table, ConsistentRead: true }))
      rows.push(...((page.Items ?? []) as Row[]));
    return rows;
  } finally {
    dynamo.destroy();
  }
}
