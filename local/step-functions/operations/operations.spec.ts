import { describe, expect, it } from 'vitest';
import { executionArn, stateMachineArn } from '../arns.ts';
import type { JsonObject } from '../definition/json.ts';
import { definition, lambdaTask, ROLE, thrown, World } from '../step-functions-fixture.ts';

const refused = (code: string): unknown => expect.objectContaining({ name: 'AwsServiceError', code });
const wait = { Long: { Type: 'Wait', Seconds: 3600, End: true } };
const pass = { Only: { Type: 'Pass', End: true } };
const m = stateMachineArn('m');

describe('StartExecution', () => {
  it('gives the same execution for the same name and input while it runs', async () => {
    const world = new World({ machines: { m: wait } });
    const both = await Promise.all([world.start('m', { a: 1 }, 'one'), world.start('m', { a: 1 }, 'one')]);
    expect(both).toEqual([executionArn(m, 'one'), executionArn(m, 'one')]);
    expect(
      (await world.run<{ executions: [] }>('ListExecutions', { stateMachineArn: m })).executions,
    ).toHaveLength(1);
  });

  it('refuses the name for another input, and once the execution has ended', async () => {
    const world = new World({ machines: { m: wait } });
    const arn = await world.start('m', { a: 1 }, 'one');
    await expect(world.start('m', { a: 2 }, 'one')).rejects.toEqual(refused('ExecutionAlreadyExists'));
    await world.run('StopExecution', { executionArn: arn });
    await expect(world.start('m', { a: 1 }, 'one')).rejects.toEqual(refused('ExecutionAlreadyExists'));
  });

  it.each([
    ['x'.repeat(81), 'InvalidName'],
    ['a b', 'InvalidName'],
    ['a/b', 'InvalidName'],
    ['a\u0007', 'InvalidName'],
  ])('refuses the name %j', async (name, code) => {
    const world = new World({ machines: { m: pass } });
    await expect(world.start('m', {}, name)).rejects.toEqual(refused(code));
  });

  it('refuses an unknown machine, an ARN of something else, and input that is no JSON or too long', async () => {
    const world = new World({ machines: { m: pass } });
    const start = (stateMachineArn: string, input = '{}') =>
      world.run('StartExecution', { stateMachineArn, input });
    await expect(start(stateMachineArn('other'))).rejects.toEqual(refused('StateMachineDoesNotExist'));
    await expect(start('arn:aws:s3:::bucket')).rejects.toEqual(refused('InvalidArn'));
    await expect(start(m, '{')).rejects.toEqual(refused('InvalidExecutionInput'));
    await expect(start(m, JSON.stringify('é'.repeat(131_072)))).rejects.toEqual(
      refused('ValidationException'),
    );
  });
});

describe('the end of an execution', () => {
  it('by TimeoutSeconds of its machine is TIMED_OUT', async () => {
    const world = new World({ machines: { m: { StartAt: 'Long', States: wait, TimeoutSeconds: 60 } } });
    const arn = await world.start('m');
    await world.reached(arn, 'WaitStateEntered');
    world.clock.advance(60_000);
    expect(await world.end(arn)).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
    expect((await world.history(arn)).at(-1)).toMatchObject({
      type: 'ExecutionTimedOut',
      executionTimedOutEventDetails: { error: 'States.Timeout' },
    });
  });

  it('comes after a year at the latest', async () => {
    const world = new World({ machines: { m: { Long: { Type: 'Wait', Seconds: 99_999_999, End: true } } } });
    const arn = await world.start('m');
    await world.reached(arn, 'WaitStateEntered');
    world.clock.advance(365 * 24 * 3_600_000);
    expect(await world.end(arn)).toMatchObject({ status: 'TIMED_OUT' });
  });

  it('by StopExecution is ABORTED with error and cause, runs no Catch, and is the same when stopped again', async () => {
    const world = new World({
      machines: {
        m: { Work: lambdaTask({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Only' }] }), ...pass },
      },
      answer: () => new Promise(() => undefined),
    });
    const executionArn = await world.start('m');
    await world.reached(executionArn, 'TaskStarted');
    const first = await world.run('StopExecution', { executionArn, error: 'Halt', cause: 'enough' });
    world.clock.advance(1000);
    expect(await world.run('StopExecution', { executionArn })).toEqual(first);
    expect(await world.end(executionArn)).toMatchObject({
      status: 'ABORTED',
      error: 'Halt',
      cause: 'enough',
    });
    expect((await world.eventTypes(executionArn)).at(-1)).toBe('ExecutionAborted');
  });

  it('is told once for each change of status', async () => {
    const world = new World({ machines: { m: pass } });
    const arn = await world.start('m', { a: 1 }, 'one');
    await world.end(arn);
    expect(world.statusChanges).toMatchObject([
      {
        source: 'aws.states',
        'detail-type': 'Step Functions Execution Status Change',
        resources: [arn],
        detail: { status: 'RUNNING', name: 'one', stateMachineArn: m, input: '{"a":1}', output: null },
      },
      { detail: { status: 'SUCCEEDED', output: '{"a":1}', error: null } },
    ]);
  });
});

describe('ListExecutions', () => {
  it('gives the newest first, by status, in pages', async () => {
    const world = new World({ machines: { m: wait } });
    const names = ['a', 'b', 'c'];
    for (const name of names) {
      await world.start('m', {}, name);
      world.clock.advance(1000);
    }
    await world.run('StopExecution', { executionArn: executionArn(m, 'b') });
    const list = (input: object) =>
      world.run<{ executions: { name: string }[]; nextToken?: string }>('ListExecutions', {
        stateMachineArn: m,
        ...input,
      });
    const first = await list({ maxResults: 2 });
    expect(first.executions.map(({ name }) => name)).toEqual(['c', 'b']);
    const second = await list({ maxResults: 2, nextToken: first.nextToken ?? '' });
    expect(second.executions.map(({ name }) => name)).toEqual(['a']);
    expect(second.nextToken).toBeUndefined();
    expect((await list({ statusFilter: 'RUNNING' })).executions.map(({ name }) => name)).toEqual(['c', 'a']);
    await expect(list({ statusFilter: 'ODD' })).rejects.toEqual(refused('ValidationException'));
    await expect(list({ nextToken: 'x' })).rejects.toEqual(refused('InvalidToken'));
  });
});

describe('GetExecutionHistory', () => {
  it('comes in pages, backwards, and without data when asked', async () => {
    const world = new World({ machines: { m: { Work: lambdaTask() } } });
    const executionArn = await world.start('m', { secret: 1 });
    await world.end(executionArn);
    const all = await world.history(executionArn);
    expect(all.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(all.map(({ previousEventId }) => previousEventId)).toEqual([0, 0, 2, 3, 4, 5, 6]);

    const page = (input: object) =>
      world.run<{ events: { id: number }[]; nextToken?: string }>('GetExecutionHistory', {
        executionArn,
        ...input,
      });
    const backwards = await page({ reverseOrder: true, maxResults: 3 });
    expect(backwards.events.map(({ id }) => id)).toEqual([7, 6, 5]);
    const next = await page({ reverseOrder: true, maxResults: 3, nextToken: backwards.nextToken ?? '' });
    expect(next.events.map(({ id }) => id)).toEqual([4, 3, 2]);
    expect(JSON.stringify(await page({ includeExecutionData: false }))).not.toContain('secret');
  });
});

describe('state machines', () => {
  it('are created once: the same again is the same, another of that name is refused', async () => {
    const world = new World({ machines: {} });
    const create = (states: JsonObject) =>
      world.run('CreateStateMachine', {
        name: 'new',
        definition: definition(states),
        roleArn: ROLE,
      });
    const first = await create(pass);
    expect(await create(pass)).toEqual(first);
    await expect(create(wait)).rejects.toEqual(refused('StateMachineAlreadyExists'));
    expect(await world.output('new', [1])).toEqual([1]);
    expect(await world.run('ListStateMachines', {})).toMatchObject({
      stateMachines: [{ name: 'new', type: 'STANDARD' }],
    });
  });

  it('are refused as EXPRESS, as a version, and without a good definition', async () => {
    const world = new World({ machines: { m: pass } });
    const create = (fields: object) =>
      world.run('CreateStateMachine', { name: 'n', definition: definition(pass), roleArn: ROLE, ...fields });
    await expect(create({ type: 'EXPRESS' })).rejects.toEqual(refused('StateMachineTypeNotSupported'));
    await expect(create({ publish: true })).rejects.toEqual(refused('ValidationException'));
    await expect(create({ definition: '{}' })).rejects.toEqual(refused('InvalidDefinition'));
    await expect(create({ name: 'a b' })).rejects.toEqual(refused('InvalidName'));
  });

  it('run what they were started with after an update', async () => {
    const world = new World({ machines: { m: { ...wait, Long: { ...wait.Long, Output: 'old' } } } });
    const arn = await world.start('m');
    await world.reached(arn, 'WaitStateEntered');
    await world.run('UpdateStateMachine', { stateMachineArn: m, definition: definition(pass) });
    world.clock.advance(3_600_000);
    expect(await world.end(arn)).toMatchObject({ output: '"old"' });
    expect(await world.output('m', 'new')).toBe('new');
    expect(await world.run('DescribeStateMachine', { stateMachineArn: m })).toMatchObject({
      status: 'ACTIVE',
      definition: definition(pass),
      roleArn: ROLE,
    });
    await expect(world.run('UpdateStateMachine', { stateMachineArn: m })).rejects.toEqual(
      refused('MissingRequiredParameter'),
    );
  });
});

describe('permissions', () => {
  it.each([
    ['StartExecution', { stateMachineArn: m }, m],
    ['ListExecutions', { stateMachineArn: m }, m],
    ['DescribeExecution', { executionArn: executionArn(m, 'e') }, executionArn(m, 'e')],
    ['StopExecution', { executionArn: executionArn(m, 'e') }, executionArn(m, 'e')],
    ['CreateStateMachine', { name: 'm' }, m],
  ])('%s asks for its action on the resource it touches', (operation, input, resource) => {
    const { operations } = new World({ machines: {} }).stepFunctions.service;
    expect(operations[operation]?.permissions?.(input)).toEqual([
      { action: `states:${operation}`, resource },
    ]);
  });

  it('SendTaskSuccess asks for nothing on a token that nobody waits for', () => {
    const { operations } = new World({ machines: {} }).stepFunctions.service;
    expect(operations['SendTaskSuccess']?.permissions?.({ taskToken: 't' })).toEqual([]);
  });
});

describe('the count of transitions', () => {
  it('has every state entered and every retry, and none for an unknown execution', async () => {
    let calls = 0;
    const world = new World({
      machines: { m: { Work: lambdaTask({ Retry: [{ ErrorEquals: ['Busy'] }], Next: 'Only' }), ...pass } },
      answer: () => (++calls === 1 ? thrown('Busy') : { StatusCode: 200, Payload: null }),
    });
    const arn = await world.start('m');
    await world.reached(arn, 'TaskFailed');
    world.clock.advance(1000);
    await world.end(arn);
    expect(world.stepFunctions.transitions(arn)).toBe(3);
    expect(world.stepFunctions.transitions(executionArn(m, 'none'))).toBe(0);
  });
});
