import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startFixtureApi, type RunningApi } from './fixture/running-api.ts';

let api: RunningApi;
let maker: string;
let helper: string;
let stranger: string;
let admin: string;

beforeAll(async () => {
  api = await startFixtureApi();
  maker = await api.tokens.access('maker');
  helper = await api.tokens.access('helper');
  stranger = await api.tokens.access('stranger');
  admin = await api.tokens.access('root', ['admin']);
});
afterAll(() => api.stop());

async function data<T>(token: string, query: string, variables: object = {}): Promise<T> {
  const { body } = await api.post(token, { query, variables });
  expect(body.errors).toBeUndefined();
  return body.data as T;
}

async function createTask(input: object = {}): Promise<string> {
  const { createTask: task } = await data<{ createTask: { id: string } }>(
    maker,
    'mutation ($input: CreateTaskInput!) { createTask(input: $input) { id } }',
    { input: { title: 'task', helperId: 'helper', ...input } },
  );
  return task.id;
}

const refusal = (field: string, type: string) => ({
  path: [field],
  data: null,
  errorType: 'Unauthorized',
  errorInfo: null,
  message: `Not Authorized to access ${field} on type ${type}`,
});

describe('who sends a request', () => {
  const query = '{ listTasks { items { id } } }';

  it.each<[string, () => Promise<string | undefined> | string | undefined, string]>([
    ['nobody', () => undefined, 'Missing authorization header'],
    ['what is no token', () => 'nonsense', 'Unable to parse JWT token.'],
    ['an expired token', () => api.tokens.expired('maker'), 'Token has expired.'],
    ['a token of another pool', () => api.tokens.ofOtherPool('maker'), 'Unauthorized'],
    ['an unsigned token', () => api.tokens.unsigned('maker'), 'Unauthorized'],
    ['a token signed by somebody else', () => api.tokens.forged('maker'), 'Unauthorized'],
    ['a broken signature', () => `${maker.slice(0, -8)}AAAAAAAA`, 'Unauthorized'],
    [
      'a signature without a key',
      () => 'AWS4-HMAC-SHA256 Signature=00',
      'Valid authorization header not provided.',
    ],
  ])('is refused: %s', async (_, authorization, message) => {
    const answer = await api.post(await authorization(), { query });
    expect(answer).toEqual({
      status: 401,
      body: { errors: [{ errorType: 'UnauthorizedException', message }] },
    });
  });

  it('may hold an access token, an id token, or either as a bearer', async () => {
    for (const token of [maker, await api.tokens.identity('maker'), `Bearer ${maker}`])
      expect((await api.post(token, { query })).status).toBe(200);
  });
});

describe('owner rules', () => {
  it('keep an item from strangers, whatever they try', async () => {
    const id = await createTask();
    const attempts: [string, string][] = [
      ['getTask', `{ getTask(id: "${id}") { id } }`],
      ['updateTask', `mutation { updateTask(input: { id: "${id}", title: "mine" }) { id } }`],
      ['deleteTask', `mutation { deleteTask(input: { id: "${id}" }) { id } }`],
      ['createTask', 'mutation { createTask(input: { title: "x", makerId: "maker" }) { id } }'],
    ];
    for (const [field, query] of attempts) {
      const { body } = await api.post(stranger, { query });
      expect(body).toMatchObject({
        data: { [field]: null },
        errors: [refusal(field, query.startsWith('mutation') ? 'Mutation' : 'Query')],
      });
    }
    expect(await data(stranger, '{ listTasks { items { id } } }')).toEqual({ listTasks: { items: [] } });
    expect(await data(maker, `{ getTask(id: "${id}") { title } }`)).toEqual({ getTask: { title: 'task' } });
  });

  it('let a second owner do what the rule gives, and no more', async () => {
    const id = await createTask();
    expect(await data(helper, `{ getTask(id: "${id}") { id } }`)).toEqual({ getTask: { id } });
    expect(
      await data(helper, `mutation { updateTask(input: { id: "${id}", title: "h" }) { title } }`),
    ).toEqual({
      updateTask: { title: 'h' },
    });
    const { body } = await api.post(helper, {
      query: `mutation { deleteTask(input: { id: "${id}" }) { id } }`,
    });
    expect(body.errors).toMatchObject([refusal('deleteTask', 'Mutation')]);
  });

  it('hold on an index too', async () => {
    await createTask();
    const query = '{ tasksByMaker(makerId: "maker") { items { id } } }';
    expect(await data(stranger, query)).toEqual({ tasksByMaker: { items: [] } });
  });

  it('hold on nested fields: who sees a task does not see another one’s notes on it', async () => {
    const id = await createTask();
    await data(maker, `mutation { createNote(input: { text: "private", taskId: "${id}" }) { id } }`);
    const query = `{ getTask(id: "${id}") { notes { items { text } } } }`;
    expect(await data(maker, query)).toEqual({ getTask: { notes: { items: [{ text: 'private' }] } } });
    expect(await data(helper, query)).toEqual({ getTask: { notes: { items: [] } } });
  });

  it('hold from the other end of a relation', async () => {
    const id = await createTask();
    const { createNote: note } = await data<{ createNote: { id: string } }>(
      admin,
      `mutation { createNote(input: { text: "x", taskId: "${id}", writerId: "stranger" }) { id } }`,
    );
    const { body } = await api.post(stranger, {
      query: `{ getNote(id: "${note.id}") { text task { title } } }`,
    });
    expect(body).toMatchObject({
      data: { getNote: { text: 'x', task: null } },
      errors: [{ ...refusal('task', 'Note'), path: ['getNote', 'task'] }],
    });
  });
});

describe('group rules', () => {
  it('let the group do everything', async () => {
    const id = await createTask();
    expect(await data(admin, `mutation { deleteTask(input: { id: "${id}" }) { id } }`)).toEqual({
      deleteTask: { id },
    });
  });

  it('keep others from writing what they may read', async () => {
    const query = 'mutation { createScore(input: { userId: "u", season: 1 }) { userId } }';
    expect((await api.post(maker, { query })).body.errors).toMatchObject([
      refusal('createScore', 'Mutation'),
    ]);
    expect((await api.post(admin, { query })).body.errors).toBeUndefined();
    expect(await data(maker, '{ getScore(userId: "u", season: 1) { season } }')).toEqual({
      getScore: { season: 1 },
    });
  });

  it('hold for one field of a model that its owner reads', async () => {
    const taskId = await createTask();
    const { createNote: note } = await data<{ createNote: { id: string } }>(
      admin,
      `mutation { createNote(input: { text: "x", taskId: "${taskId}", writerId: "maker", secret: "s" }) { id } }`,
    );
    const { body } = await api.post(maker, { query: `{ getNote(id: "${note.id}") { text secret } }` });
    expect(body).toMatchObject({
      data: { getNote: { text: 'x', secret: null } },
      errors: [{ errorType: 'Unauthorized', path: ['getNote', 'secret'] }],
    });
    expect(await data(admin, `{ getNote(id: "${note.id}") { secret } }`)).toEqual({
      getNote: { secret: 's' },
    });
  });

  it('are checked by the directive of a field before its resolver', async () => {
    const query = 'mutation { publishHint(userId: "maker", kind: "K") { kind } }';
    expect((await api.post(admin, { query })).body.errors).toMatchObject([
      refusal('publishHint', 'Mutation'),
    ]);
    const publisher = await api.tokens.access('p', ['publishers']);
    expect(await data(publisher, query)).toEqual({ publishHint: { kind: 'K' } });
  });
});

describe('a model without mutations', () => {
  it.each(['createLedger', 'updateLedger', 'deleteLedger'])('has no %s', async (field) => {
    const { status, body } = await api.post(admin, {
      query: `mutation { ${field}(input: { id: "x" }) { id } }`,
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      data: null,
      errors: [
        {
          path: null,
          locations: [{ line: 1, column: 12, sourceName: null }],
          message: `Validation error of type FieldUndefined: Field '${field}' in type 'Mutation' is undefined @ '${field}'`,
        },
      ],
    });
  });
});

describe('IAM principals', () => {
  const arn = (type: string, field: string) =>
    `arn:aws:appsync:us-east-1:000000000000:apis/${api.api.apiId}/types/${type}/fields/${field}`;
  const publish = 'mutation P($user: String!) { publishHint(userId: $user, kind: "I") { userId } }';
  const caller = { arn: 'arn:aws:iam::000000000000:role/publisher' };

  beforeEach(() => {
    api.denied.clear();
  });

  it('need a permission for each field that they ask for', () => {
    const permissions = api.appsync.service.operations['GraphQL']?.permissions?.({
      query:
        'query Q { ...more listTasks { items { id } } } fragment more on Query { getTask(id: "1") { id } }',
    });
    expect(permissions).toEqual([
      { action: 'appsync:GraphQL', resource: arn('Query', 'getTask') },
      { action: 'appsync:GraphQL', resource: arn('Query', 'listTasks') },
    ]);
  });

  it('call the API of the service', async () => {
    const answer = await api.aws.call(
      'appsync',
      'GraphQL',
      { query: publish, variables: { user: 'maker' } },
      caller,
    );
    expect(answer).toEqual({ data: { publishHint: { userId: 'maker' } } });
  });

  it('pass the generated resolvers, since their limits live in their policies', async () => {
    const id = await createTask();
    const answer = await api.aws.call(
      'appsync',
      'GraphQL',
      { query: `{ getTask(id: "${id}") { title } }` },
      caller,
    );
    expect(answer).toEqual({ data: { getTask: { title: 'task' } } });
  });

  it('send signed requests, and are refused what their policy does not allow', async () => {
    const signed =
      'AWS4-HMAC-SHA256 Credential=publisher/20260101/us-east-1/appsync/aws4_request, SignedHeaders=host';
    const body = { query: publish, variables: { user: 'maker' } };
    expect(await api.post(signed, body)).toEqual({
      status: 200,
      body: { data: { publishHint: { userId: 'maker' } } },
    });
    api.denied.add(arn('Mutation', 'publishHint'));
    expect(await api.post(signed, body)).toMatchObject({
      status: 403,
      body: { errors: [{ errorType: 'AccessDeniedException' }] },
    });
  });
});

describe('data sources', () => {
  it('are called as their own service roles', async () => {
    api.calls.length = 0;
    await createTask();
    const table = api.api.dataSources.find(({ name }) => name === 'TaskTable');
    expect(api.calls.map(({ caller: { arn } }) => arn)).toEqual([
      table?.type === 'AMAZON_DYNAMODB' ? table.serviceRoleArn : undefined,
    ]);
  });
});
