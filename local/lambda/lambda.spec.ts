import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { MovableClock } from '../clock/clock.ts';
import { ACCOUNT_ROOT, type AwsApi, type Caller } from '../gateway/aws-service.ts';
import { DEFAULT_ASYNCHRONOUS_POLICY, type FunctionDefinition } from './function-definition.ts';
import { createLambda, type Lambda, type LambdaOptions } from './lambda.ts';

const cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'lambda-'));
  cleanUps.push(() => {
    rmSync(directory, { recursive: true, force: true });
  });
  return directory;
}

/** A function made of `code` (of `index.mjs`, if not said otherwise). */
function define(
  code: string,
  other: Partial<FunctionDefinition> = {},
  file = 'index.mjs',
): FunctionDefinition {
  const codeDirectory = temporaryDirectory();
  writeFileSync(join(codeDirectory, file), code);
  return {
    name: 'worker-1',
    title: 'worker',
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:worker-1',
    roleArn: 'arn:aws:iam::000000000000:role/worker',
    codeDirectory,
    handler: 'index.handler',
    runtime: 'nodejs22.x',
    environment: {},
    timeout: 3000,
    memory: 128,
    logging: { group: '/aws/lambda/worker-1', format: 'JSON' },
    asynchronous: DEFAULT_ASYNCHRONOUS_POLICY,
    ...other,
  };
}

interface Call {
  readonly service: string;
  readonly operation: string;
  readonly input: unknown;
  readonly caller: Caller;
}

function start(definition: FunctionDefinition, other: Partial<LambdaOptions> = {}) {
  const calls: Call[] = [];
  const aws: AwsApi = {
    call: (service, operation, input, caller) => {
      calls.push({ service, operation, input, caller });
      return Promise.resolve({});
    },
  };
  const output: string[] = [];
  const lambda = createLambda({
    functions: [definition],
    aws,
    clock: new MovableClock(),
    storage: 'memory',
    endpointUrl: 'http://127.0.0.1:1',
    credentialsFor: (role) => ({ accessKeyId: `key of ${role}`, secretAccessKey: 's', sessionToken: 't' }),
    log: (line) => output.push(line),
    onOutput: (_, text) => output.push(text),
    ...other,
  });
  cleanUps.push(() => lambda.stop());
  return { lambda, calls, output };
}

function invoke(lambda: Lambda, input: Record<string, unknown> = {}): Promise<unknown> {
  const operation = lambda.service.operations['Invoke'];
  if (!operation) throw new Error('no Invoke');
  return operation.run({ FunctionName: 'worker-1', ...input }, ACCOUNT_ROOT);
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(5);
}

const ECHO = 'export const handler = async (event) => event;';
const failing = (condition = 'true') => `export const handler = async () => {
  globalThis.count = (globalThis.count ?? 0) + 1;
  if (${condition}) throw new TypeError('broken ' + globalThis.count);
  return globalThis.count;
};`;

describe('a function', () => {
  it('answers with what its handler returns', async () => {
    const { lambda } = start(define(ECHO));
    expect(await invoke(lambda, { Payload: { a: [1, null] } })).toMatchObject({
      StatusCode: 200,
      Payload: { a: [1, null] },
    });
  });

  it('answers null where its handler returns nothing', async () => {
    const { lambda } = start(define('export const handler = async () => {};'));
    expect(await invoke(lambda)).toMatchObject({ Payload: null });
  });

  it.each(['index.js', 'index.cjs'])(
    'may be CommonJS in %s, whatever a package.json further up says',
    async (file) => {
      const outer = temporaryDirectory();
      writeFileSync(join(outer, 'package.json'), '{"type":"module"}');
      const codeDirectory = join(outer, 'asset');
      mkdirSync(codeDirectory);
      writeFileSync(join(codeDirectory, file), 'exports.handler = async () => typeof module;');
      const { lambda } = start(define(ECHO, { codeDirectory }));
      expect(await invoke(lambda)).toMatchObject({ Payload: 'object' });
    },
  );

  it('is found by name, ARN, partial ARN and alias, and else is not found', async () => {
    const { lambda } = start(define(ECHO));
    const names = [
      'worker-1:live',
      '000000000000:function:worker-1',
      'arn:aws:lambda:us-east-1:000000000000:function:worker-1:$LATEST',
    ];
    for (const FunctionName of names)
      expect(await invoke(lambda, { FunctionName, Payload: 1 })).toMatchObject({ Payload: 1 });
    await expect(invoke(lambda, { FunctionName: 'other' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      statusCode: 404,
    });
  });

  it('sees its own environment and the credentials of its role, and nothing of ours', async () => {
    process.env['SECRET_OF_THE_PARENT'] = 'x';
    const definition = define('export const handler = async () => process.env;', {
      environment: { TABLE: 'T' },
    });
    const { Payload: environment } = (await invoke(start(definition).lambda)) as {
      Payload: Record<string, string>;
    };
    expect(environment).toMatchObject({
      TABLE: 'T',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'worker-1',
      AWS_ACCESS_KEY_ID: 'key of arn:aws:iam::000000000000:role/worker',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/worker-1',
      AWS_LAMBDA_LOG_FORMAT: 'JSON',
      _HANDLER: 'index.handler',
    });
    expect(environment).not.toHaveProperty('SECRET_OF_THE_PARENT');
  });

  it('is given a context with its time left', async () => {
    const code =
      'export const handler = async (_, context) => ({ ...context, left: context.getRemainingTimeInMillis() });';
    const { Payload: context } = (await invoke(start(define(code)).lambda)) as {
      Payload: Record<string, unknown>;
    };
    expect(context).toMatchObject({
      functionName: 'worker-1',
      functionVersion: '$LATEST',
      memoryLimitInMB: '128',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:worker-1',
      logGroupName: '/aws/lambda/worker-1',
    });
    expect(context['left']).toBeGreaterThan(2000);
    expect(context['left']).toBeLessThanOrEqual(3000);
  });

  it('lives in the time of the embedded clock, also when that moves while it is loaded', async () => {
    const clock = new MovableClock(3_600_000);
    const code = `export const handler = async () => ({
      now: Date.now(), fresh: new Date().getTime(), text: Date.parse(Date()), fixed: new Date(0).toISOString(),
      isDate: new Date() instanceof Date && new Date().constructor === Date,
      origin: performance.timeOrigin + performance.now() });`;
    const { lambda } = start(define(code), { clock });
    await invoke(lambda);
    clock.advance(86_400_000);

    const { Payload: times } = (await invoke(lambda)) as { Payload: Record<string, number> };

    for (const name of ['now', 'fresh', 'text', 'origin'])
      expect(Math.abs((times[name] ?? 0) - clock.now()), name).toBeLessThan(2000);
    expect(times).toMatchObject({ fixed: '1970-01-01T00:00:00.000Z', isDate: true });
  });

  it('keeps its module state from one invocation to the next', async () => {
    const { lambda } = start(define(failing('false')));
    await invoke(lambda);
    expect(await invoke(lambda)).toMatchObject({ Payload: 2 });
    expect(lambda.sandboxCount()).toBe(1);
  });

  it('runs in as many sandboxes as there are invocations at once, up to the limit', async () => {
    const code = 'export const handler = async () => { await new Promise((r) => setTimeout(r, 50)); };';
    const { lambda } = start(define(code), { concurrency: 2 });
    await Promise.all([invoke(lambda), invoke(lambda), invoke(lambda)]);
    expect(lambda.sandboxCount()).toBe(2);
  });

  it('leaves when idle', async () => {
    const { lambda } = start(define(ECHO), { idleTime: 10 });
    await invoke(lambda);
    await until(() => lambda.sandboxCount() === 0);
    expect(await invoke(lambda, { Payload: 1 })).toMatchObject({ Payload: 1 });
  });

  it('writes its output to a log of its own', async () => {
    const logDirectory = temporaryDirectory();
    const { lambda } = start(define('export const handler = async () => console.log("hello");'), {
      logDirectory,
    });
    await invoke(lambda);
    const read = () => readFileSync(join(logDirectory, 'worker.log'), 'utf8');
    await until(() => read().includes('hello') && read().includes('REPORT RequestId'));
  });
});

describe('a function that fails', () => {
  it.each([
    ['throws', failing(), 'TypeError', 'broken 1'],
    ['throws a string', 'export const handler = async () => { throw "no"; };', 'string', 'no'],
    ['does not load', 'throw new RangeError("at load");', 'RangeError', 'at load'],
    [
      'has no handler',
      'export const other = 1;',
      'Runtime.HandlerNotFound',
      'index.handler is undefined or not exported',
    ],
    ['exits', 'export const handler = async () => process.exit(3);', 'Runtime.ExitError', 'exit status 3'],
    [
      'rejects aside',
      'export const handler = () => { Promise.reject(new Error("aside")); return new Promise(() => {}); };',
      'Error',
      'aside',
    ],
  ])('because it %s is answered with the error, and serves again', async (_, code, errorType, message) => {
    const { lambda } = start(define(code));
    const answer = {
      StatusCode: 200,
      FunctionError: 'Unhandled',
      Payload: { errorType, errorMessage: expect.stringContaining(message) as string },
    };
    expect(await invoke(lambda)).toMatchObject(answer);
    expect(await invoke(lambda)).toMatchObject({ FunctionError: 'Unhandled', Payload: { errorType } });
  });

  it('is stopped at its timeout, even in an endless loop', async () => {
    const code = 'export const handler = async (event) => { while (event.loop) {} return 1; };';
    const { lambda } = start(define(code, { timeout: 200 }));
    expect(await invoke(lambda, { Payload: { loop: true } })).toMatchObject({
      FunctionError: 'Unhandled',
      Payload: {
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringMatching(
          /^RequestId: \S+ Error: Task timed out after 0\.20 seconds$/,
        ) as string,
      },
    });
    expect(await invoke(lambda, { Payload: {} })).toMatchObject({ Payload: 1 });
  });

  it('can be made to lose its reply', async () => {
    const { lambda } = start(define(ECHO), {
      onInvoke: async (_, run) => {
        await run();
        throw new Error('lost');
      },
    });
    await expect(invoke(lambda)).rejects.toMatchObject({ code: 'ServiceException', statusCode: 500 });
  });

  it('can be made to crash midway, and runs again in a new sandbox', async () => {
    let crashes = 1;
    const { lambda } = start(
      define(
        'export const handler = async () => { console.log("began"); await new Promise((r) => setTimeout(r, 300)); return 1; };',
      ),
      {
        onInvoke: (invocation, run) => {
          const running = run();
          if (crashes-- > 0) setTimeout(invocation.crash, 100);
          return running;
        },
      },
    );
    expect(await invoke(lambda)).toMatchObject({
      FunctionError: 'Unhandled',
      Payload: { errorType: 'Runtime.ExitError' },
    });
    expect(await invoke(lambda)).toMatchObject({ Payload: 1 });
  });
});

describe('an asynchronous invocation', () => {
  const event = { InvocationType: 'Event', Payload: { a: 1 } };

  it('is acknowledged at once and run', async () => {
    const { lambda, output } = start(
      define('export const handler = async (event) => console.log("got", event.a);'),
    );
    expect(await invoke(lambda, event)).toEqual({ StatusCode: 202, Payload: null });
    await until(() => output.some((line) => line.includes('got 1')));
  });

  it('is tried three times, after one and two minutes, then goes to the dead-letter queue and the destination', async () => {
    const clock = new MovableClock();
    const asynchronous = {
      ...DEFAULT_ASYNCHRONOUS_POLICY,
      deadLetterArn: 'arn:aws:sqs:us-east-1:000000000000:dead',
      onFailureArn: 'arn:aws:sqs:us-east-1:000000000000:failed',
    };
    const { lambda, calls, output } = start(define(failing(), { asynchronous }), { clock });
    const attempts = () => output.filter((line) => line.startsWith('REPORT')).length;

    await invoke(lambda, event);
    await until(() => attempts() === 1);
    await lambda.idle();
    clock.advance(60_000);
    await until(() => attempts() === 2);
    await lambda.idle();
    expect(calls).toEqual([]);
    clock.advance(120_000);
    await until(() => calls.length === 2);

    const role = { arn: 'arn:aws:iam::000000000000:role/worker' };
    const [dead, failed] = calls as [Call, Call];
    expect(dead).toMatchObject({
      service: 'sqs',
      operation: 'SendMessage',
      caller: role,
      input: { QueueUrl: asynchronous.deadLetterArn, MessageBody: '{"a":1}' },
    });
    expect(JSON.parse((failed.input as { MessageBody: string }).MessageBody)).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
      requestPayload: { a: 1 },
      responsePayload: { errorType: 'TypeError' },
    });
  });

  it('is not lost when everything stops before it is done', async () => {
    const storage = { directory: temporaryDirectory() };
    const clock = new MovableClock();
    const first = start(define('export const handler = () => new Promise(() => {});'), { storage, clock });
    await invoke(first.lambda, event);
    await first.lambda.stop();

    const second = start(define('export const handler = async (event) => console.log("got", event.a);'), {
      storage,
      clock,
    });
    second.lambda.start();
    await until(() => second.output.some((line) => line.includes('got 1')));
    await second.lambda.idle();
    await second.lambda.stop();

    const third = start(define(ECHO), { storage, clock });
    third.lambda.start();
    await third.lambda.idle();
    expect(third.output).toEqual([]);
  });
});
