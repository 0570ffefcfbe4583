import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';

/** Changes a row of a model behind the API, as somebody with the keys of the database could. */
export async function tamper(
  gatewayUrl: string,
  model: string,
  key: Readonly<Record<string, string>>,
  set: Readonly<Record<string, unknown>>,
): Promise<void> {
  const dynamo = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: gatewayUrl,
      region: 'us-east-1',
      credentials: { accessKeyId: 'developer', secretAccessKey: 'developer' },
    }),
  );
  try {
    const { TableNames: tables = [] } = await dynamo.send(new ListTablesCommand({}));
    const TableName = tables.find((name) => name.startsWith(`${model}-`));
    if (TableName === undefined) throw new Error(`There is no table of the model ${model}`);
    const fields = Object.entries(set);
    await dynamo.send(
      new UpdateCommand({
        TableName,
        Key: { ...key },
        UpdateExpression: `SET ${fields.map(([field]) => `#${field} = :${field}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(fields.map(([field]) => [`#${field}`, field])),
        ExpressionAttributeValues: Object.fromEntries(fields.map(([field, value]) => [`:${field}`, value])),
      }),
    );
  } finally {
    dynamo.destroy();
  }
}
