import { request as httpRequest } from 'node:http';
import { Readable } from 'node:stream';
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { MovableClock } from '../clock/clock.ts';
import { startDynamoDb, type DynamoDb } from '../dynamodb/dynamodb.ts';
import { ACCOUNT_ROOT, AwsServiceError, type AwsService, type Caller } from './aws-service.ts';
import { accessKeyIdOf, CredentialRegistry } from './credential-registry.ts';
import { Gateway } from './gateway.ts';
import { ServiceRegistry } from './service-registry.ts';

const WORKER = { arn: 'arn:aws:iam::000000000000:role/worker' };
const ITEM = { id: { S: 'a' }, hours: { N: '2.25' } };

let gateway: Gateway;
let dynamoDb: DynamoDb;
let clock: MovableClock;
let credentials: CredentialRegistry;
let log: string[];
/** Who called what, in order. */
let calls: { operation: string; input: unknown; caller: Caller }[];

function fakeService(
  name: string,
  target: string,
  answers: Record<string, (input: unknown) => unknown>,
): AwsService {
  const operations = Object.entries(answers).map(([operation, answer]) => [
    operation,
    {
      ...(name !== 'cognito-idp' && {
        permissions: () => [{ action: `${name}:${operation}`, resource: '*' }],
      }),
      run: (input: unknown, caller: Caller) => {
        calls.push({ operation, input, caller });
        return Promise.resolve().then(() => answer(input));
      },
    },
  ]);
  return { name, target, operations: Object.fromEntries(operations) as AwsService['operations'] };
}

beforeEach(async () => {
  [log, calls] = [[], []];
  gateway = await Gateway.listen(0, (line) => log.push(line));
  dynamoDb = await startDynamoDb({
    tables: [
      {
        name: 'Rows',
        key: [{ AttributeName: 'id', KeyType: 'HASH' }],
        attributeTypes: { id: 'S' },
        indexes: [],
      },
    ],
    storage: 'memory',
    log: (line) => log.push(line),
  });
  clock = new MovableClock();
  credentials = new CredentialRegistry();
  const registry = new ServiceRegistry({
    authorize: (caller, permissions) => {
      if (caller.arn === WORKER.arn && permissions.some(({ action }) => action === 'dynamodb:PutItem'))
        throw new AwsServiceError('AccessDeniedException', `User: ${caller.arn} is not authorized`, 400);
    },
  });
  registry.add(dynamoDb.service);
  registry.add(
    fakeService('states', 'AWSStepFunctions', {
      StartExecution: () => {
        throw new AwsServiceError('ExecutionAlreadyExists', 'Already there');
      },
    }),
  );
  registry.add(
    fakeService('events', 'AWSEvents', {
      PutEvents: () => ({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] }),
    }),
  );
  registry.add(
    fakeService('cognito-idp', 'AWSCognitoIdentityProviderService', {
      InitiateAuth: () => {
        throw new TypeError('a mistake of ours');
      },
    }),
  );
  registry.add(
    fakeService('lambda', 'none', {
      Invoke: (input) =>
        (input as { FunctionName: string }).FunctionName === 'failing'
          ? { StatusCode: 200, FunctionError: 'Unhandled', Payload: { errorType: 'E' } }
          : { StatusCode: 200, Payload: (input as { Payload: unknown }).Payload },
    }),
  );
  gateway.serve({
    registry,
    credentials,
    graphql: {
      handleGraphql: ({ body }) => Promise.resolve({ statusCode: 401, body }),
      handleSocket: (socket) => {
        socket.send(`hello ${socket.protocol}`);
      },
    },
    s3: {
      serves: ({ url }) => url === '/bucket/key',
      answer: () => Promise.resolve({ statusCode: 200, body: Readable.from(['bytes']) }),
    },
    jwks: (poolId) => ({ keys: [{ kid: poolId }] }),
    local: {
      clock,
      mails: () => [{ to: 'a@b.test' }],
      iamReport: () => ({ denied: 0 }),
      services: () => ['dynamodb'],
    },
  });
});

afterEach(async () => {
  await gateway.close();
  await dynamoDb.stop();
});

const developer = { accessKeyId: 'anything', secretAccessKey: 'at all' };
const options = (as: { accessKeyId: string; secretAccessKey: string } = developer) => ({
  endpoint: gateway.url,
  region: 'us-east-1',
  credentials: as,
  maxAttempts: 1,
});

describe('an AWS SDK at the gateway', () => {
  it('reads and writes DynamoDB', async () => {
    const client = new DynamoDBClient(options());
    await client.send(new PutItemCommand({ TableName: 'Rows', Item: ITEM }));
    const { Item: item } = await client.send(
      new GetItemCommand({ TableName: 'Rows', Key: { id: { S: 'a' } } }),
    );
    expect(item).toEqual(ITEM);
  });

  it('is given errors of their own classes, with all they carry', async () => {
    const client = new DynamoDBClient(options());
    const put = { TableName: 'Rows', Item: ITEM, ConditionExpression: 'attribute_not_exists(id)' };
    await client.send(new PutItemCommand(put));
    await expect(client.send(new PutItemCommand(put))).rejects.toBeInstanceOf(
      ConditionalCheckFailedException,
    );
    const transaction = client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: put }] }));
    await expect(transaction).rejects.toBeInstanceOf(TransactionCanceledException);
    await expect(transaction).rejects.toMatchObject({
      message: expect.stringContaining('ConditionalCheckFailed') as string,
      CancellationReasons: [{ Code: 'ConditionalCheckFailed' }],
    });
    const start = new StartExecutionCommand({
      stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:x',
    });
    await expect(new SFNClient(options()).send(start)).rejects.toBeInstanceOf(ExecutionAlreadyExists);
  });

  it('acts as the role whose credentials it has, and as the account itself with any other', async () => {
    const entries = { Entries: [{ Source: 's', DetailType: 't', Detail: '{}' }] };
    await new EventBridgeClient(options(credentials.issue(WORKER.arn))).send(new PutEventsCommand(entries));
    await new EventBridgeClient(options()).send(new PutEventsCommand(entries));
    expect(calls).toMatchObject([
      { operation: 'PutEvents', input: entries, caller: WORKER },
      { caller: ACCOUNT_ROOT },
    ]);
  });

  it('is refused what its role may not', async () => {
    const put = new PutItemCommand({ TableName: 'Rows', Item: ITEM });
    await expect(new DynamoDBClient(options(credentials.issue(WORKER.arn))).send(put)).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});

function post(path: string, headers: Record<string, string>, body: string | Buffer = '{}') {
  return fetch(`${gateway.url}${path}`, { method: 'POST', headers, body: new Uint8Array(Buffer.from(body)) });
}

const signed = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/x/aws4_request, SignedHeaders=host, Signature=0',
};

describe('the gateway', () => {
  it.each([
    [
      { 'x-amz-target': 'AmazonSSM.GetParameter' },
      400,
      'UnknownOperationException',
      'The service of AmazonSSM.GetParameter is not embedded',
    ],
    [
      { 'x-amz-target': 'AWSEvents.toString' },
      400,
      'UnknownOperationException',
      'toString of events is not embedded',
    ],
    [
      { 'x-amz-target': 'AWSEvents.PutEvents' },
      403,
      'MissingAuthenticationTokenException',
      'Request is missing Authentication Token',
    ],
    [{ 'smithy-protocol': 'rpc-v2-cbor' }, 400, 'UnknownOperationException', 'not CBOR'],
    [{}, 400, 'UnknownOperationException', 'not the query protocol'],
  ])('refuses %j by name', async (headers: Record<string, string>, status, type, message) => {
    const response = await post('/', headers);
    expect(response.status).toBe(status);
    expect(response.headers.get('x-amzn-errortype')).toBe(type);
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^[\da-f-]{36}$/);
    expect(await response.json()).toMatchObject({
      __type: type,
      message: expect.stringContaining(message) as string,
    });
  });

  it.each(['not json', '[]', '"text"'])('refuses the body %j', async (body) => {
    const response = await post('/', { 'x-amz-target': 'AWSEvents.PutEvents', ...signed }, body);
    expect(await response.json()).toMatchObject({ __type: 'SerializationException' });
  });

  it('refuses a body longer than 16 MB', async () => {
    const response = await post(
      '/',
      { 'x-amz-target': 'AWSEvents.PutEvents', ...signed },
      Buffer.alloc(16_777_217, 'a'),
    );
    expect(response.status).toBe(413);
  });

  it('serves public operations without credentials, and keeps its own mistakes to its log', async () => {
    const response = await post('/', { 'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth' });
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('mistake');
    expect(log.join()).toContain('a mistake of ours');
  });

  it('invokes functions by the REST protocol of Lambda', async () => {
    const path = (name: string) => `/2015-03-31/functions/${encodeURIComponent(name)}/invocations`;
    const good = await post(path('arn:x:y'), signed, '{"a":1}');
    expect(await good.json()).toEqual({ a: 1 });
    expect(calls[0]?.input).toEqual({ FunctionName: 'arn:x:y', Payload: { a: 1 } });
    const bad = await post(path('failing'), { ...signed, 'x-amz-invocation-type': 'RequestResponse' });
    expect(bad.headers.get('x-amz-function-error')).toBe('Unhandled');
    expect((await post(path('good'), signed, '{')).status).toBe(400);
    expect((await post(path('good'), {})).status).toBe(403);
  });

  it('hands GraphQL, its WebSockets and key sets to those who know', async () => {
    const graphql = await post('/graphql', {}, '{"query":"x"}');
    expect([graphql.status, await graphql.text()]).toEqual([401, '{"query":"x"}']);
    const keys = await fetch(`${gateway.url}/us-east-1_abc/.well-known/jwks.json`);
    expect(await keys.json()).toEqual({ keys: [{ kid: 'us-east-1_abc' }] });

    const socket = new WebSocket(`ws://localhost:${gateway.port}/graphql/realtime`, [
      'graphql-ws',
      'header-e30',
    ]);
    const hello = await new Promise((resolve) =>
      socket.once('message', (data: Buffer) => {
        resolve(data.toString());
      }),
    );
    expect(hello).toBe('hello graphql-ws');
    const elsewhere = new WebSocket(`ws://localhost:${gateway.port}/other`, ['graphql-ws']);
    await expect(new Promise((_, reject) => elsewhere.once('error', reject))).rejects.toThrow('404');
  });

  it('hands objects to S3, as the bytes they are and with no cross-origin headers but its own', async () => {
    const response = await fetch(`${gateway.url}/bucket/key`, {
      headers: { origin: 'http://localhost:4200' },
    });
    expect(await response.text()).toBe('bytes');
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    const stranger = { origin: 'https://evil.test' };
    expect((await fetch(`${gateway.url}/bucket/key`, { headers: stranger })).status).toBe(403);
  });

  it.each([
    ['bucket.localhost', 200],
    ['localhost.evil.test', 403],
    ['bucketlocalhost', 403],
    ['evil.test#.localhost', 403],
  ])('answers the host %s with %d', async (host, status) => {
    const answer = await new Promise((resolve) => {
      httpRequest(`${gateway.url}/_local/health`, { headers: { host } }, (response) => {
        resolve(response.statusCode);
      }).end();
    });
    expect(answer).toBe(status);
  });

  it('moves the clock', async () => {
    const moved = await post('/_local/clock', {}, '{"advance":"PT48H"}');
    expect(await moved.json()).toMatchObject({ offset: 48 * 3_600_000 });
    expect(clock.offset).toBe(48 * 3_600_000);
    const refused = await post('/_local/clock', {}, '{"advance":"2 days"}');
    expect(refused.status).toBe(400);
    expect(await (await fetch(`${gateway.url}/_local/clock`)).json()).toMatchObject({ offset: clock.offset });
  });

  it('shows mail, the report of IAM, and that it is well', async () => {
    const get = async (path: string): Promise<unknown> =>
      (await fetch(`${gateway.url}/_local/${path}`)).json();
    expect(await get('mail')).toEqual([{ to: 'a@b.test' }]);
    expect(await get('iam')).toEqual({ denied: 0 });
    expect(await get('health')).toEqual({ status: 'ok', services: ['dynamodb'] });
    expect((await fetch(`${gateway.url}/_local/nothing`)).status).toBe(404);
  });

  it.each(['http://localhost:4200', 'http://127.0.0.1:1', 'http://[::1]'])(
    'lets a page of %s in',
    async (origin) => {
      const preflight = await fetch(`${gateway.url}/`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-headers': 'x-amz-target' },
      });
      expect(preflight.status).toBe(204);
      expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
      expect(preflight.headers.get('access-control-allow-headers')).toBe('x-amz-target');
    },
  );

  it('keeps pages from elsewhere out', async () => {
    const response = await post('/_local/clock', { origin: 'https://evil.test' }, '{"advance":"P1D"}');
    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    const rebound = await new Promise((resolve) => {
      httpRequest(`${gateway.url}/_local/mail`, { headers: { host: 'evil.test' } }, (answer) => {
        resolve(answer.statusCode);
      }).end();
    });
    expect(rebound).toBe(403);
    const socket = new WebSocket(`ws://localhost:${gateway.port}/graphql/realtime`, ['graphql-ws'], {
      origin: 'https://evil.test',
    });
    await expect(new Promise((_, reject) => socket.once('error', reject))).rejects.toThrow('403');
    expect(clock.offset).toBe(0);
  });

  it('says which option helps when its port is taken', async () => {
    await expect(Gateway.listen(gateway.port, () => undefined)).rejects.toThrow(
      `Port ${gateway.port} is in use. Choose another by --gateway-port.`,
    );
  });

  it('answers 503 while what it serves is still starting', async () => {
    const early = await Gateway.listen(0, () => undefined);
    expect((await fetch(`${early.url}/_local/health`)).status).toBe(503);
    await early.close();
  });
});

describe('credentials', () => {
  it('that were issued are known by their key, to check signatures by', () => {
    const registry = new CredentialRegistry();
    const issued = registry.issue(WORKER.arn);
    expect(registry.credentialsOf(issued.accessKeyId)).toEqual(issued);
    expect(registry.credentialsOf('developer')).toBeUndefined();
  });
});

describe('the access key of a request', () => {
  it.each([
    ['AWS4-HMAC-SHA256 Credential=AKID/2026/us-east-1/s/aws4_request, SignedHeaders=a', 'AKID'],
    ['AWS4-HMAC-SHA256 SignedHeaders=host,Credential=AKID/x', 'AKID'],
    ['Bearer abc', undefined],
    [undefined, undefined],
  ])('of %j is %j', (header, key) => {
    expect(accessKeyIdOf(header)).toBe(key);
  });
});
