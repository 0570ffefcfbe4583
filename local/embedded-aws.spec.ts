import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  InitiateAuthCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient, GetItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ACCOUNT_ROOT } from './gateway/aws-service.ts';
import { startEmbeddedAws, type EmbeddedAws, type EmbeddedAwsOptions } from './embedded-aws.ts';
import { BUS, DIARY, MACHINE_ARN, NOTES, synthesizeBackend } from './embedded-backend-fixture.ts';

const HOUR = 3_600_000;
const WAITING = { timeout: 30_000, interval: 20 };

let cdkOut: string;
let dataDir: string;
const running: EmbeddedAws[] = [];
const children: ChildProcess[] = [];

beforeAll(() => {
  cdkOut = synthesizeBackend();
});

afterAll(() => {
  rmSync(dirname(cdkOut), { recursive: true, force: true });
});

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'embedded-aws-'));
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await Promise.all(running.splice(0).map((aws) => aws.stop()));
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(other: Partial<EmbeddedAwsOptions> = {}): Promise<EmbeddedAws> {
  const aws = await startEmbeddedAws({ cdkOut, dataDir, port: 0, log: () => undefined, ...other });
  running.push(aws);
  return aws;
}

/** Starts the embedded AWS in a process of its own, which can be killed. */
async function startProcess(): Promise<{ url: string; kill: () => Promise<void> }> {
  const script = `
    import { startEmbeddedAws } from ${JSON.stringify(join(import.meta.dirname, 'embedded-aws.ts'))};
    const options = ${JSON.stringify({ cdkOut, dataDir, port: 0 })};
    const aws = await startEmbeddedAws({ ...options, log: console.error });
    console.log(aws.url);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    url: line.toString().trim(),
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** The real clients, as a developer would use them. */
function clients(endpoint: string) {
  const options = {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'developer', secretAccessKey: 'none' },
  };
  return {
    dynamoDb: new DynamoDBClient(options),
    states: new SFNClient(options),
    events: new EventBridgeClient(options),
    cognito: new CognitoIdentityProviderClient(options),
  };
}

async function noteIds({ dynamoDb }: ReturnType<typeof clients>): Promise<(string | undefined)[]> {
  const { Items: items = [] } = await dynamoDb.send(new ScanCommand({ TableName: NOTES }));
  return items.map(({ id }) => id?.S).sort();
}

describe('the embedded AWS', () => {
  it('carries an event over bus, rule and function into a table', async () => {
    const aws = clients((await start()).url);
    await aws.events.send(
      new PutEventsCommand({
        Entries: [{ EventBusName: BUS, Source: 'spec', DetailType: 'Letter', Detail: '{"id":"letter"}' }],
      }),
    );
    await vi.waitFor(async () => {
      expect(await noteIds(aws)).toEqual(['letter']);
    }, WAITING);
  });

  it('lets a member sign up, sign in and query', async () => {
    const embedded = await start();
    const { cognito } = clients(embedded.url);
    const ClientId = embedded.assembly.ofType('AWS::Cognito::UserPoolClient')[0]?.ref;
    const Username = 'ann@example.test';
    const Password = 'Long-enough-1';
    const attributes = [{ Name: 'email', Value: Username }];
    await cognito.send(new SignUpCommand({ ClientId, Username, Password, UserAttributes: attributes }));
    const ConfirmationCode = embedded.mails()[0]?.code;
    await cognito.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode }));
    const { AuthenticationResult: tokens } = await cognito.send(
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: Username, PASSWORD: Password },
      }),
    );

    const answer = await fetch(`${embedded.url}/graphql`, {
      method: 'POST',
      headers: { authorization: tokens?.AccessToken ?? '' },
      body: JSON.stringify({ query: '{ greeting }' }),
    });

    expect(await answer.json()).toMatchObject({
      data: { greeting: expect.stringMatching(/^hello /) as string },
    });
  });

  it('goes on after kill -9 where it was, with all that it acknowledged', async () => {
    const first = await startProcess();
    const before = clients(first.url);
    const { executionArn } = await before.states.send(
      new StartExecutionCommand({ stateMachineArn: MACHINE_ARN, name: 'run' }),
    );
    await before.dynamoDb.send(new PutItemCommand({ TableName: DIARY, Item: { id: { S: 'kept' } } }));
    await vi.waitFor(async () => {
      const { events = [] } = await before.states.send(new GetExecutionHistoryCommand({ executionArn }));
      expect(events.map(({ type }) => type)).toContain('WaitStateEntered'); // else the note is written again, and later
    }, WAITING);
    expect(await noteIds(before)).toEqual(['run-first']);
    await fetch(`${first.url}/_local/clock`, { method: 'POST', body: '{"advance":"PT30M"}' });
    await first.kill();

    const second = await start();
    const after = clients(second.url);
    expect(second.clock.offset).toBe(HOUR / 2);
    const { Item: item } = await after.dynamoDb.send(
      new GetItemCommand({ TableName: DIARY, Key: { id: { S: 'kept' } } }),
    );
    expect(item).toBeDefined();
    second.clock.advance(HOUR / 2);
    await vi.waitFor(async () => {
      const { status } = await after.states.send(new DescribeExecutionCommand({ executionArn }));
      expect(status).toBe('SUCCEEDED');
    }, WAITING);
    expect(await noteIds(after)).toEqual(['run-first', 'run-second']);
  });

  it('does not lose an event that was acknowledged when it was killed', async () => {
    const first = await startProcess();
    const { events } = clients(first.url);
    const letters = Array.from({ length: 10 }, (_, index) => `letter-${index}`);
    await events.send(
      new PutEventsCommand({
        Entries: letters.map((id) => ({
          EventBusName: BUS,
          Source: 'spec',
          DetailType: 'Letter',
          Detail: JSON.stringify({ id }),
        })),
      }),
    );
    await first.kill();

    const after = clients((await start()).url);
    await vi.waitFor(async () => {
      expect(await noteIds(after)).toEqual(letters);
    }, WAITING);
  });

  it('stamps with its own clock in functions too', async () => {
    const embedded = await start();
    embedded.clock.advance(24 * HOUR);
    const role = { arn: 'arn:aws:iam::000000000000:root' };
    await embedded.aws.call(
      'lambda',
      'Invoke',
      { FunctionName: 'write-note', Payload: { id: 'late' } },
      role,
    );
    const { dynamoDb } = clients(embedded.url);
    const { Item: item } = await dynamoDb.send(
      new GetItemCommand({ TableName: NOTES, Key: { id: { S: 'late' } } }),
    );
    expect(Math.abs(Date.parse(item?.['at']?.S ?? '') - embedded.clock.now())).toBeLessThan(5000);
  });

  it('lets a function do only what its role may', async () => {
    const embedded = await start();
    const role = { arn: 'arn:aws:iam::000000000000:root' };
    const input = { FunctionName: 'write-note', Payload: { id: 'x', table: DIARY } };
    expect(await embedded.aws.call('lambda', 'Invoke', input, role)).toMatchObject({
      FunctionError: 'Unhandled',
      Payload: { errorMessage: expect.stringContaining('AccessDeniedException') as string },
    });
  });

  it('lets a function hand out URLs that a page can put to and get from, which outlive a restart as objects do', async () => {
    const embedded = await start();
    embedded.clock.advance(72 * HOUR); // a function signs by this clock
    const sign = async ({ aws }: EmbeddedAws, key: string) => {
      const input = { FunctionName: 'sign-urls', Payload: { key } };
      return (await aws.call('lambda', 'Invoke', input, ACCOUNT_ROOT)) as {
        Payload: { put: string; get: string };
      };
    };
    const origin = 'http://localhost:4200';
    const { Payload: urls } = await sign(embedded, 'evidence/photo.png');
    const bucket = embedded.assembly.ofType('AWS::S3::Bucket')[0]?.ref;
    expect(urls.put).toContain(`http://127.0.0.1:${embedded.port}/${bucket}/evidence/photo.png?`);

    const put = (body: string) =>
      fetch(urls.put, { method: 'PUT', body, headers: { 'content-type': 'image/png', origin } });
    expect((await put('too much')).status).toBe(403);
    const written = await put('photo');
    expect([written.status, written.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    expect(await (await fetch(urls.get, { headers: { origin } })).text()).toBe('photo');
    const denied = await sign(embedded, 'secret/photo.png');
    expect(JSON.stringify(denied)).toContain('is not authorized to perform: s3:PutObject');

    await embedded.stop();
    const again = await start({ port: embedded.port });
    expect((await fetch(urls.get)).status).toBe(403); // signed in a session that has ended
    const { Payload: fresh } = await sign(again, 'evidence/photo.png');
    expect(await (await fetch(fresh.get)).text()).toBe('photo');
  });

  it('refuses to share a data directory, and names it', async () => {
    await start();
    await expect(start()).rejects.toThrow(`${dataDir} is in use by another embedded AWS`);
  });

  it('leaves nothing running when it cannot start', async () => {
    const first = await start();
    const elsewhere = mkdtempSync(join(tmpdir(), 'embedded-aws-'));
    await expect(start({ dataDir: elsewhere, port: first.port })).rejects.toThrow('--gateway-port');
    const other = await start({ dataDir: elsewhere });
    expect((await fetch(`${other.url}/_local/health`)).status).toBe(200);
    await other.stop();
    rmSync(elsewhere, { recursive: true });
  });

  it('says so where nothing was synthesized', async () => {
    await expect(start({ cdkOut: dataDir })).rejects.toThrow(`${dataDir} holds no synthesized backend`);
  });
});
