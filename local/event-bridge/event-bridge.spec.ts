import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { MovableClock } from '../clock/clock.ts';
import { ACCOUNT_ROOT, AwsServiceError } from '../gateway/aws-service.ts';
import type { AwsApi, Caller } from '../gateway/aws-service.ts';
import type { Storage } from '../storage/open-database.ts';
import { createEventBridge } from './event-bridge.ts';
import type { EventBridge, EventBridgeOptions } from './event-bridge.ts';
import type { Rule, Target } from './rule.ts';

interface Call {
  readonly service: string;
  readonly operation: string;
  readonly input: Record<string, unknown>;
  readonly caller: Caller;
}

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:greet';
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:dead';

const target = (overrides: Partial<Target> = {}): Target => ({
  id: 'T',
  arn: FUNCTION,
  maximumRetryAttempts: 2,
  maximumEventAge: 86_400_000,
  ...overrides,
});

const rule = (overrides: Partial<Rule> = {}): Rule => ({
  name: 'orders',
  arn: 'arn:aws:events:us-east-1:000000000000:rule/shop/orders',
  bus: 'shop',
  pattern: { source: ['shop.orders'] },
  targets: [target()],
  ...overrides,
});

const running: EventBridge[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((bridge) => bridge.stop()));
});

function start(
  rules: readonly Rule[],
  answer: (call: Call) => unknown = () => ({}),
  storage: Storage = 'memory',
  hooks: Pick<EventBridgeOptions, 'onDeliver'> = {},
) {
  const calls: Call[] = [];
  const clock = new MovableClock();
  const aws: AwsApi = {
    call: (service, operation, input, caller) => {
      const call = { service, operation, input: input as Record<string, unknown>, caller };
      calls.push(call);
      return Promise.resolve().then(() => answer(call));
    },
  };
  const lines: string[] = [];
  const bridge = createEventBridge({
    buses: ['default', 'shop'],
    rules,
    aws,
    clock,
    storage,
    log: (line) => lines.push(line),
    ...hooks,
  });
  running.push(bridge);
  bridge.start();
  const put = (...entries: unknown[]) =>
    bridge.service.operations['PutEvents']?.run({ Entries: entries }, ACCOUNT_ROOT);
  return { bridge, calls, clock, lines, put };
}

const order = (detail: unknown = { id: 'o-1', total: 3 }, source = 'shop.orders') => ({
  EventBusName: 'shop',
  Source: source,
  DetailType: 'Order Placed',
  Detail: JSON.stringify(detail),
});

describe('EventBridge', () => {
  it('delivers what a rule matches to its target, and nothing else', async () => {
    const { bridge, calls, put } = start([rule()]);

    await put(order(), order({}, 'shop.other'));
    await bridge.idle();

    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({
      service: 'lambda',
      operation: 'Invoke',
      input: {
        FunctionName: FUNCTION,
        InvocationType: 'Event',
        Payload: { detail: { id: 'o-1', total: 3 } },
      },
      caller: { arn: 'events.amazonaws.com', sourceArn: rule().arn },
    });
  });

  it('fills an input transformer with values from the event', async () => {
    const { bridge, calls, put } = start([
      rule({
        targets: [
          target({
            inputTransformer: {
              paths: { id: '$.detail.id', total: '$.detail.total' },
              template: '{"text": "order \\"<id>\\"", "id": <id>, "total": <total>}',
            },
          }),
        ],
      }),
    ]);

    await put(order({ id: 'o-"1"', total: 3 }));
    await bridge.idle();

    expect(calls[0]?.input['Payload']).toEqual({ text: 'order "o-"1""', id: 'o-"1"', total: 3 });
  });

  it('buries at once what its transformer cannot be filled with', async () => {
    const { bridge, calls, put } = start([
      rule({
        targets: [
          target({
            deadLetterArn: QUEUE,
            inputTransformer: { paths: { id: '$.detail.gone' }, template: '{"id": <id>}' },
          }),
        ],
      }),
    ]);

    await put(order());
    await bridge.idle();

    expect(calls.map(({ service, operation }) => `${service}:${operation}`)).toEqual(['sqs:SendMessage']);
  });

  it('runs a GraphQL operation as the target role, and takes an error in the answer for a failure', async () => {
    const api = 'arn:aws:appsync:us-east-1:000000000000:endpoints/graphql-api/api1';
    const { bridge, calls, clock, put } = start(
      [
        rule({
          targets: [
            target({
              arn: api,
              roleArn: 'arn:aws:iam::000000000000:role/hint',
              graphqlOperation: 'mutation M',
            }),
          ],
        }),
      ],
      () => (calls.length === 1 ? { errors: [{ message: 'busy' }] } : { data: {} }),
    );

    await put(order());
    await bridge.idle();
    clock.advance(1000);
    await vi.waitFor(() => {
      expect(calls).toHaveLength(2);
    });

    expect(calls[1]).toMatchObject({
      service: 'appsync',
      input: { apiId: 'api1', query: 'mutation M' },
      caller: { arn: 'arn:aws:iam::000000000000:role/hint' },
    });
  });

  it('tries again later and later, then puts the event into the dead-letter queue', async () => {
    const { bridge, calls, clock, put } = start(
      [rule({ targets: [target({ deadLetterArn: QUEUE })] })],
      ({ service }) => {
        if (service === 'lambda') throw new AwsServiceError('TooManyRequestsException', 'Rate Exceeded', 429);
        return {};
      },
    );

    await put(order());
    await bridge.idle();
    for (const attempts of [2, 3]) {
      clock.advance(10_000);
      await vi.waitFor(() => {
        expect(calls.filter(({ service }) => service === 'lambda')).toHaveLength(attempts);
      });
    }
    await vi.waitFor(() => {
      expect(calls.at(-1)).toMatchObject({
        service: 'sqs',
        input: { QueueUrl: QUEUE, MessageAttributes: { ERROR_MESSAGE: { StringValue: 'Rate Exceeded' } } },
      });
    });
  });

  it('can be made to deliver twice, and too late', async () => {
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const { bridge, calls, put } = start([rule()], undefined, undefined, {
      onDeliver: async (_event, deliver) => {
        await held;
        await deliver();
        await deliver();
      },
    });

    await put(order());
    expect(calls).toHaveLength(0);
    letGo();
    await bridge.idle();

    expect(calls.map(({ input }) => input['FunctionName'])).toEqual([FUNCTION, FUNCTION]);
  });

  it('delivers after a restart what it had accepted and not delivered', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'event-bridge-'));
    const first = start([rule()], () => new Promise(() => undefined), { directory });
    await first.put(order());
    expect(first.calls).toHaveLength(1);

    const second = start([rule()], () => ({}), { directory });
    await vi.waitFor(() => {
      expect(second.calls).toHaveLength(1);
    });
    await second.bridge.idle();

    const third = start([rule()], () => ({}), { directory });
    await third.bridge.idle();
    expect(third.calls).toHaveLength(0);
    running.splice(running.indexOf(first.bridge), 1);
    rmSync(directory, { recursive: true });
  });

  it('runs a schedule when its interval has passed on the clock', async () => {
    const { calls, clock } = start([
      { name: 'sweep', arn: 'arn:sweep', bus: 'default', every: 300_000, targets: [target()] },
    ]);

    clock.advance(299_000);
    expect(calls).toHaveLength(0);
    clock.advance(1500);

    await vi.waitFor(() => {
      expect(calls[0]?.input['Payload']).toMatchObject({ 'detail-type': 'Scheduled Event' });
    });
  });

  it('refuses single entries that AWS refuses, and takes the others', async () => {
    const { put } = start([]);

    const result = await put(
      order(),
      { ...order(), EventBusName: 'nowhere' },
      { ...order(), Detail: 'not json' },
      { ...order(), Source: 'aws.states' },
    );

    expect(result).toMatchObject({
      FailedEntryCount: 3,
      Entries: [
        { EventId: expect.any(String) as string },
        { ErrorCode: 'ResourceNotFoundException' },
        { ErrorCode: 'MalformedDetail' },
        { ErrorCode: 'NotAuthorizedForSourceException' },
      ],
    });
  });

  it('names a target that it cannot serve before anything starts', () => {
    expect(() =>
      start([rule({ targets: [target({ arn: 'arn:aws:kinesis:us-east-1:000000000000:stream/x' })] })]),
    ).toThrow('arn:aws:kinesis');
  });
});
