import { describe, expect, it } from 'vitest';
import { lambdaTask, World } from '../step-functions-fixture.ts';

const large = 'x'.repeat(262_145);
const Caught = { Type: 'Pass', End: true };

describe('a payload of more than 256 KiB', () => {
  it.each([
    ['the answer of a Task', lambdaTask({ Output: 'small' })],
    ['the output of a state', { Type: 'Pass', Output: `{% $pad("", 262145, "x") %}`, End: true }],
    ['an assigned variable', { Type: 'Pass', Assign: { v: `{% $pad("", 262145, "x") %}` }, End: true }],
    ['the arguments of a Task', lambdaTask({ Arguments: `{% {"Payload": $pad("", 262145, "x")} %}` })],
  ])('as %s fails the execution', async (_, state) => {
    const world = new World({
      machines: { m: { State: state } },
      answer: () => ({ StatusCode: 200, Payload: large }),
    });
    expect(await world.end(await world.start('m'))).toMatchObject({
      status: 'FAILED',
      error: 'States.DataLimitExceeded',
    });
  });

  it('is measured in bytes, not in characters', async () => {
    const world = new World({
      machines: { m: { Pad: { Type: 'Pass', Output: '{% $pad("", $states.input, "é") %}', End: true } } },
    });
    expect(await world.end(await world.start('m', 131_071))).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.end(await world.start('m', 131_072))).toMatchObject({
      error: 'States.DataLimitExceeded',
    });
  });

  it('is not caught by States.ALL, but is by its name', async () => {
    const world = (name: string) =>
      new World({
        machines: { m: { Work: lambdaTask({ Catch: [{ ErrorEquals: [name], Next: 'Caught' }] }), Caught } },
        answer: () => ({ StatusCode: 200, Payload: large }),
      });
    const end = async (each: World) => (await each.end(await each.start('m')))['status'];
    expect(await end(world('States.ALL'))).toBe('FAILED');
    expect(await end(world('States.DataLimitExceeded'))).toBe('SUCCEEDED');
  });

  it('is refused by SendTaskSuccess', async () => {
    const world = new World({ machines: {} });
    await expect(
      world.run('SendTaskSuccess', { taskToken: 't', output: JSON.stringify(large) }),
    ).rejects.toMatchObject({ code: 'ValidationException' });
  });
});

describe('the history', () => {
  it('ends with its 25,000th event, which says that the execution failed', async () => {
    const world = new World({ machines: { m: { Again: { Type: 'Pass', Next: 'Again' } } } });
    const executionArn = await world.start('m');
    expect(await world.end(executionArn)).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: 'The execution reached the maximum number of history events (25000).',
    });
    expect(
      await world.run('GetExecutionHistory', { executionArn, reverseOrder: true, maxResults: 1 }),
    ).toMatchObject({ events: [{ id: 25_000, type: 'ExecutionFailed' }] });
  });
});

describe('a Wait', () => {
  it.each([
    [{ Seconds: '{% $states.input %}' }, -1],
    [{ Seconds: '{% $states.input %}' }, 0.5],
    [{ Seconds: '{% $states.input %}' }, '5'],
    [{ Seconds: '{% $states.input %}' }, 100_000_000],
    [{ Timestamp: '{% $states.input %}' }, '2026-02-30T00:00:00Z'],
    [{ Timestamp: '{% $states.input %}' }, '2026-02-28 00:00:00Z'],
    [{ Timestamp: '{% $states.input %}' }, '2026-02-28T00:00:00'],
    [{ Timestamp: '{% $states.input %}' }, 1_772_236_800],
  ])('of %j refuses %j', async (field, value) => {
    const world = new World({ machines: { m: { Wait: { Type: 'Wait', ...field, End: true } } } });
    expect(await world.end(await world.start('m', value))).toMatchObject({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
    });
  });

  it.each(['2016-03-05T21:29:29.243167252Z', '2016-03-05T21:29:29+01:00'])(
    'until %s, which is over, ends at once',
    async (value) => {
      const world = new World({
        machines: {
          m: { Wait: { Type: 'Wait', Timestamp: '{% $states.input %}', Output: 'over', End: true } },
        },
      });
      expect(await world.output('m', value)).toBe('over');
    },
  );

  it('until a moment of the embedded clock ends then', async () => {
    const world = new World({
      machines: {
        m: { Wait: { Type: 'Wait', Timestamp: '{% $fromMillis($millis() + 86400000) %}', End: true } },
      },
    });
    world.clock.advance(5_000_000);
    const arn = await world.start('m');
    await world.reached(arn, 'WaitStateEntered');
    world.clock.advance(86_390_000);
    expect(await world.run('DescribeExecution', { executionArn: arn })).toMatchObject({ status: 'RUNNING' });
    world.clock.advance(10_000);
    expect(await world.end(arn)).toMatchObject({ status: 'SUCCEEDED' });
  });
});
