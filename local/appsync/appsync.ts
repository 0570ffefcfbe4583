import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import type { Clock } from '../clock/clock.ts';
import {
  ACCOUNT_ID,
  AwsServiceError,
  REGION,
  type AwsApi,
  type AwsService,
  type Caller,
  type Permission,
} from '../gateway/aws-service.ts';
import type { AppSyncApi } from './appsync-api.ts';
import { Authentication, iamCaller, plainHeaders, type Headers } from './auth/authentication.ts';
import type { TokenVerifier } from './auth/token-verifier.ts';
import { GraphQLExecutor, type Request } from './execution/graphql-executor.ts';
import {
  graphQLRequestOf,
  parseGraphQLRequest,
  readGraphQLRequest,
  rootFields,
} from './execution/graphql-request.ts';
import type { GraphQLResponse } from './execution/graphql-response.ts';
import { Connection } from './realtime/connection.ts';
import { handshakeHeaders } from './realtime/handshake.ts';
import { createRealtimeApi } from './realtime/realtime-api.ts';
import { SubscriptionHub } from './realtime/subscription-hub.ts';
import { ResolverRunner } from './resolvers/resolver-runner.ts';
import { deliverySchema, executableSchema, subscriptionsByMutation } from './schema/api-schema.ts';

export interface AppSyncOptions {
  readonly api: AppSyncApi;
  /** Where data sources are, and where a signed request's permissions are checked. */
  readonly aws: AwsApi;
  readonly tokens: TokenVerifier;
  /** The principal of an access key id; every key has one on this machine. */
  readonly resolveCaller: (accessKeyId: string) => Caller;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

export interface HttpRequest {
  readonly headers: Headers;
  readonly body: string;
}

export interface HttpResponse {
  readonly statusCode: number;
  /** JSON text. */
  readonly body: string;
}

export interface AppSync {
  /** `appsync`, with the one operation `GraphQL` for IAM principals. */
  readonly service: AwsService;
  /** Answers a POST to `/graphql`; never throws. */
  handleGraphql(request: HttpRequest): Promise<HttpResponse>;
  /** Takes over a WebSocket whose subprotocol is REALTIME_PROTOCOL. */
  handleSocket(socket: WebSocket, upgradeRequest: IncomingMessage): void;
  /** Ends every connection. */
  close(): void;
}

/** Runs a GraphQL API. Throws AppSyncConfigurationError for what cannot be run. */
export function createAppSync({ api, aws, tokens, resolveCaller, clock, log }: AppSyncOptions): AppSync {
  const schema = executableSchema(api, new ResolverRunner(api, aws, clock, log));
  const executor = new GraphQLExecutor(schema, api);
  const hub = new SubscriptionHub(deliverySchema(api), subscriptionsByMutation(schema));
  const authentication = new Authentication(api.authModes, tokens, resolveCaller);
  const realtime = createRealtimeApi({ authentication, executor, hub });
  const connections = new Set<Connection>();

  async function answer(request: Request): Promise<GraphQLResponse> {
    const { operation } = request.parsed.operation;
    if (operation === 'subscription')
      throw new AwsServiceError('UnsupportedOperation', 'Subscriptions need the realtime endpoint');
    const execution = await executor.execute(request);
    if (operation === 'mutation') hub.publish(request.parsed, execution);
    return execution.response;
  }

  async function answerHttp({ headers, body }: HttpRequest): Promise<unknown> {
    const sender = await authentication.authenticate(headers);
    const request = readGraphQLRequest(body);
    // IAM is checked on the way through the API of the services, for every caller alike.
    if (sender.kind === 'IAM') return aws.call('appsync', 'GraphQL', request, sender.caller);
    const parsed = parseGraphQLRequest(request);
    return answer({ parsed, caller: sender.authenticated, headers: plainHeaders(headers) });
  }

  return {
    service: {
      name: 'appsync',
      operations: {
        GraphQL: {
          permissions: (input) => fieldPermissions(api.apiId, input),
          run: (input, caller) =>
            answer({
              parsed: parseGraphQLRequest(graphQLRequestOf(input)),
              caller: iamCaller(caller),
              headers: {},
            }),
        },
      },
    },

    async handleGraphql(request) {
      try {
        return { statusCode: 200, body: JSON.stringify(await answerHttp(request)) };
      } catch (error) {
        return failure(error, log);
      }
    },

    handleSocket(socket, upgradeRequest) {
      const connection = new Connection(socket, handshakeHeaders(upgradeRequest), realtime, log);
      connections.add(connection);
      socket.on('close', () => connections.delete(connection));
    },

    close() {
      for (const connection of connections) connection.close();
    },
  };
}

const ROOT_TYPES = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const;

/** IAM permits an API field by field. A request that cannot be read needs nothing: running it says what is wrong. */
function fieldPermissions(apiId: string, input: Readonly<Record<string, unknown>>): readonly Permission[] {
  try {
    const parsed = parseGraphQLRequest(graphQLRequestOf(input));
    const type = ROOT_TYPES[parsed.operation.operation];
    return rootFields(parsed).map((field) => ({
      action: 'appsync:GraphQL',
      resource: `arn:aws:appsync:${REGION}:${ACCOUNT_ID}:apis/${apiId}/types/${type}/fields/${field}`,
    }));
  } catch (error) {
    if (error instanceof AwsServiceError) return [];
    throw error;
  }
}

function failure(error: unknown, log: (line: string) => void): HttpResponse {
  if (error instanceof AwsServiceError)
    return {
      statusCode: error.statusCode,
      body: JSON.stringify({ errors: [{ errorType: error.code, message: error.message }] }),
    };
  log(`AppSync: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return {
    statusCode: 500,
    body: JSON.stringify({ errors: [{ errorType: 'InternalFailure', message: 'Internal failure' }] }),
  };
}
