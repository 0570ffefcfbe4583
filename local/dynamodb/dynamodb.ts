import { join } from 'node:path';
import type { AwsOperation, AwsService } from '../gateway/aws-service.ts';
import type { Storage } from '../storage/open-database.ts';
import { connectDynamoDb, TARGET, type DynamoDbConnection } from './dynamodb-connection.ts';
import { startDynoxide } from './dynoxide.ts';
import { ensureTables } from './ensure-tables.ts';
import { PERMISSIONS } from './permissions.ts';
import type { TableDefinition } from './table-definition.ts';

export interface DynamoDb {
  readonly service: AwsService;
  /** Address of the database itself, behind IAM. */
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

export interface DynamoDbOptions {
  readonly tables: readonly TableDefinition[];
  readonly storage: Storage;
  readonly log: (line: string) => void;
  /** A DynamoDB-compatible server to use instead of starting one. */
  readonly endpoint?: string;
}

/** Starts the database, with the tables it needs, and serves it behind IAM. */
export async function startDynamoDb(options: DynamoDbOptions): Promise<DynamoDb> {
  const { storage } = options;
  const database =
    options.endpoint === undefined
      ? await startDynoxide(
          storage === 'memory' ? undefined : join(storage.directory, 'dynamodb.sqlite'),
          options.log,
        )
      : { endpoint: options.endpoint, ready: () => Promise.resolve(), stop: () => Promise.resolve() };
  const send = connectDynamoDb(database.endpoint, database.ready);
  try {
    await ensureTables(send, options.tables);
  } catch (error) {
    await database.stop();
    throw error;
  }
  return { service: serve(send), endpoint: database.endpoint, stop: database.stop };
}

function serve(send: DynamoDbConnection): AwsService {
  const operations = Object.entries(PERMISSIONS).map(([name, permissions]): [string, AwsOperation] => [
    name,
    { permissions, run: (input) => send(name, input) },
  ]);
  return { name: 'dynamodb', target: TARGET, jsonVersion: '1.0', operations: Object.fromEntries(operations) };
}
