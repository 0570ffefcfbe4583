import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDynamoDb, type DynamoDb } from '../../dynamodb/dynamodb.ts';
import type { RequestContext } from '../request-context.ts';
import { createDataSource, type DataSource } from './data-source.ts';

const role = 'arn:aws:iam::000000000000:role/table';
let database: DynamoDb;
let table: DataSource;

beforeAll(async () => {
  const key = [
    { AttributeName: 'id', KeyType: 'HASH' },
    { AttributeName: 'at', KeyType: 'RANGE' },
  ] as const;
  const definition = { name: 'items', key, attributeTypes: { id: 'S', at: 'N' }, indexes: [] };
  database = await startDynamoDb({ tables: [definition], storage: 'memory', log: () => undefined });
  table = createDataSource(
    { type: 'AMAZON_DYNAMODB', name: 'Items', tableName: 'items', serviceRoleArn: role },
    {
      call(_service, operation, input, caller) {
        expect(caller).toEqual({ arn: role });
        const run = database.service.operations[operation];
        if (!run) throw new Error(`no operation ${operation}`);
        return run.run(input as Record<string, unknown>, caller);
      },
    },
  );
});
afterAll(() => database.stop());

const run = (request: object) =>
  table.run(request, { context: {} as RequestContext, caller: 'spec', maxBatchSize: 0 });
const key = (id: string, at = 1) => ({ id: { S: id }, at: { N: String(at) } });
const put = (id: string, at = 1, attributes: object = {}) =>
  run({ operation: 'PutItem', key: key(id, at), attributeValues: attributes });

describe('single items', () => {
  it('are put and read as JSON: numbers, sets as lists, nested values', async () => {
    const attributeValues = {
      n: { N: '1.5' },
      set: { SS: ['a', 'b'] },
      numbers: { NS: ['1'] },
      map: { M: { list: { L: [{ NULL: true }, { BOOL: false }] } } },
    };
    const item = { id: 'json', at: 1, n: 1.5, set: ['a', 'b'], numbers: [1], map: { list: [null, false] } };
    expect(await run({ operation: 'PutItem', key: key('json'), attributeValues })).toEqual(item);
    expect(await run({ operation: 'GetItem', key: key('json'), consistentRead: true })).toEqual(item);
    expect(await run({ operation: 'GetItem', key: key('nothing') })).toBeNull();
  });

  it('are projected', async () => {
    await put('wide', 1, { a: { S: 'x' }, b: { S: 'y' } });
    const projection = { expression: '#a', expressionNames: { '#a': 'a' } };
    expect(await run({ operation: 'GetItem', key: key('wide'), projection })).toEqual({ a: 'x' });
  });

  it('are updated and deleted, and come back as they are and were', async () => {
    await put('u');
    const update = {
      expression: 'SET #n = :n',
      expressionNames: { '#n': 'n' },
      expressionValues: { ':n': { N: '2' } },
    };
    expect(await run({ operation: 'UpdateItem', key: key('u'), update })).toEqual({ id: 'u', at: 1, n: 2 });
    expect(await run({ operation: 'DeleteItem', key: key('u') })).toEqual({ id: 'u', at: 1, n: 2 });
    expect(await run({ operation: 'DeleteItem', key: key('u') })).toBeNull();
  });
});

describe('a failed condition', () => {
  const absent = { expression: 'attribute_not_exists(id)' };

  it('hands over the item as it stands', async () => {
    await put('c', 1, { n: { N: '1' } });
    const request = {
      operation: 'PutItem',
      key: key('c'),
      attributeValues: { n: { N: '2' } },
      condition: absent,
    };
    await expect(run(request)).rejects.toMatchObject({
      type: 'DynamoDB:ConditionalCheckFailedException',
      result: { id: 'c', at: 1, n: 1 },
    });
  });

  it('is none where a put would have written what is there, but for what it says to ignore', async () => {
    await put('same', 1, { n: { N: '1' }, at2: { S: 'then' } });
    const again = {
      operation: 'PutItem',
      key: key('same'),
      attributeValues: { n: { N: '1' }, at2: { S: 'now' } },
    };
    await expect(run({ ...again, condition: absent })).rejects.toThrow('The conditional request failed');
    expect(await run({ ...again, condition: { ...absent, equalsIgnore: ['at2'] } })).toMatchObject({ n: 1 });
  });
});

describe('reading many', () => {
  it('queries in both directions, by pages', async () => {
    for (const at of [1, 2, 3]) await put('many', at);
    const query = { expression: 'id = :id', expressionValues: { ':id': { S: 'many' } } };
    const first = (await run({ operation: 'Query', query, limit: 2 })) as {
      items: unknown[];
      nextToken: string;
    };
    expect(first).toMatchObject({ items: [{ at: 1 }, { at: 2 }], scannedCount: 2 });
    expect(await run({ operation: 'Query', query, limit: 2, nextToken: first.nextToken })).toMatchObject({
      items: [{ at: 3 }],
      nextToken: null,
    });
    expect(await run({ operation: 'Query', query, scanIndexForward: false, limit: 1 })).toMatchObject({
      items: [{ at: 3 }],
    });
  });

  it('scans with a filter', async () => {
    await put('scanned', 7);
    const filter = {
      expression: '#at = :at',
      expressionNames: { '#at': 'at' },
      expressionValues: { ':at': { N: '7' } },
    };
    expect(await run({ operation: 'Scan', filter })).toMatchObject({ items: [{ id: 'scanned', at: 7 }] });
  });

  it('gets a batch in the order of its keys, null for what is not there', async () => {
    await put('b1');
    await put('b2');
    const tables = { items: { keys: [key('b2'), key('none'), key('b1')] } };
    expect(await run({ operation: 'BatchGetItem', tables })).toEqual({
      data: { items: [{ id: 'b2', at: 1 }, null, { id: 'b1', at: 1 }] },
      unprocessedKeys: { items: [] },
    });
  });
});

describe('transactions', () => {
  it('write everything and give the keys', async () => {
    await put('t-delete');
    await put('t-update');
    const transactItems = [
      { table: 'items', operation: 'PutItem', key: key('t-put'), attributeValues: { n: { N: '1' } } },
      {
        table: 'items',
        operation: 'UpdateItem',
        key: key('t-update'),
        update: { expression: 'SET n = :n', expressionValues: { ':n': { N: '2' } } },
        condition: {
          expression: '#id = :id',
          expressionNames: { '#id': 'id' },
          expressionValues: { ':id': { S: 't-update' } },
        },
      },
      { table: 'items', operation: 'DeleteItem', key: key('t-delete') },
      {
        table: 'items',
        operation: 'ConditionCheck',
        key: key('t-none'),
        condition: { expression: 'attribute_not_exists(id)' },
      },
    ];
    expect(await run({ operation: 'TransactWriteItems', transactItems })).toMatchObject({
      keys: [{ id: 't-put' }, { id: 't-update' }, { id: 't-delete' }, { id: 't-none' }],
      cancellationReasons: null,
    });
    const gets = ['t-put', 't-update', 't-delete'].map((id) => ({ table: 'items', key: key(id) }));
    expect(await run({ operation: 'TransactGetItems', transactItems: gets })).toEqual({
      items: [{ id: 't-put', at: 1, n: 1 }, { id: 't-update', at: 1, n: 2 }, null],
      cancellationReasons: null,
    });
  });

  it('write nothing where one condition fails, and say which', async () => {
    await put('t-there');
    const condition = { expression: 'attribute_not_exists(id)', returnValuesOnConditionCheckFailure: true };
    const transactItems = [
      { table: 'items', operation: 'PutItem', key: key('t-never') },
      { table: 'items', operation: 'PutItem', key: key('t-there'), condition },
    ];
    await expect(run({ operation: 'TransactWriteItems', transactItems })).rejects.toMatchObject({
      type: 'DynamoDB:TransactionCanceledException',
      result: {
        keys: null,
        cancellationReasons: [
          { type: 'None' },
          { type: 'ConditionalCheckFailed', item: { id: 't-there', at: 1 } },
        ],
      },
    });
    expect(await run({ operation: 'GetItem', key: key('t-never') })).toBeNull();
  });
});

it('a request without a known operation is an error of its template', async () => {
  await expect(run({ operation: 'Sync' })).rejects.toMatchObject({ errorType: 'MappingTemplate' });
});
