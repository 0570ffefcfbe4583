import type { GraphQLSchema } from 'graphql';
import { decodeJwt, UnsecuredJWT } from 'jose';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { createAppSync } from '../local/appsync/appsync.ts';
import type { GraphQLResponse } from '../local/appsync/execution/graphql-response.ts';
import { appSyncApiFromAssembly } from '../local/appsync/from-assembly.ts';
import { deliverySchema } from '../local/appsync/schema/api-schema.ts';
import { MovableClock } from '../local/clock/clock.ts';
import { startDynamoDb } from '../local/dynamodb/dynamodb.ts';
import { tablesFromAssembly } from '../local/dynamodb/from-assembly.ts';
import { ACCOUNT_ROOT, type AwsApi } from '../local/gateway/aws-service.ts';
import { connectTo } from './scratch-database.ts';
import { synthesized } from './synthesized.ts';

/** A signed-in caller; whoever says so is believed. */
export interface Asker {
  readonly sub: string;
  readonly groups?: readonly string[];
}

/** The synthesized GraphQL API over empty tables in memory, for one test file. Its functions answer what the test says. */
export interface ScratchApi {
  readonly schema: GraphQLSchema;
  /** What every function of the API answers. */
  answer: (payload: unknown) => unknown;
  /** Its database, for the writers of functions. */
  readonly dynamo: DynamoDBDocumentClient;
  /** The table of a model, or of the construct that makes one that belongs to no model. Throws if there is none. */
  tableOf(name: string): string;
  /** Writes a row of a model as a function would, past the API. */
  put(model: string, row: Readonly<Record<string, unknown>>): Promise<void>;
  ask(asker: Asker, query: string, variables?: Readonly<Record<string, unknown>>): Promise<GraphQLResponse>;
  stop(): Promise<void>;
}

export async function startScratchApi(): Promise<ScratchApi> {
  const assembly = await synthesized();
  const definitions = tablesFromAssembly(assembly);
  const log = () => undefined;
  const database = await startDynamoDb({ tables: definitions, storage: 'memory', log });
  const dynamo = connectTo(database.endpoint);
  const config = appSyncApiFromAssembly(assembly);

  const aws: AwsApi = {
    async call(service, operation, input, caller) {
      const given = input as Readonly<Record<string, unknown>>;
      if (service === 'lambda') return { StatusCode: 200, Payload: scratch.answer(given['Payload']) };
      const known = service === 'dynamodb' ? database.service.operations[operation] : undefined;
      if (!known) throw new Error(`A scratch API has no ${service} ${operation}`);
      return known.run(given, caller);
    },
  };
  const api = createAppSync({
    api: config,
    aws,
    tokens: { verify: (token) => Promise.resolve(decodeJwt(token)) },
    resolveCaller: () => ACCOUNT_ROOT,
    clock: new MovableClock(),
    log,
  });

  const scratch: ScratchApi = {
    schema: deliverySchema(config),
    answer: () => null,
    dynamo,
    tableOf(name) {
      const table =
        assembly.ofType('Custom::AmplifyDynamoDBTable').find(({ ref }) => ref.startsWith(`${name}-`)) ??
        assembly.ofType('AWS::DynamoDB::Table').find(({ logicalId }) => logicalId.startsWith(name));
      if (!table) throw new Error(`There is no table of ${name}`);
      return table.ref;
    },
    async put(model, row) {
      const item = marshall({ __typename: model, ...row }, { removeUndefinedValues: true });
      const input = { TableName: scratch.tableOf(model), Item: item };
      await aws.call('dynamodb', 'PutItem', input, ACCOUNT_ROOT);
    },
    async ask({ sub, groups = [] }, query, variables = {}) {
      const token = new UnsecuredJWT({
        sub,
        username: sub,
        ...(groups.length > 0 && { 'cognito:groups': groups }),
      });
      const { body } = await api.handleGraphql({
        headers: { authorization: token.encode() },
        body: JSON.stringify({ query, variables }),
      });
      return JSON.parse(body) as GraphQLResponse;
    },
    async stop() {
      api.close();
      dynamo.destroy();
      await database.stop();
    },
  };
  return scratch;
}
