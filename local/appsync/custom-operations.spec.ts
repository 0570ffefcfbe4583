import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectClient, type FixtureClient } from './fixture/amplify-client.ts';
import { startFixtureApi, type RunningApi } from './fixture/running-api.ts';

let api: RunningApi;
let client: FixtureClient;
let maker: { authToken: string };

beforeAll(async () => {
  api = await startFixtureApi();
  client = await connectClient(api);
  maker = { authToken: await api.tokens.access('maker', ['gardeners']) };
});
afterAll(() => api.stop());

describe('a Lambda behind a JavaScript resolver', () => {
  it('gets what the resolver sends, and its value is the answer', async () => {
    let payload: unknown;
    api.lambda = (event) => {
      payload = event;
      return { value: { field: 'submit', sub: 'maker', echo: { hours: 1.5 }, at: '2026-01-01T00:00:00Z' } };
    };
    const { data, errors } = await client.mutations.submit({ text: 'hi', hours: 1.5 }, maker);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      field: 'submit',
      sub: 'maker',
      echo: '{"hours":1.5}',
      at: '2026-01-01T00:00:00Z',
    });
    expect(payload).toEqual({
      field: 'submit',
      arguments: { text: 'hi', hours: 1.5 },
      identity: { sub: 'maker', username: 'maker', groups: ['gardeners'] },
    });
  });

  it('refuses with a type of its own', async () => {
    api.lambda = () => ({ refusal: { code: 'INSUFFICIENT_HOURS', message: 'You have 1 hour' } });
    const { body } = await api.post(maker.authToken, { query: 'mutation { submit(text: "hi") { field } }' });
    expect(body).toEqual({
      data: { submit: null },
      errors: [
        {
          path: ['submit'],
          data: null,
          errorType: 'INSUFFICIENT_HOURS',
          errorInfo: { hint: 'INSUFFICIENT_HOURS' },
          locations: [{ line: 1, column: 12, sourceName: null }],
          message: 'You have 1 hour',
        },
      ],
    });
  });

  it('that throws arrives as Lambda:Unhandled', async () => {
    api.lambda = () => {
      throw new TypeError('it broke');
    };
    const { data, errors } = await client.mutations.submit({ text: 'hi' }, maker);
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ errorType: 'Lambda:Unhandled', message: 'it broke' }]);
  });

  it('answers with a value that does not fit its type: null, and an error that says where', async () => {
    api.lambda = () => ({ value: { field: 'x', at: 'yesterday' } });
    const { body } = await api.post(maker.authToken, {
      query: 'mutation { submit(text: "hi") { field at } }',
    });
    expect(body).toEqual({
      data: { submit: { field: 'x', at: null } },
      errors: [
        {
          path: ['submit', 'at'],
          locations: null,
          message:
            "Can't serialize value (/submit/at) : Unable to serialize `yesterday` as a valid DateTime Object.",
        },
      ],
    });
  });
});

describe('a Lambda behind Amplify’s templates', () => {
  it('gets the whole context', async () => {
    let payload: unknown;
    api.lambda = (event) => {
      payload = event;
      return { field: 'ask' };
    };
    const { data } = await client.queries.ask({ text: 'why' }, maker);
    expect(data).toMatchObject({ field: 'ask' });
    expect(payload).toMatchObject({
      typeName: 'Query',
      fieldName: 'ask',
      arguments: { text: 'why' },
      identity: {
        sub: 'maker',
        username: 'maker',
        groups: ['gardeners'],
        defaultAuthStrategy: 'ALLOW',
        sourceIp: ['127.0.0.1'],
      },
      source: null,
      prev: { result: {} },
    });
  });

  it('raises its error with the function’s own message', async () => {
    api.lambda = () => {
      throw new Error('no');
    };
    const { errors } = await client.queries.ask({}, maker);
    expect(errors).toMatchObject([{ errorType: 'Lambda:Unhandled', message: 'no' }]);
  });
});

describe('a pipeline of JavaScript functions', () => {
  it('hands the stash on from one to the next', async () => {
    await client.models.Task.create({ title: 'second', startsAt: '2026-01-02T00:00:00Z' }, maker);
    await client.models.Task.create({ title: 'first', startsAt: '2026-01-01T00:00:00Z' }, maker);
    const { data } = await client.queries.firstTask({ makerId: 'maker' }, maker);
    expect(data).toMatchObject({ title: 'first' });
  });

  it('ends early without asking the table again', async () => {
    api.calls.length = 0;
    const { data, errors } = await client.queries.firstTask({ makerId: 'nobody' }, maker);
    expect({ data, errors }).toEqual({ data: null, errors: undefined });
    expect(api.calls.map(({ operation }) => operation)).toEqual(['Query']);
  });
});
