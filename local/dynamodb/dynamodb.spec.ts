import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { ACCOUNT_ROOT, AwsServiceError } from '../gateway/aws-service.ts';
import { startDynamoDb, type DynamoDb } from './dynamodb.ts';
import type { TableDefinition } from './table-definition.ts';

const ALL = { ProjectionType: 'ALL' };
const hash = (name: string) => [{ AttributeName: name, KeyType: 'HASH' }];
const OFFERS: TableDefinition = {
  name: 'Offers',
  key: hash('id'),
  attributeTypes: { id: 'S', owner: 'S', title: 'S' },
  indexes: [{ name: 'byOwner', key: hash('owner'), projection: ALL }],
};

const cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'dynamodb-'));
  cleanUps.push(() => {
    rmSync(directory, { recursive: true, force: true });
  });
  return directory;
}

async function start(
  tables: readonly TableDefinition[],
  directory?: string,
  log: string[] = [],
): Promise<DynamoDb> {
  const dynamoDb = await startDynamoDb({
    tables,
    storage: directory === undefined ? 'memory' : { directory },
    log: (line) => log.push(line),
  });
  cleanUps.push(() => dynamoDb.stop());
  return dynamoDb;
}

function run(dynamoDb: DynamoDb, name: string, input: Record<string, unknown>): Promise<unknown> {
  const operation = dynamoDb.service.operations[name];
  if (!operation) throw new Error(`no ${name}`);
  return operation.run(input, ACCOUNT_ROOT);
}

const put = (dynamoDb: DynamoDb, id: string) =>
  run(dynamoDb, 'PutItem', { TableName: 'Offers', Item: { id: { S: id }, owner: { S: 'ann' } } });

const ownedByAnn = async (dynamoDb: DynamoDb) => {
  const { Count: count } = (await run(dynamoDb, 'Query', {
    TableName: 'Offers',
    IndexName: 'byOwner',
    KeyConditionExpression: '#owner = :owner',
    ExpressionAttributeNames: { '#owner': 'owner' },
    ExpressionAttributeValues: { ':owner': { S: 'ann' } },
  })) as { Count: number };
  return count;
};

/** Processes whose command line names `path`. */
function processesOf(path: string): number[] {
  const lines = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n');
  return lines
    .filter((line) => line.includes(`--db-path ${path}`) && !line.includes('/bin/sh'))
    .map((line) => Number.parseInt(line));
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(20);
}

describe('the database', () => {
  it('keeps what it acknowledged, and its indexes, over a restart', async () => {
    const directory = temporaryDirectory();
    const first = await start([OFFERS], directory);
    await put(first, 'a');
    await first.stop();

    const second = await start([OFFERS], directory);
    expect(await ownedByAnn(second)).toBe(1);
  });

  it('keeps the reasons of a cancelled transaction', async () => {
    const dynamoDb = await start([OFFERS]);
    await put(dynamoDb, 'a');
    const again = run(dynamoDb, 'TransactWriteItems', {
      TransactItems: [
        { Put: { TableName: 'Offers', Item: { id: { S: 'b' } } } },
        {
          Put: {
            TableName: 'Offers',
            Item: { id: { S: 'a' } },
            ConditionExpression: 'attribute_not_exists(id)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
      ],
    });
    await expect(again).rejects.toMatchObject({
      code: 'TransactionCanceledException',
      statusCode: 400,
      details: {
        CancellationReasons: [
          { Code: 'None' },
          { Code: 'ConditionalCheckFailed', Item: { id: { S: 'a' }, owner: { S: 'ann' } } },
        ],
      },
    });
  });

  it('refuses an unknown table in the words of DynamoDB', async () => {
    const dynamoDb = await start([]);
    const get = run(dynamoDb, 'GetItem', { TableName: 'Nothing', Key: { id: { S: '1' } } });
    await expect(get).rejects.toThrow(AwsServiceError);
    await expect(get).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });

  it('adds an index that is new and drops one that is gone, keeping the rows', async () => {
    const directory = temporaryDirectory();
    const first = await start([OFFERS], directory);
    await put(first, 'a');
    await first.stop();

    const byTitle = { ...OFFERS, indexes: [{ name: 'byTitle', key: hash('title'), projection: ALL }] };
    const second = await start([byTitle], directory);
    expect(await run(second, 'DescribeTable', { TableName: 'Offers' })).toMatchObject({
      Table: { GlobalSecondaryIndexes: [{ IndexName: 'byTitle' }] },
    });
    expect(await run(second, 'Scan', { TableName: 'Offers' })).toMatchObject({ Count: 1 });
  });

  it('tells to start afresh when a key has changed', async () => {
    const directory = temporaryDirectory();
    await (await start([OFFERS], directory)).stop();
    const changed = { ...OFFERS, key: hash('owner'), indexes: [] };
    await expect(start([changed], directory)).rejects.toThrow(
      'Table Offers is stored with the key id (HASH), but the backend now defines owner (HASH). Start with --fresh',
    );
    expect(processesOf(directory)).toEqual([]);
  });

  it('is started again when its process dies, and has lost nothing', async () => {
    const directory = temporaryDirectory();
    const log: string[] = [];
    const dynamoDb = await start([OFFERS], directory, log);
    await put(dynamoDb, 'a');

    for (const pid of processesOf(directory)) process.kill(pid, 'SIGKILL');
    await until(() => log.length > 0);

    expect(await ownedByAnn(dynamoDb)).toBe(1);
    expect(log).toEqual([expect.stringContaining('Starting it again')]);
  });

  it('does not outlive a parent that was killed', async () => {
    const directory = temporaryDirectory();
    const script = `
      import { startDynamoDb } from ${JSON.stringify(join(import.meta.dirname, 'dynamodb.ts'))};
      await startDynamoDb({ tables: [], storage: { directory: ${JSON.stringify(directory)} }, log: console.log });
      console.log('started');
      setInterval(() => undefined, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module-typescript', '-e', script]);
    await new Promise((resolve) => parent.stdout.once('data', resolve));
    expect(processesOf(directory)).toHaveLength(1);

    parent.kill('SIGKILL');

    await until(() => processesOf(directory).length === 0);
  });
});

describe('the permissions an operation needs', () => {
  const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/';

  it.each([
    ['GetItem', { TableName: 'Offers' }, [['GetItem', 'Offers']]],
    ['Query', { TableName: 'Offers', IndexName: 'byOwner' }, [['Query', 'Offers/index/byOwner']]],
    ['Scan', { TableName: `${arn}Offers` }, [['Scan', 'Offers']]],
    [
      'BatchWriteItem',
      { RequestItems: { A: [], B: [] } },
      [
        ['BatchWriteItem', 'A'],
        ['BatchWriteItem', 'B'],
      ],
    ],
    [
      'TransactWriteItems',
      {
        TransactItems: [
          { Put: { TableName: 'A' } },
          { Put: { TableName: 'A' } },
          { Update: { TableName: 'A' } },
          { Delete: { TableName: 'B' } },
          { ConditionCheck: { TableName: 'B' } },
        ],
      },
      [
        ['PutItem', 'A'],
        ['UpdateItem', 'A'],
        ['DeleteItem', 'B'],
        ['ConditionCheckItem', 'B'],
      ],
    ],
  ])('%s on %j', async (operation, input, permissions) => {
    const { service } = await start([]);
    expect(service.operations[operation]?.permissions?.(input)).toEqual(
      permissions.map(([action, table]) => ({
        action: `dynamodb:${action ?? ''}`,
        resource: `${arn}${table ?? ''}`,
      })),
    );
  });
});
