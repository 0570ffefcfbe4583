import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../definition/json.ts';
import { lambdaTask, World, type Answer, text } from '../step-functions-fixture.ts';

const waiting = (fields: JsonObject = {}) =>
  lambdaTask({
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Arguments: { FunctionName: 'ask', Payload: { token: '{% $states.context.Task.Token %}' } },
    Output: '{% $states.result %}',
    ...fields,
  });

const Caught = { Type: 'Pass', End: true };

/** A world whose function keeps the tokens it is given. */
function keepingTokens(fields: JsonObject = {}) {
  const tokens: string[] = [];
  const answer: Answer = ({ input }) => {
    tokens.push(text((input['Payload'] as JsonObject)['token']));
    return { StatusCode: 200, Payload: null };
  };
  return { tokens, world: new World({ machines: { m: { Wait: waiting(fields), Caught } }, answer }) };
}

const code = (error: string): unknown => expect.objectContaining({ code: error });

describe('a Task that waits for its token', () => {
  it('goes on with the output that SendTaskSuccess brings', async () => {
    const { world, tokens } = keepingTokens();
    const arn = await world.start('m');
    await world.reached(arn, 'TaskSubmitted');

    await world.run('SendTaskSuccess', { taskToken: tokens[0] ?? '', output: '{"answer":42}' });

    expect(await world.end(arn)).toMatchObject({ status: 'SUCCEEDED', output: '{"answer":42}' });
    expect(await world.eventTypes(arn)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('takes a callback that comes before the call that gave the token is answered', async () => {
    const world: World = new World({
      machines: { m: { Wait: waiting() } },
      answer: async ({ input }) => {
        const taskToken = text((input['Payload'] as JsonObject)['token']);
        await world.run('SendTaskSuccess', { taskToken, output: '"early"' });
        return { StatusCode: 200, Payload: null };
      },
    });
    expect(await world.output('m')).toBe('early');
  });

  it('fails with the error and cause of SendTaskFailure, which a Catch takes', async () => {
    const { world, tokens } = keepingTokens({ Catch: [{ ErrorEquals: ['Refused'], Next: 'Caught' }] });
    const arn = await world.start('m');
    await world.reached(arn, 'TaskSubmitted');
    await world.run('SendTaskFailure', { taskToken: tokens[0] ?? '', error: 'Refused', cause: 'no' });
    expect(await world.end(arn)).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"Error":"Refused","Cause":"no"}',
    });
  });

  it('takes each token once', async () => {
    const { world, tokens } = keepingTokens();
    const arn = await world.start('m');
    await world.reached(arn, 'TaskSubmitted');
    const taskToken = tokens[0] ?? '';
    const both = await Promise.allSettled([
      world.run('SendTaskSuccess', { taskToken, output: '1' }),
      world.run('SendTaskSuccess', { taskToken, output: '2' }),
    ]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await world.end(arn)).toMatchObject({ output: '1' });
    await expect(world.run('SendTaskHeartbeat', { taskToken })).rejects.toEqual(code('TaskTimedOut'));
  });

  it('refuses tokens it did not give, and outputs that are no JSON', async () => {
    const { world } = keepingTokens();
    await expect(world.run('SendTaskSuccess', { taskToken: 'guess', output: '{}' })).rejects.toEqual(
      code('InvalidToken'),
    );
    await expect(world.run('SendTaskSuccess', { taskToken: 'A'.repeat(128), output: '{}' })).rejects.toEqual(
      code('TaskDoesNotExist'),
    );
    await expect(world.run('SendTaskSuccess', { taskToken: 'guess', output: '{' })).rejects.toEqual(
      code('InvalidOutput'),
    );
  });

  it('times out by the clock, and then the token is too late', async () => {
    const { world, tokens } = keepingTokens({ TimeoutSeconds: 3600 });
    const arn = await world.start('m');
    await world.reached(arn, 'TaskSubmitted');

    world.clock.advance(3599_000);
    await world.run('SendTaskHeartbeat', { taskToken: tokens[0] ?? '' });
    world.clock.advance(2_000);

    expect(await world.end(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(await world.eventTypes(arn)).toContain('TaskTimedOut');
    await expect(world.run('SendTaskSuccess', { taskToken: tokens[0] ?? '', output: '{}' })).rejects.toEqual(
      code('TaskTimedOut'),
    );
  });

  it.each([{ TimeoutSeconds: 60 }, { HeartbeatSeconds: 60 }])(
    'keeps an outcome that was taken before %j ran out, though it was not yet written down',
    async (limit) => {
      const { world, tokens } = keepingTokens(limit);
      const arn = await world.start('m');
      await world.reached(arn, 'TaskSubmitted');
      const sent = world.run('SendTaskSuccess', { taskToken: tokens[0] ?? '', output: '"in time"' });
      world.clock.advance(60_000);
      await sent;
      expect(await world.end(arn)).toMatchObject({ status: 'SUCCEEDED', output: '"in time"' });
    },
  );

  it('fails without heartbeats, but lives as long as they come', async () => {
    const { world, tokens } = keepingTokens({
      HeartbeatSeconds: 60,
      Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Caught' }],
    });
    const arn = await world.start('m');
    await world.reached(arn, 'TaskSubmitted');
    for (let beat = 0; beat < 5; beat++) {
      world.clock.advance(50_000);
      await world.run('SendTaskHeartbeat', { taskToken: tokens[0] ?? '' });
    }
    expect(await world.run('DescribeExecution', { executionArn: arn })).toMatchObject({ status: 'RUNNING' });
    world.clock.advance(61_000);
    expect(await world.end(arn)).toMatchObject({ status: 'SUCCEEDED', output: '{"Error":"States.Timeout"}' });
  });

  it('gives a new token at every try', async () => {
    const { world, tokens } = keepingTokens({ Retry: [{ ErrorEquals: ['Again'], IntervalSeconds: 5 }] });
    const arn = await world.start('m');
    await world.reached(arn, 'TaskSubmitted');
    await world.run('SendTaskFailure', { taskToken: tokens[0] ?? '', error: 'Again' });
    await world.reached(arn, 'TaskFailed');
    world.clock.advance(5_000);
    await world.reached(arn, 'TaskSubmitted', 2);
    expect(new Set(tokens).size).toBe(2);
    await world.run('SendTaskSuccess', { taskToken: tokens[1] ?? '', output: '{}' });
    expect(await world.end(arn)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('fails where the call that should give the token away fails', async () => {
    const world = new World({
      machines: { m: { Wait: waiting() } },
      answer: () => ({ StatusCode: 200, FunctionError: 'Unhandled', Payload: { errorType: 'Broken' } }),
    });
    expect(await world.end(await world.start('m'))).toMatchObject({ status: 'FAILED', error: 'Broken' });
  });
});
