import type { DynamoDbConnection } from './dynamodb-connection.ts';
import type { IndexDefinition, KeySchema, TableDefinition } from './table-definition.ts';

interface TableDescription {
  readonly KeySchema: KeySchema;
  readonly GlobalSecondaryIndexes?: readonly { readonly IndexName: string; readonly KeySchema: KeySchema }[];
}

/**
 * Creates the tables that are missing, and in those that exist adds new indexes and drops abandoned ones. No table
 * gets a stream: dynoxide slows down as a stream's records pile up, and nothing here reads one.
 * Throws where the key of a table or index has changed, which no data survives, on AWS neither.
 */
export async function ensureTables(
  send: DynamoDbConnection,
  tables: readonly TableDefinition[],
): Promise<void> {
  const existing = await listTables(send);
  for (const table of tables) {
    if (existing.has(table.name)) await update(send, table);
    else await create(send, table);
  }
}

async function listTables(send: DynamoDbConnection): Promise<Set<string>> {
  const names = new Set<string>();
  let start: string | undefined;
  do {
    const page = (await send(
      'ListTables',
      start === undefined ? {} : { ExclusiveStartTableName: start },
    )) as {
      TableNames: string[];
      LastEvaluatedTableName?: string;
    };
    for (const name of page.TableNames) names.add(name);
    start = page.LastEvaluatedTableName;
  } while (start !== undefined);
  return names;
}

async function create(send: DynamoDbConnection, table: TableDefinition): Promise<void> {
  await send('CreateTable', {
    TableName: table.name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: table.key,
    AttributeDefinitions: attributeDefinitions(table, [table.key, ...table.indexes.map(({ key }) => key)]),
    ...(table.indexes.length > 0 && { GlobalSecondaryIndexes: table.indexes.map(toApi) }),
  });
}

async function update(send: DynamoDbConnection, table: TableDefinition): Promise<void> {
  const { Table: description } = (await send('DescribeTable', { TableName: table.name })) as {
    Table: TableDescription;
  };
  refuseChangedKey(`Table ${table.name}`, description.KeySchema, table.key);
  const found = description.GlobalSecondaryIndexes ?? [];

  for (const { IndexName: name } of found)
    if (!table.indexes.some((index) => index.name === name))
      await send('UpdateTable', {
        TableName: table.name,
        GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: name } }],
      });

  for (const index of table.indexes) {
    const old = found.find(({ IndexName: name }) => name === index.name);
    if (old) refuseChangedKey(`Index ${index.name} of table ${table.name}`, old.KeySchema, index.key);
    else
      await send('UpdateTable', {
        TableName: table.name,
        AttributeDefinitions: attributeDefinitions(table, [table.key, index.key]),
        GlobalSecondaryIndexUpdates: [{ Create: toApi(index) }],
      });
  }
}

function attributeDefinitions(table: TableDefinition, keys: readonly KeySchema[]) {
  const names = new Set(keys.flat().map(({ AttributeName: name }) => name));
  return [...names].map((name) => ({ AttributeName: name, AttributeType: table.attributeTypes[name] }));
}

function toApi(index: IndexDefinition) {
  return { IndexName: index.name, KeySchema: index.key, Projection: index.projection };
}

function refuseChangedKey(what: string, stored: KeySchema, defined: KeySchema): void {
  const [before, now] = [stored, defined].map((key) =>
    key.map(({ AttributeName: name, KeyType: type }) => `${name} (${type})`).join(', '),
  );
  if (before !== now)
    throw new Error(
      `${what} is stored with the key ${before}, but the backend now defines ${now}. Start with --fresh to begin anew.`,
    );
}
