import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectClient, type FixtureClient } from './fixture/amplify-client.ts';
import { RawSubscriber } from './fixture/raw-subscriber.ts';
import { startFixtureApi, type RunningApi } from './fixture/running-api.ts';

let api: RunningApi;
let client: FixtureClient;
let maker: { authToken: string };
let helper: { authToken: string };
let publisher: { authToken: string };
const open: (() => void)[] = [];

beforeAll(async () => {
  api = await startFixtureApi();
  client = await connectClient(api);
  maker = { authToken: await api.tokens.access('maker') };
  helper = { authToken: await api.tokens.access('helper') };
  publisher = { authToken: await api.tokens.access('publisher', ['publishers']) };
});
afterEach(() => {
  for (const close of open.splice(0)) close();
});
afterAll(() => api.stop());

/** The client connects in its own time, and again a while after it lost the connection. */
const PATIENCE = { timeout: 20_000, interval: 20 };

/** A subscriber that speaks the protocol itself. */
async function subscriber(authorization: string): Promise<RawSubscriber> {
  const raw = await RawSubscriber.connect(api.url, authorization);
  open.push(() => {
    raw.close();
  });
  return raw;
}

const hint = (userId: string, kind: string | null = 'K', selected = 'userId kind weight') =>
  api.post(publisher.authToken, {
    query: `mutation ($userId: String!, $kind: String) { publishHint(userId: $userId, kind: $kind, weight: 2) { ${selected} } }`,
    variables: { userId, kind },
  });

const createTask = (token: string, title: string, input: object = {}) =>
  api.post(token, {
    query:
      'mutation ($input: CreateTaskInput!) { createTask(input: $input) { id title makerId helperId hours } }',
    variables: { input: { title, ...input } },
  });

describe('the Amplify client', () => {
  it('gets what it subscribed to, and nothing after it unsubscribed', async () => {
    const got: unknown[] = [];
    const subscription = client.models.Task.onCreate({
      filter: { title: { beginsWith: 'live' } },
      selectionSet: ['id', 'title'],
      ...maker,
    }).subscribe((task) => got.push(task.title));
    await vi.waitFor(async () => {
      await createTask(maker.authToken, 'live 1');
      expect(got).toContain('live 1');
    }, PATIENCE);
    await createTask(maker.authToken, 'dead');
    subscription.unsubscribe();
    expect(new Set(got)).toEqual(new Set(['live 1']));
  });

  it('gets custom subscriptions, filtered by the caller on the server', async () => {
    const got: unknown[] = [];
    const subscription = client.subscriptions.onHint(maker).subscribe((value) => got.push(value));
    await vi.waitFor(async () => {
      await hint('helper');
      await hint('maker');
      expect(got).not.toEqual([]);
    }, PATIENCE);
    subscription.unsubscribe();
    expect(got).toContainEqual({ userId: 'maker', kind: 'K', weight: 2 });
    expect(got).not.toContainEqual({ userId: 'helper', kind: 'K', weight: 2 });
  });

  it('reconnects when the connection breaks, and goes on', async () => {
    const got: string[] = [];
    const subscription = client.subscriptions
      .onHint(maker)
      .subscribe((value) => got.push(String(value.kind)));
    await vi.waitFor(async () => {
      await hint('maker', 'before');
      expect(got).toContain('before');
    }, PATIENCE);
    api.breakConnections();
    await vi.waitFor(async () => {
      await hint('maker', 'after');
      expect(got).toContain('after');
    }, PATIENCE);
    subscription.unsubscribe();
  });
});

describe('the handshake', () => {
  it('takes the headers from the subprotocol or from the query', async () => {
    for (const place of ['protocol', 'query'] as const) {
      const raw = await RawSubscriber.connect(api.url, maker.authToken, place);
      open.push(() => {
        raw.close();
      });
      expect(await raw.next('connection_ack')).toEqual({
        type: 'connection_ack',
        payload: { connectionTimeoutMs: 300_000 },
      });
      expect(await raw.next('ka')).toEqual({ type: 'ka' });
    }
  });

  it.each<[string, () => Promise<string> | string, string]>([
    ['no token', () => '', 'Missing authorization header'],
    ['an expired token', () => api.tokens.expired('maker'), 'Token has expired.'],
    ['an unsigned token', () => api.tokens.unsigned('maker'), 'Unauthorized'],
    ['a token of another pool', () => api.tokens.ofOtherPool('maker'), 'Unauthorized'],
  ])('refuses %s and closes', async (_, token, message) => {
    const raw = await subscriber(await token());
    expect(await raw.next('connection_error')).toEqual({
      type: 'connection_error',
      payload: { errors: [{ errorType: 'UnauthorizedException', errorCode: 401, message }] },
    });
    await raw.closed;
    expect(raw.received('connection_ack')).toEqual([]);
  });
});

describe('while a token is being verified', () => {
  it('nothing is answered', async () => {
    const verified = Promise.withResolvers<never>();
    const verify = vi.spyOn(api.tokens, 'verify').mockReturnValueOnce(verified.promise);
    const raw = await subscriber(maker.authToken);
    raw.begin('1', 'subscription { onHint { kind } }');
    await raw.settled();
    expect(raw.types()).toEqual([]);
    verified.reject(new Error('late'));
    await raw.closed;
    expect(raw.types()).toEqual(['connection_error']);
    verify.mockRestore();
  });

  it('a subscription that is stopped again does not start', async () => {
    const raw = await subscriber(maker.authToken);
    await raw.next('connection_ack');
    const verified = Promise.withResolvers<Record<string, unknown>>();
    const verify = vi.spyOn(api.tokens, 'verify').mockReturnValueOnce(verified.promise);
    raw.begin('1', 'subscription { onHint { kind } }');
    raw.send({ type: 'stop', id: '1' });
    await raw.next('complete');
    verified.resolve({ sub: 'maker', username: 'maker' });
    verify.mockRestore();
    await raw.start('2', 'subscription { onHint { kind } }');
    await hint('maker');
    await raw.data('2');
    expect(raw.received('data').map(({ id }) => id)).toEqual(['2']);
  });
});

describe('a subscription', () => {
  it('gets only the fields that the mutation selected', async () => {
    const raw = await subscriber(maker.authToken);
    await raw.start('1', 'subscription { onHint { userId kind weight } }');
    await hint('maker', 'K', 'userId');
    expect(await raw.data('1')).toEqual({ data: { onHint: { userId: 'maker', kind: null, weight: null } } });
  });

  it('gets an error where the mutation left out a field that cannot be null', async () => {
    const raw = await subscriber(maker.authToken);
    await raw.start('1', 'subscription { onHintOfKind { userId kind } }');
    await hint('maker', 'K', 'kind');
    expect(await raw.data('1')).toEqual({
      data: { onHintOfKind: null },
      errors: [
        {
          path: ['onHintOfKind', 'userId'],
          locations: null,
          message:
            "Cannot return null for non-nullable type: 'String' within parent 'Hint' (/onHintOfKind/userId)",
        },
      ],
    });
  });

  it('gets its own selection, whatever aliases and fragments either side uses', async () => {
    const raw = await subscriber(maker.authToken);
    await raw.start(
      '1',
      'subscription { news: onHint { ...f __typename } } fragment f on Hint { what: kind }',
    );
    await hint('maker', 'K', 'sort: kind ... on Hint { userId }');
    expect(await raw.data('1')).toEqual({ data: { news: { what: 'K', __typename: 'Hint' } } });
  });

  it('gets JSON and times as the mutation answered them', async () => {
    const raw = await subscriber(maker.authToken);
    await raw.start(
      '1',
      'subscription { onCreateTask(makerId: "maker") { details tags startsAt place { street } } }',
    );
    const selected = 'id makerId details tags startsAt place { street }';
    await api.post(maker.authToken, {
      query: `mutation ($input: CreateTaskInput!) { createTask(input: $input) { ${selected} } }`,
      variables: {
        input: {
          title: 'x',
          details: '{"a":[1]}',
          tags: ['t'],
          startsAt: '2026-01-01T00:00:00Z',
          place: { street: 'Main' },
        },
      },
    });
    expect(await raw.data('1')).toEqual({
      data: {
        onCreateTask: {
          details: '{"a":[1]}',
          tags: ['t'],
          startsAt: '2026-01-01T00:00:00Z',
          place: { street: 'Main' },
        },
      },
    });
  });

  it('is filtered by its arguments where its resolver sets no filter', async () => {
    const raw = await subscriber(maker.authToken);
    await raw.start('all', 'subscription { onHintOfKind { kind } }');
    await raw.start('a', 'subscription ($kind: String) { onHintOfKind(kind: $kind) { kind } }', {
      kind: 'A',
    });
    await raw.start('none', 'subscription { onHintOfKind(kind: null) { kind } }');
    await hint('u', 'A', 'userId kind');
    await hint('u', null, 'userId kind');
    await hint('u', 'B', 'userId kind');
    await hint('u', 'A', 'userId kind');
    const kinds = async (id: string, count: number) =>
      (await raw.dataOf(id, count)).map(
        (payload) => (payload.data?.['onHintOfKind'] as { kind: string }).kind,
      );
    expect(await kinds('all', 4)).toEqual(['A', null, 'B', 'A']);
    expect(await kinds('a', 2)).toEqual(['A', 'A']);
    expect(await kinds('none', 1)).toEqual([null]);
  });

  it('ends by stop', async () => {
    const raw = await subscriber(maker.authToken);
    await raw.start('1', 'subscription { onHint { kind } }');
    raw.send({ type: 'stop', id: '1' });
    expect(await raw.next('complete')).toEqual({ type: 'complete', id: '1' });
    await hint('maker');
    await raw.start('2', 'subscription { onHint { kind } }');
    await hint('maker');
    await raw.data('2');
    expect(raw.received('data').map(({ id }) => id)).toEqual(['2']);
  });

  it('ends when a mutation invalidates it, and only then', async () => {
    const one = await subscriber(maker.authToken);
    const other = await subscriber(helper.authToken);
    for (const raw of [one, other]) await raw.start('1', 'subscription { onHint { kind } }');
    await hint('maker', 'LEAVE');
    expect(await one.next('complete')).toEqual({ type: 'complete', id: '1' });
    await hint('maker');
    await hint('helper', 'STILL THERE');
    expect(await other.data('1')).toEqual({ data: { onHint: { kind: 'STILL THERE' } } });
    expect(one.received('data').map(({ payload }) => payload)).toEqual([
      { data: { onHint: { kind: 'LEAVE' } } },
    ]);
  });

  it('is not fed by a mutation that fails', async () => {
    const raw = await subscriber(maker.authToken);
    await raw.start('1', 'subscription { onCreateTask(makerId: "maker") { title } }');
    await api.post(maker.authToken, {
      query: 'mutation { createTask(input: { title: "x", makerId: "helper" }) { title } }',
    });
    await createTask(maker.authToken, 'good');
    expect(await raw.data('1')).toEqual({ data: { onCreateTask: { title: 'good' } } });
  });

  it('is fed by IAM principals too', async () => {
    const raw = await subscriber(maker.authToken);
    await raw.start('1', 'subscription { onHint { kind } }');
    const query = 'mutation { publishHint(userId: "maker", kind: "IAM") { userId kind } }';
    await api.aws.call('appsync', 'GraphQL', { query }, { arn: 'arn:aws:iam::000000000000:role/bus' });
    expect(await raw.data('1')).toEqual({ data: { onHint: { kind: 'IAM' } } });
  });
});

describe('owner rules of subscriptions', () => {
  it('let a member see only what is theirs, also without an argument', async () => {
    const raw = await subscriber(helper.authToken);
    await raw.start('1', 'subscription { onCreateTask { title } }');
    await createTask(maker.authToken, 'of the maker');
    await createTask(maker.authToken, 'with the helper', { helperId: 'helper' });
    expect(await raw.data('1')).toEqual({ data: { onCreateTask: { title: 'with the helper' } } });
  });

  it('join the client’s filter, which cannot widen them', async () => {
    const raw = await subscriber(helper.authToken);
    await raw.start(
      '1',
      'subscription ($f: ModelSubscriptionTaskFilterInput) { onCreateTask(filter: $f) { title } }',
      {
        f: { or: [{ hours: { gt: 1 } }, { title: { contains: 'maker' } }] },
      },
    );
    await createTask(maker.authToken, 'of the maker', { hours: 5 });
    await createTask(maker.authToken, 'too short', { helperId: 'helper', hours: 1 });
    await createTask(maker.authToken, 'right', { helperId: 'helper', hours: 2 });
    expect(await raw.data('1')).toEqual({ data: { onCreateTask: { title: 'right' } } });
  });

  it('refuse an argument that names somebody else', async () => {
    const raw = await subscriber(helper.authToken);
    raw.begin('1', 'subscription { onCreateTask(makerId: "maker") { title } }');
    expect(await raw.next('error')).toMatchObject({
      id: '1',
      payload: {
        errors: [
          {
            errorType: 'Unauthorized',
            message: 'Not Authorized to access onCreateTask on type Subscription',
          },
        ],
      },
    });
  });
});

describe('a start that is refused', () => {
  it.each([
    ['not valid', 'subscription { nothing { id } }', { message: /^Validation error of type FieldUndefined/ }],
    ['no subscription', '{ listTasks { items { id } } }', { errorType: 'UnsupportedOperation' }],
    ['no GraphQL', 'subscription {', { errorType: 'MalformedHttpRequestException' }],
  ])('says so: %s', async (_, query, { message, ...rest }: { message?: RegExp; errorType?: string }) => {
    const raw = await subscriber(maker.authToken);
    raw.begin('1', query);
    const errors = [{ ...rest, ...(message && { message: expect.stringMatching(message) as string }) }];
    expect(await raw.next('error')).toMatchObject({ id: '1', payload: { errors } });
  });

  it('checks the token anew, while the connection lives on', async () => {
    const raw = await subscriber(maker.authToken);
    await raw.start('1', 'subscription { onHint { kind } }');
    raw.begin('2', 'subscription { onHint { kind } }', {}, await api.tokens.expired('maker'));
    expect(await raw.next('error')).toMatchObject({
      id: '2',
      payload: { errors: [{ errorType: 'UnauthorizedException', message: 'Token has expired.' }] },
    });
    await hint('maker');
    expect(await raw.data('1')).toEqual({ data: { onHint: { kind: 'K' } } });
  });

  it('answers what it does not understand', async () => {
    const raw = await subscriber(maker.authToken);
    raw.send({ type: 'dance' });
    expect(await raw.next('error')).toMatchObject({
      payload: { errors: [{ errorType: 'UnsupportedOperation' }] },
    });
  });
});
