import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';

import type { Tables } from '../amplify/functions/shared/tables.ts';
import { checkBooks, type Books } from '../domain/books.ts';
import { startDynamoDb } from '../local/dynamodb/dynamodb.ts';
import type { TableDefinition } from '../local/dynamodb/table-definition.ts';

/** A database of its own for one test file, in memory, with the tables that the writers write and the indexes that are read. */
export interface ScratchDatabase {
  readonly endpoint: string;
  readonly dynamo: DynamoDBDocumentClient;
  readonly tables: Tables;
  /** Every row of a table. */
  rows<Row>(table: keyof Tables): Promise<readonly Row[]>;
  /** Every breach of the rules of the ledger, in words. */
  breaches(): Promise<readonly string[]>;
  /** Deletes every row of every table. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}

const TABLES: Tables = {
  serviceRequest: 'ServiceRequest',
  requestStep: 'RequestStep',
  notification: 'Notification',
  escrow: 'Escrow',
  userBalance: 'UserBalance',
  transactionLog: 'TransactionLog',
  user: 'User',
  service: 'Service',
  dispute: 'Dispute',
  evidence: 'Evidence',
  message: 'Message',
  review: 'Review',
  sealedReview: 'SealedReview',
  memberStats: 'MemberStats',
  serviceStats: 'ServiceStats',
  adminAction: 'AdminAction',
  reconciliationReport: 'ReconciliationReport',
  wait: 'Wait',
};

/** Nobody checks a signature here, and making one is a third of what a call costs. */
const UNCHECKED: NonNullable<DynamoDBClientConfig['signer']> = {
  sign: (request) => {
    Object.assign(request.headers, UNSIGNED);
    return Promise.resolve(request);
  },
};
const UNSIGNED = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=scratch/20300101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
  'x-amz-date': '20300101T000000Z',
};

/** As many writes DynamoDB takes in one batch. */
const BATCH = 25;

/** Speaks to a DynamoDB on this machine as the functions do on AWS, but leaves every retry to the caller. */
export const connectTo = (endpoint: string): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'scratch', secretAccessKey: 'scratch' },
      maxAttempts: 1,
      signer: UNCHECKED,
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  );

export async function startScratchDatabase(): Promise<ScratchDatabase> {
  const { endpoint, stop } = await startDynamoDb({
    tables: Object.values({ ...TABLES }).map(definitionOf),
    storage: 'memory',
    log: () => undefined,
  });
  const dynamo = connectTo(endpoint);

  async function rows<Row>(table: keyof Tables): Promise<readonly Row[]> {
    const found: Row[] = [];
    const pages = paginateScan({ client: dynamo }, { TableName: TABLES[table], ConsistentRead: true });
    for await (const { Items = [] } of pages) found.push(...(Items as Row[]));
    return found;
  }

  return {
    endpoint,
    dynamo,
    tables: TABLES,
    rows,
    async breaches() {
      const [accounts, entries, escrows, requests, members] = await Promise.all([
        rows<Books['accounts'][number]>('userBalance'),
        rows<Books['entries'][number]>('transactionLog'),
        rows<Books['escrows'][number]>('escrow'),
        rows<NonNullable<Books['requests']>[number]>('serviceRequest'),
        rows<NonNullable<Books['members']>[number]>('user'),
      ]);
      return checkBooks({ accounts, entries, escrows, requests, members });
    },
    async clear() {
      for (const table of Object.keys(TABLES) as (keyof Tables)[]) {
        const key = KEYS[TABLES[table]] ?? 'id';
        const keys = (await rows<Record<string, string>>(table)).map((row) => ({ [key]: row[key] }));
        for (let from = 0; from < keys.length; from += BATCH)
          await dynamo.send(
            new BatchWriteCommand({
              RequestItems: {
                [TABLES[table]]: keys.slice(from, from + BATCH).map((Key) => ({ DeleteRequest: { Key } })),
              },
            }),
          );
      }
    },
    async stop() {
      dynamo.destroy();
      await stop();
    },
  };
}

type Send = DynamoDBDocumentClient['send'];

/** The same client, with `instead` in place of one kind of command; `send` does what was asked. */
export function intercept(
  dynamo: DynamoDBDocumentClient,
  commandName: 'GetCommand' | 'TransactWriteCommand',
  instead: (send: () => Promise<unknown>, input: object) => Promise<unknown>,
): DynamoDBDocumentClient {
  const send = (command: Parameters<Send>[0]) =>
    command.constructor.name === commandName
      ? instead(() => dynamo.send(command), command.input)
      : dynamo.send(command);
  return Object.assign(Object.create(dynamo) as DynamoDBDocumentClient, { send });
}

/** Tables that are keyed by what they are about. */
const KEYS: Readonly<Record<string, string>> = {
  [TABLES.userBalance]: 'userId',
  [TABLES.memberStats]: 'userId',
  [TABLES.serviceStats]: 'serviceId',
};

/** Indexes by the attribute that they are of. */
const INDEXES: Readonly<Record<string, readonly string[]>> = {
  [TABLES.transactionLog]: ['userId', 'transactionId'],
  [TABLES.escrow]: ['fromUserId'],
  [TABLES.serviceRequest]: ['requesterId'],
};

function definitionOf(name: string): TableDefinition {
  const key = KEYS[name] ?? 'id';
  const indexed = INDEXES[name] ?? [];
  return {
    name,
    key: [{ AttributeName: key, KeyType: 'HASH' }],
    attributeTypes: Object.fromEntries([key, ...indexed].map((attribute) => [attribute, 'S'])),
    indexes: indexed.map((attribute) => ({
      name: `by${attribute.charAt(0).toUpperCase()}${attribute.slice(1)}`,
      key: [{ AttributeName: attribute, KeyType: 'HASH' }],
      projection: { ProjectionType: 'ALL' },
    })),
  };
}
