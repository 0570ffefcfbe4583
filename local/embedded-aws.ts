import { join } from 'node:path';
import { appSyncApiFromAssembly } from './appsync/from-assembly.ts';
import { createAppSync } from './appsync/appsync.ts';
import { checkTrust } from './check-trust.ts';
import { loadAssembly, type Assembly } from './assembly/assembly.ts';
import { clockFromFile } from './clock/clock-file.ts';
import type { MovableClock } from './clock/clock.ts';
import { createCognito } from './cognito/cognito.ts';
import { poolsFromAssembly } from './cognito/from-assembly.ts';
import type { Mail } from './cognito/mailbox.ts';
import { startDynamoDb } from './dynamodb/dynamodb.ts';
import { tablesFromAssembly } from './dynamodb/from-assembly.ts';
import { createEventBridge, type EventBridgeOptions } from './event-bridge/event-bridge.ts';
import { eventBridgeFromAssembly } from './event-bridge/from-assembly.ts';
import type { AwsApi } from './gateway/aws-service.ts';
import { CredentialRegistry } from './gateway/credential-registry.ts';
import { Gateway } from './gateway/gateway.ts';
import { ServiceRegistry } from './gateway/service-registry.ts';
import { createAuthorizer } from './iam/authorizer.ts';
import { iamFromAssembly } from './iam/from-assembly.ts';
import { functionsFromAssembly } from './lambda/from-assembly.ts';
import { createLambda, type LambdaOptions } from './lambda/lambda.ts';
import { bucketsFromAssembly } from './s3/from-assembly.ts';
import { createS3 } from './s3/s3.ts';
import { S3Endpoint } from './s3/s3-endpoint.ts';
import { queuesFromAssembly } from './sqs/from-assembly.ts';
import { createSqs } from './sqs/sqs.ts';
import { machinesFromAssembly } from './step-functions/from-assembly.ts';
import { createStepFunctions } from './step-functions/step-functions.ts';
import { lockDirectory } from './storage/lock-directory.ts';

export interface EmbeddedAwsOptions {
  /** The synthesized backend: a cdk.out directory. */
  readonly cdkOut: string;
  /** Where everything is kept that must outlive this process. */
  readonly dataDir: string;
  /** Port of the gateway; 0 for any free one. */
  readonly port: number;
  readonly log: (line: string) => void;
  /** Told of every message that Cognito would send. */
  readonly onMail?: (mail: Mail) => void;
  /** Hooks into the running of functions. */
  readonly lambda?: Pick<LambdaOptions, 'onInvoke' | 'onOutput' | 'idleTime' | 'concurrency'>;
  /** Hooks into the delivery of events. */
  readonly events?: Pick<EventBridgeOptions, 'onDeliver'>;
}

export interface EmbeddedAws {
  /** Of the gateway, such as `http://localhost:4566`. */
  readonly url: string;
  readonly port: number;
  readonly clock: MovableClock;
  /** The services, for a caller inside this process. */
  readonly aws: AwsApi;
  readonly assembly: Assembly;
  /** Messages that Cognito would have sent, latest first. */
  readonly mails: () => readonly Mail[];
  /** State transitions of an execution so far: what AWS charges for. */
  readonly transitions: (executionArn: string) => number;
  /** Stops everything; what was under way goes on at the next start. */
  readonly stop: () => Promise<void>;
}

/**
 * Runs a synthesized backend on this machine. Throws where the backend uses something that is not embedded, where
 * another process has the data directory or the port, and where stored data does not fit the backend any more.
 */
export async function startEmbeddedAws(options: EmbeddedAwsOptions): Promise<EmbeddedAws> {
  /** What to close, last opened first. */
  const closers: (() => unknown)[] = [];
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    return { ...(await start(options, closers)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  options: EmbeddedAwsOptions,
  closers: (() => unknown)[],
): Promise<Omit<EmbeddedAws, 'stop'>> {
  const { dataDir, log } = options;
  const storage = { directory: dataDir };
  closers.push(lockDirectory(dataDir));
  const clock = clockFromFile(join(dataDir, 'clock.json'));
  const gateway = await Gateway.listen(options.port, log);
  closers.push(() => gateway.close());
  const assembly = loadAssembly(options.cdkOut, { graphqlUrl: `${gateway.url}/graphql` });

  const iam = createAuthorizer(iamFromAssembly(assembly), () => clock.now());
  checkTrust(assembly, iam);
  const credentials = new CredentialRegistry();
  const registry = new ServiceRegistry(iam);

  const dynamoDbEndpoint = process.env['DYNAMODB_ENDPOINT'];
  const dynamoDb = await startDynamoDb({
    tables: tablesFromAssembly(assembly),
    storage,
    log,
    ...(dynamoDbEndpoint !== undefined && { endpoint: dynamoDbEndpoint }),
  });
  closers.push(() => dynamoDb.stop());
  const sqs = createSqs({ queues: queuesFromAssembly(assembly), clock, storage });
  closers.push(() => {
    sqs.close();
  });
  const buckets = bucketsFromAssembly(assembly);
  const s3 = createS3({ buckets, authorizer: iam, clock, storage });
  closers.push(() => {
    s3.close();
  });
  const cognito = createCognito({
    pools: poolsFromAssembly(assembly),
    aws: registry,
    clock,
    storage,
    ...(options.onMail && { onMail: options.onMail }),
  });
  closers.push(() => {
    cognito.close();
  });
  const lambda = createLambda({
    ...options.lambda,
    functions: functionsFromAssembly(assembly),
    aws: registry,
    clock,
    storage,
    endpointUrl: `http://127.0.0.1:${gateway.port}`,
    credentialsFor: (role) => credentials.issue(role),
    log,
    logDirectory: join(dataDir, 'logs'),
  });
  closers.push(() => lambda.stop());
  const events = createEventBridge({
    ...options.events,
    ...eventBridgeFromAssembly(assembly),
    aws: registry,
    clock,
    storage,
    log,
  });
  const states = createStepFunctions({
    machines: machinesFromAssembly(assembly),
    aws: registry,
    clock,
    storage,
    onStatusChange: (event) => {
      events.publish(event);
    },
  });
  // Workflows stop before functions do: a function that is cut off is no failure of its task.
  closers.push(
    () => events.stop(),
    () => {
      states.stop();
    },
  );
  const appsync = createAppSync({
    api: appSyncApiFromAssembly(assembly),
    aws: registry,
    tokens: { verify: (jwt) => cognito.verifyToken(jwt) },
    resolveCaller: (accessKeyId) => credentials.callerOf(accessKeyId),
    clock,
    log,
  });
  closers.push(() => {
    appsync.close();
  });

  for (const { service } of [dynamoDb, sqs, s3, cognito, lambda, events, states, appsync])
    registry.add(service);
  gateway.serve({
    registry,
    credentials,
    graphql: appsync,
    s3: new S3Endpoint({ buckets, aws: registry, credentials, clock, log }),
    jwks: (poolId) => cognito.jwks(poolId),
    local: {
      clock,
      mails: () => cognito.mails(),
      iamReport: () => iam.report(),
      services: () => registry.list().map(({ name }) => name),
    },
  });
  states.start();
  lambda.start();
  events.start();

  return {
    url: gateway.url,
    port: gateway.port,
    clock,
    aws: registry,
    assembly,
    mails: () => cognito.mails(),
    transitions: (executionArn) => states.transitions(executionArn),
  };
}
