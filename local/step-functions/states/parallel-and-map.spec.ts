import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../definition/json.ts';
import { lambdaTask, thrown, World, text } from '../step-functions-fixture.ts';

const catchAll = { ErrorEquals: ['States.ALL'], Next: 'Caught' };
const Caught = { Type: 'Pass', End: true };
const fail = { StartAt: 'Broken', States: { Broken: { Type: 'Fail', Error: 'Broken', Cause: 'by will' } } };
const wait = { StartAt: 'Long', States: { Long: { Type: 'Wait', Seconds: 3600, End: true } } };

describe('Parallel', () => {
  it('gives the outputs of its branches in their order, each from the Arguments', async () => {
    const branch = (name: string, factor: number) => ({
      StartAt: name,
      States: { [name]: { Type: 'Pass', Output: `{% $states.input.n * ${factor} %}`, End: true } },
    });
    const world = new World({
      machines: {
        m: {
          Both: {
            Type: 'Parallel',
            Arguments: { n: '{% $states.input.value %}' },
            Branches: [branch('A', 2), branch('B', 3)],
            End: true,
          },
        },
      },
    });
    expect(await world.output('m', { value: 7 })).toEqual([14, 21]);
  });

  it('is failed by a Fail in a branch, which its Catch takes, and the other branches are aborted', async () => {
    const world = new World({
      machines: {
        m: { Both: { Type: 'Parallel', Branches: [wait, fail], Catch: [catchAll], End: true }, Caught },
      },
    });
    const arn = await world.start('m');
    const { status, output } = await world.end(arn);
    expect([status, JSON.parse(text(output))]).toEqual(['SUCCEEDED', { Error: 'Broken', Cause: 'by will' }]);
    expect((await world.eventTypes(arn)).slice(2)).toEqual([
      'ParallelStateStarted',
      'WaitStateEntered',
      'FailStateEntered',
      'WaitStateAborted',
      'ParallelStateFailed',
      'ParallelStateExited',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('starts every branch anew when it is retried', async () => {
    let calls = 0;
    const world = new World({
      machines: {
        m: {
          Both: {
            Type: 'Parallel',
            Branches: ['One', 'Two'].map((name) => ({ StartAt: name, States: { [name]: lambdaTask() } })),
            Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 1 }],
            End: true,
          },
        },
      },
      answer: () => (++calls === 2 ? thrown('Busy') : { StatusCode: 200, Payload: calls }),
    });
    const arn = await world.start('m');
    await world.reached(arn, 'ParallelStateFailed');
    world.clock.advance(1000);
    expect(await world.end(arn)).toMatchObject({ status: 'SUCCEEDED', output: '[3,4]' });
  });

  it('reads the variables around it, and keeps its own to itself', async () => {
    const branch = {
      StartAt: 'In',
      States: {
        In: { Type: 'Pass', Assign: { inner: '{% $outer & "!" %}' }, Next: 'Read' },
        Read: { Type: 'Pass', Output: '{% $inner %}', End: true },
      },
    };
    const world = new World({
      machines: {
        m: {
          Set: { Type: 'Pass', Assign: { outer: 'seen' }, Next: 'Both' },
          Both: { Type: 'Parallel', Branches: [branch], Next: 'Outside' },
          Outside: {
            Type: 'Pass',
            Output: { read: '{% $states.input[0] %}', inner: '{% $exists($inner) %}' },
            End: true,
          },
        },
      },
    });
    expect(await world.output('m')).toEqual({ read: 'seen!', inner: false });
  });
});

const map = (fields: JsonObject, state: JsonObject = lambdaTask()) => ({
  Each: { Type: 'Map', ItemProcessor: { StartAt: 'Work', States: { Work: state } }, End: true, ...fields },
  Caught,
});

describe('Map', () => {
  it('runs its items in order, shaped by ItemSelector, with the item in the context object', async () => {
    const world = new World({
      machines: {
        m: map(
          {
            Items: '{% $states.input.names %}',
            ItemSelector: {
              name: '{% $states.context.Map.Item.Value %}',
              all: '{% $count($states.input.names) %}',
            },
          },
          { Type: 'Pass', Output: '{% [$states.context.Map.Item.Index, $states.input] %}', End: true },
        ),
      },
    });
    expect(await world.output('m', { names: ['a', 'b'] })).toEqual([
      [0, { name: 'a', all: 2 }],
      [1, { name: 'b', all: 2 }],
    ]);
  });

  it.each([
    [2, 2],
    [0, 6],
    [undefined, 6],
  ])('with MaxConcurrency %s runs %s of 6 items at once', async (limit, expected) => {
    let running = 0;
    let most = 0;
    const world = new World({
      machines: { m: map({ ...(limit !== undefined && { MaxConcurrency: limit }) }) },
      answer: async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        return { StatusCode: 200, Payload: null };
      },
    });
    await world.output('m', [1, 2, 3, 4, 5, 6]);
    expect(most).toBe(expected);
  });

  it('runs no more than 40 items at once, however many there are', async () => {
    const world = new World({ machines: { m: map({}) }, answer: () => new Promise(() => undefined) });
    const arn = await world.start(
      'm',
      Array.from({ length: 100 }, (_, index) => index),
    );
    await world.reached(arn, 'TaskStarted', 40);
    expect(world.calls).toHaveLength(40);
    await world.run('StopExecution', { executionArn: arn });
  });

  it('is failed by the first item that fails, and starts no other', async () => {
    const world = new World({
      machines: { m: map({ MaxConcurrency: 1, Catch: [catchAll] }) },
      answer: ({ input }) => (input['Payload'] === 2 ? thrown('Two') : { StatusCode: 200, Payload: null }),
    });
    const arn = await world.start('m', [1, 2, 3]);
    expect(JSON.parse(text((await world.end(arn))['output']))).toMatchObject({ Error: 'Two' });
    const types = await world.eventTypes(arn);
    expect(types.filter((type) => type.startsWith('MapIteration'))).toEqual([
      'MapIterationStarted',
      'MapIterationSucceeded',
      'MapIterationStarted',
      'MapIterationFailed',
    ]);
  });

  it('fails where an ItemSelector gives nothing', async () => {
    const world = new World({ machines: { m: map({ ItemSelector: '{% $nothing %}' }) } });
    expect(await world.end(await world.start('m', [1, 2]))).toMatchObject({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
    });
  });

  it.each([
    ['MaxConcurrency', -1],
    ['MaxConcurrency', 1.5],
    ['MaxConcurrency', 'two'],
    ['ToleratedFailureCount', -1],
    ['ToleratedFailurePercentage', 101],
  ])('refuses a %s of %s', async (field, value) => {
    const world = new World({ machines: { m: map({ Items: [1], [field]: '{% $states.input %}' }) } });
    expect(await world.end(await world.start('m', value))).toMatchObject({
      error: 'States.QueryEvaluationError',
    });
  });

  it('nests', async () => {
    const inner = {
      Type: 'Map',
      ItemProcessor: {
        StartAt: 'Inner',
        States: { Inner: { Type: 'Pass', Output: '{% $states.input * $factor %}', End: true } },
      },
      End: true,
    };
    const world = new World({
      machines: {
        m: {
          Set: { Type: 'Pass', Assign: { factor: 10 }, Next: 'Each' },
          ...map({}, inner),
        },
      },
    });
    expect(await world.output('m', [[1, 2], [3]])).toEqual([[10, 20], [30]]);
  });
});
