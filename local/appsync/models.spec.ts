import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectClient, type FixtureClient } from './fixture/amplify-client.ts';
import { startFixtureApi, type RunningApi } from './fixture/running-api.ts';

type TaskFilter = NonNullable<NonNullable<Parameters<FixtureClient['models']['Task']['list']>[0]>['filter']>;

let api: RunningApi;
let client: FixtureClient;
let maker: { authToken: string };
let helper: { authToken: string };
let admin: { authToken: string };

beforeAll(async () => {
  api = await startFixtureApi();
  client = await connectClient(api);
  maker = { authToken: await api.tokens.access('maker') };
  helper = { authToken: await api.tokens.access('helper') };
  admin = { authToken: await api.tokens.access('root', ['admin']) };
});
afterAll(() => api.stop());

const titles = (items: readonly { readonly title: string }[]) => items.map(({ title }) => title);

describe('a model through the Amplify client', () => {
  it('keeps every scalar as it was sent, and fills id, owner and times', async () => {
    const sent = {
      title: 'every scalar',
      hours: 1.5,
      count: 3,
      done: false,
      priority: 'HIGH',
      status: 'OPEN',
      tags: ['a', 'b'],
      place: { street: 'Main', number: 7 },
      day: '2026-02-01',
      time: '10:00:00.000Z',
      startsAt: '2026-02-01T10:00:00.000Z',
      stamp: 1_770_000_000,
      email: 'member@example.org',
      phone: '+41 44 668 18 00',
      url: 'https://example.org/a?b=c',
      address: '10.0.0.1',
      details: JSON.stringify({ deep: [1, { a: null }] }),
    } as const;
    const { data, errors } = await client.models.Task.create({ ...sent, tags: [...sent.tags] }, maker);
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ ...sent, makerId: 'maker', helperId: null });
    expect(data?.id).toMatch(/^[\da-f-]{36}$/);
    expect(Math.abs(Date.parse(data?.createdAt ?? '') - api.clock.now())).toBeLessThan(60_000);

    const read = await client.models.Task.get({ id: data?.id ?? '' }, maker);
    expect(read.data).toMatchObject(sent);
  });

  it('stamps by the embedded clock', async () => {
    api.clock.advance(48 * 3_600_000);
    const { data } = await client.models.Task.create({ title: 'later' }, maker);
    expect(Date.parse(data?.createdAt ?? '') - Date.now()).toBeGreaterThan(47 * 3_600_000);
  });

  it('updates what is given, removes what is null and leaves the rest', async () => {
    const { data: task } = await client.models.Task.create({ title: 'before', hours: 2, done: true }, maker);
    const id = task?.id ?? '';
    const { data } = await client.models.Task.update({ id, title: 'after', done: null }, maker);
    expect(data).toMatchObject({ id, title: 'after', hours: 2, done: null });
  });

  it('deletes, and then has nothing', async () => {
    const { data: task } = await client.models.Task.create({ title: 'gone' }, maker);
    const id = task?.id ?? '';
    expect((await client.models.Task.delete({ id }, maker)).data).toMatchObject({ title: 'gone' });
    expect(await client.models.Task.get({ id }, maker)).toMatchObject({ data: null });
  });

  it('refuses to create the same id twice', async () => {
    await client.models.Task.create({ id: 'same', title: 'first' }, maker);
    const { data, errors } = await client.models.Task.create({ id: 'same', title: 'second' }, maker);
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ errorType: 'DynamoDB:ConditionalCheckFailedException' }]);
    expect(errors?.[0]?.message).toMatch(
      /^The conditional request failed \(Service: DynamoDb, Status Code: 400/,
    );
  });

  it('refuses to update what is not there', async () => {
    const { errors } = await client.models.Task.update({ id: 'nowhere', title: 'x' }, admin);
    expect(errors).toMatchObject([{ errorType: 'DynamoDB:ConditionalCheckFailedException' }]);
  });

  it('finds items by a key of two parts', async () => {
    for (const season of [1, 2, 3])
      await client.models.Score.create({ userId: 'u', season, points: season * 10 }, admin);
    expect((await client.models.Score.get({ userId: 'u', season: 2 }, maker)).data).toMatchObject({
      points: 20,
    });
    const { data } = await client.models.Score.list({
      userId: 'u',
      season: { between: [2, 3] },
      sortDirection: 'DESC',
      ...maker,
    });
    expect(data.map(({ points }) => points)).toEqual([30, 20]);
  });

  it('follows relations both ways', async () => {
    const { data: task } = await client.models.Task.create({ title: 'with notes' }, maker);
    await client.models.Note.create({ text: 'one', taskId: task?.id ?? '' }, maker);
    await client.models.Note.create({ text: 'two', taskId: task?.id ?? '' }, maker);
    const notes = await task?.notes(maker);
    expect(notes?.data.map(({ text }) => text).sort()).toEqual(['one', 'two']);
    const back = await notes?.data[0]?.task(maker);
    expect(back?.data).toMatchObject({ title: 'with notes' });
  });
});

describe('a condition of the client', () => {
  const update = `mutation ($input: UpdateTaskInput!, $condition: ModelTaskConditionInput) {
    updateTask(input: $input, condition: $condition) { id title } }`;

  it('lets the change through where it holds', async () => {
    const { data: task } = await client.models.Task.create(
      { title: 'open', status: 'OPEN', priority: 'LOW', count: 1 },
      maker,
    );
    const answer = await api.post(maker.authToken, {
      query: update,
      variables: {
        input: { id: task?.id, title: 'changed' },
        condition: {
          status: { eq: 'OPEN' },
          or: [{ count: { gt: 5 } }, { not: { title: { beginsWith: 'x' } } }],
        },
      },
    });
    expect(answer.body).toEqual({ data: { updateTask: { id: task?.id, title: 'changed' } } });
  });

  it('refuses the change where it does not', async () => {
    const { data: task } = await client.models.Task.create(
      { title: 'open', status: 'OPEN', priority: 'LOW', count: 1 },
      maker,
    );
    const answer = await api.post(maker.authToken, {
      query: update,
      variables: { input: { id: task?.id, title: 'changed' }, condition: { status: { eq: 'DONE' } } },
    });
    expect(answer.body).toMatchObject({
      data: { updateTask: null },
      errors: [
        {
          path: ['updateTask'],
          data: null,
          errorType: 'DynamoDB:ConditionalCheckFailedException',
          errorInfo: null,
          locations: [{ line: 2, column: 5, sourceName: null }],
        },
      ],
    });
    expect((await client.models.Task.get({ id: task?.id ?? '' }, maker)).data?.title).toBe('open');
  });
});

describe('lists and indexes', () => {
  const author = 'author';
  let as: { authToken: string };

  beforeAll(async () => {
    as = { authToken: await api.tokens.access(author) };
    const tasks = [
      {
        title: 'mow',
        hours: 1,
        count: 1,
        priority: 'LOW',
        status: 'OPEN',
        done: true,
        tags: ['green', 'loud'],
      },
      { title: 'mow again', hours: 2.25, count: 2, priority: 'LOW', status: 'OPEN', done: false },
      { title: 'paint', hours: 3, count: 3, priority: 'HIGH', status: 'OPEN' },
      { title: 'sing', hours: 4.5, count: 4, priority: 'HIGH', status: 'DONE', tags: ['loud'] },
    ] as const;
    for (const [index, { tags, ...task }] of tasks.map((task) => ({ tags: undefined, ...task })).entries())
      await client.models.Task.create(
        { ...task, startsAt: `2026-01-0${index + 1}T10:00:00.000Z`, ...(tags && { tags: [...tags] }) },
        as,
      );
  });

  const filters: [string, TaskFilter, string[]][] = [
    ['eq', { title: { eq: 'mow' } }, ['mow']],
    ['ne', { title: { ne: 'mow' } }, ['mow again', 'paint', 'sing']],
    ['lt', { hours: { lt: 2.25 } }, ['mow']],
    ['le', { hours: { le: 2.25 } }, ['mow', 'mow again']],
    ['gt', { hours: { gt: 2.25 } }, ['paint', 'sing']],
    ['ge', { hours: { ge: 3 } }, ['paint', 'sing']],
    ['between', { hours: { between: [2, 3] } }, ['mow again', 'paint']],
    ['contains', { title: { contains: 'again' } }, ['mow again']],
    ['contains, of a list', { tags: { contains: 'loud' } }, ['mow', 'sing']],
    ['notContains', { title: { notContains: 'mow' } }, ['paint', 'sing']],
    ['beginsWith', { title: { beginsWith: 'mow' } }, ['mow', 'mow again']],
    ['attributeExists', { done: { attributeExists: true } }, ['mow', 'mow again']],
    ['attributeExists false', { done: { attributeExists: false } }, ['paint', 'sing']],
    ['size', { title: { size: { gt: 4 } } }, ['mow again', 'paint']],
    ['size between', { title: { size: { between: [4, 5] } } }, ['paint', 'sing']],
    ['eq of a boolean', { done: { eq: false } }, ['mow again']],
    ['eq of an enum', { status: { eq: 'DONE' } }, ['sing']],
    ['two operators of one field', { hours: { gt: 1, lt: 4 } }, ['mow again', 'paint']],
    ['two fields', { status: { eq: 'OPEN' }, hours: { gt: 1 } }, ['mow again', 'paint']],
    ['and', { and: [{ hours: { gt: 1 } }, { hours: { lt: 3 } }] }, ['mow again']],
    ['or', { or: [{ title: { eq: 'mow' } }, { hours: { ge: 4 } }] }, ['mow', 'sing']],
    ['not', { not: { title: { beginsWith: 'mow' } } }, ['paint', 'sing']],
    [
      'not over or',
      { not: { or: [{ title: { eq: 'mow' } }, { title: { eq: 'sing' } }] } },
      ['mow again', 'paint'],
    ],
    [
      'all of them nested',
      {
        or: [
          { and: [{ hours: { gt: 1 } }, { not: { done: { eq: false } } }, { count: { lt: 4 } }] },
          { title: { eq: 'sing' } },
        ],
      },
      ['paint', 'sing'],
    ],
  ];
  it.each(filters)('filters by %s', async (_, filter, expected) => {
    const { data, errors } = await client.models.Task.list({ filter, ...as });
    expect(errors).toBeUndefined();
    expect(titles(data).sort()).toEqual(expected);
  });

  it('filters by attributeType, which the client’s types leave out', async () => {
    const { body } = await api.post(as.authToken, {
      query: '{ listTasks(filter: { done: { attributeType: bool } }) { items { title } } }',
    });
    const { listTasks } = body.data as { listTasks: { items: { title: string }[] } };
    expect(titles(listTasks.items).sort()).toEqual(['mow', 'mow again']);
  });

  it('pages through an index in order, forwards and backwards', async () => {
    const pages: string[][] = [];
    let nextToken: string | null | undefined;
    do {
      const page = await client.models.Task.tasksByMaker(
        { makerId: author },
        { limit: 3, ...(nextToken && { nextToken }), ...as },
      );
      pages.push(titles(page.data));
      nextToken = page.nextToken;
    } while (nextToken);
    expect(pages).toEqual([['mow', 'mow again', 'paint'], ['sing']]);

    const backwards = await client.models.Task.tasksByMaker(
      { makerId: author },
      { sortDirection: 'DESC', ...as },
    );
    expect(titles(backwards.data)).toEqual(['sing', 'paint', 'mow again', 'mow']);
  });

  it('refuses a page token that it never gave', async () => {
    const { errors } = await client.models.Task.tasksByMaker(
      { makerId: author },
      { nextToken: 'made up', ...as },
    );
    expect(errors).toMatchObject([{ message: 'Invalid pagination token given.' }]);
  });

  it.each([
    ['eq', { eq: '2026-01-02T10:00:00.000Z' }, ['mow again']],
    ['ge', { ge: '2026-01-03' }, ['paint', 'sing']],
    ['lt', { lt: '2026-01-03' }, ['mow', 'mow again']],
    ['between', { between: ['2026-01-02', '2026-01-04'] }, ['mow again', 'paint']],
    ['beginsWith', { beginsWith: '2026-01-04' }, ['sing']],
  ] as const)('narrows an index by its sort key: %s', async (_, startsAt, expected) => {
    const condition = 'between' in startsAt ? { between: [...startsAt.between] } : startsAt;
    const { data, errors } = await client.models.Task.tasksByMaker(
      { makerId: author, startsAt: condition as { eq: string } },
      as,
    );
    expect(errors).toBeUndefined();
    expect(titles(data)).toEqual(expected);
  });

  it('narrows an index by a sort key of two fields', async () => {
    const { data, errors } = await client.models.Task.tasksByStatus(
      { status: 'OPEN', priorityCount: { beginsWith: { priority: 'LOW' } } },
      { sortDirection: 'DESC', filter: { makerId: { eq: author } }, ...as },
    );
    expect(errors).toBeUndefined();
    expect(titles(data)).toEqual(['mow again', 'mow']);
  });

  it('lists for a member only what is theirs', async () => {
    expect((await client.models.Task.list(helper)).data).toEqual([]);
    expect(
      titles((await client.models.Task.list({ filter: { makerId: { eq: author } }, ...admin })).data),
    ).toHaveLength(4);
  });
});
