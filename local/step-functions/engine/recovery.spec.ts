import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../definition/json.ts';
import type { State } from '../definition/machine-definition.ts';
import { AwsServiceError } from '../../gateway/aws-service.ts';
import { lambdaTask, thrown, World, text } from '../step-functions-fixture.ts';
import { Failure } from './failure.ts';
import type { Visit } from './frame.ts';
import { nextRetry } from './recovery.ts';

const Caught = { Type: 'Pass', End: true };
const catchAll = { ErrorEquals: ['States.ALL'], Next: 'Caught' };

/** A world in which the function throws `failures` times before it answers. */
function failing(failures: number, fields: JsonObject, errorType = 'Busy') {
  let left = failures;
  return new World({
    machines: { m: { Work: lambdaTask(fields), Caught } },
    answer: () => (left-- > 0 ? thrown(errorType, 'not now') : { StatusCode: 200, Payload: 'done' }),
  });
}

async function endAfter(world: World, ...waits: readonly number[]): Promise<JsonObject> {
  const arn = await world.start('m');
  for (const [index, seconds] of waits.entries()) {
    await world.reached(arn, 'TaskFailed', index + 1);
    world.clock.advance(seconds * 1000);
  }
  return world.end(arn);
}

describe('Retry', () => {
  it('waits by interval and backoff, and counts each try as a transition', async () => {
    const world = failing(3, {
      Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 10, BackoffRate: 3, MaxAttempts: 3 }],
    });
    const arn = await world.start('m');
    for (const [index, seconds] of [10, 30, 90].entries()) {
      await world.reached(arn, 'TaskFailed', index + 1);
      world.clock.advance(seconds * 1000 - 1000);
      expect((await world.eventTypes(arn)).filter((type) => type === 'TaskScheduled')).toHaveLength(
        index + 1,
      );
      world.clock.advance(1000);
    }
    expect(await world.end(arn)).toMatchObject({ status: 'SUCCEEDED', output: '"done"' });
    expect(world.stepFunctions.transitions(arn)).toBe(4);
    expect((await world.eventTypes(arn)).filter((type) => type === 'TaskStateEntered')).toHaveLength(1);
  });

  it('gives the failure on when its attempts are used up, each retrier counting its own', async () => {
    const world = failing(9, {
      Retry: [
        { ErrorEquals: ['Other'], MaxAttempts: 5 },
        { ErrorEquals: ['Busy'], IntervalSeconds: 1, MaxAttempts: 1 },
      ],
      Catch: [catchAll],
    });
    expect(await endAfter(world, 1)).toMatchObject({ status: 'SUCCEEDED' });
    expect(world.calls).toHaveLength(2);
  });

  it('shows the number of retries in the context object', async () => {
    const world = failing(1, {
      Arguments: { FunctionName: 'work', Payload: '{% $states.context.State.RetryCount %}' },
      Retry: [{ ErrorEquals: ['States.TaskFailed'] }],
    });
    await endAfter(world, 1);
    expect(world.calls.map(({ input }) => input['Payload'])).toEqual([0, 1]);
  });

  it('waits at most MaxDelaySeconds, and with full jitter a random part of it', () => {
    const state = lambdaTask({
      Retry: [
        {
          ErrorEquals: ['Busy'],
          IntervalSeconds: 10,
          BackoffRate: 10,
          MaxDelaySeconds: 25,
          JitterStrategy: 'FULL',
        },
      ],
    }) as unknown as State;
    const visit: Visit = { enteredEvent: 2, enteredAt: 0, retryCount: 0, retriesUsed: {} };
    const next = () => nextRetry(state, new Failure('Busy'), visit, () => 0.5);
    expect([next(), next(), next(), next()]).toEqual([5_000, 12_500, 12_500, undefined]);
  });
});

describe('Catch', () => {
  it('gives error and cause as output', async () => {
    const world = failing(1, { Catch: [catchAll] });
    const { output } = await world.end(await world.start('m'));
    expect(JSON.parse(text(output))).toEqual({
      Error: 'Busy',
      Cause: '{"errorType":"Busy","errorMessage":"not now"}',
    });
  });

  it('takes the first rule that names the error', async () => {
    const world = failing(1, {
      Catch: [
        { ErrorEquals: ['Other'], Next: 'Caught', Output: 'other' },
        { ErrorEquals: ['Busy'], Next: 'Caught', Output: '{% "busy: " & $states.errorOutput.Error %}' },
        catchAll,
      ],
    });
    expect(await world.output('m')).toBe('busy: Busy');
  });

  it.each([
    ['States.Runtime', false],
    ['States.DataLimitExceeded', false],
    ['States.Timeout', true],
    ['Anything', true],
  ])('by States.ALL of %s: %s', async (error, caught) => {
    const world = failing(1, { Catch: [catchAll] }, error);
    expect(await world.end(await world.start('m'))).toMatchObject({
      status: caught ? 'SUCCEEDED' : 'FAILED',
    });
  });

  it.each([
    ['States.Timeout', false],
    ['States.Runtime', false],
    ['Anything', true],
  ])('by States.TaskFailed of %s: %s', async (error, caught) => {
    const world = failing(1, { Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'Caught' }] }, error);
    expect(await world.end(await world.start('m'))).toMatchObject({
      status: caught ? 'SUCCEEDED' : 'FAILED',
    });
  });

  it('does not take States.Runtime even by its name', async () => {
    const rules = { ErrorEquals: ['States.Runtime'] };
    const world = failing(9, { Retry: [rules], Catch: [{ ...rules, Next: 'Caught' }] }, 'States.Runtime');
    expect(await world.end(await world.start('m'))).toMatchObject({ status: 'FAILED' });
    expect(world.calls).toHaveLength(1);
  });

  it('takes an expression that fails, with the place where it did in the history', async () => {
    const world = new World({
      machines: {
        m: { Work: lambdaTask({ Output: '{% $states.result.nothing %}', Catch: [catchAll] }), Caught },
      },
    });
    const arn = await world.start('m');
    const { output } = await world.end(arn);
    expect(JSON.parse(text(output))).toMatchObject({
      Error: 'States.QueryEvaluationError',
      Cause:
        "An error occurred while executing the state 'Work' (entered at the event id #2). The JSONata expression '$states.result.nothing' specified for the field 'Output' returned nothing (undefined).",
    });
    expect(await world.history(arn)).toContainEqual(
      expect.objectContaining({
        type: 'EvaluationFailed',
        evaluationFailedEventDetails: expect.objectContaining({
          location: 'Output',
          state: 'Work',
        }) as unknown,
      }),
    );
  });

  it('assigns variables from the error, which hold in the next state', async () => {
    const world = new World({
      machines: {
        m: {
          Work: lambdaTask({ Catch: [{ ...catchAll, Assign: { why: '{% $states.errorOutput.Error %}' } }] }),
          Caught: { ...Caught, Output: '{% $why %}' },
        },
      },
      answer: () => {
        throw new AwsServiceError('TooManyRequestsException', 'Rate Exceeded.', 429);
      },
    });
    expect(await world.output('m')).toBe('Lambda.TooManyRequestsException');
  });
});
