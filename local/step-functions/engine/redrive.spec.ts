import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../definition/json.ts';
import { lambdaTask, thrown, World, text } from '../step-functions-fixture.ts';

/** A world whose functions named in `broken` throw. */
function breaking(states: JsonObject, fields: JsonObject = {}) {
  const broken = new Set<unknown>();
  const world = new World({
    machines: { m: { StartAt: Object.keys(states)[0] ?? '', States: states, ...fields } },
    answer: ({ input }) =>
      broken.has(input['FunctionName'])
        ? thrown('Broken')
        : { StatusCode: 200, Payload: input['FunctionName'] ?? null },
  });
  return { world, broken };
}

const call = (name: string, fields: JsonObject = {}) =>
  lambdaTask({ Arguments: { FunctionName: name, Payload: null }, ...fields });

const called = (world: World) => world.calls.map(({ input }) => input['FunctionName']);

describe('RedriveExecution', () => {
  it('goes on at the state that failed, with all its retries', async () => {
    const { world, broken } = breaking({
      First: call('first', { Next: 'Second' }),
      Second: call('second', { Retry: [{ ErrorEquals: ['Broken'], MaxAttempts: 1 }] }),
    });
    broken.add('second');
    const arn = await world.start('m');
    await world.reached(arn, 'TaskFailed');
    world.clock.advance(1000);
    expect(await world.end(arn)).toMatchObject({ status: 'FAILED', redriveStatus: 'REDRIVABLE' });

    await world.run('RedriveExecution', { executionArn: arn });
    await world.reached(arn, 'TaskFailed', 3);
    broken.clear();
    world.clock.advance(1000);

    expect(await world.end(arn)).toMatchObject({
      status: 'SUCCEEDED',
      output: '"second"',
      redriveCount: 1,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    });
    expect(called(world)).toEqual(['first', 'second', 'second', 'second', 'second']);
    expect(await world.eventTypes(arn)).toContain('ExecutionRedriven');
    expect(world.statusChanges.map(({ detail }) => detail.status)).toEqual([
      'RUNNING',
      'FAILED',
      'RUNNING',
      'SUCCEEDED',
    ]);
  });

  it('keeps what other branches and iterations have done', async () => {
    const { world, broken } = breaking({
      Each: {
        Type: 'Map',
        Items: ['a', 'b', 'c'],
        MaxConcurrency: 1,
        ItemProcessor: { StartAt: 'Work', States: { Work: call('{% $states.input %}') } },
        End: true,
      },
    });
    broken.add('b');
    const arn = await world.start('m');
    await world.end(arn);
    broken.clear();
    await world.run('RedriveExecution', { executionArn: arn });
    expect(await world.end(arn)).toMatchObject({ status: 'SUCCEEDED', output: '["a","b","c"]' });
    expect(called(world)).toEqual(['a', 'b', 'b', 'c']);
  });

  it('goes on with an execution that was stopped, and one that timed out, with its whole time', async () => {
    const { world } = breaking(
      { Long: { Type: 'Wait', Seconds: 5000, End: true } },
      { TimeoutSeconds: 3600 },
    );
    const arn = await world.start('m');
    await world.reached(arn, 'WaitStateEntered');
    await world.run('StopExecution', { executionArn: arn });
    await world.run('RedriveExecution', { executionArn: arn });
    world.clock.advance(3_600_000);
    expect(await world.end(arn)).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
    await world.run('RedriveExecution', { executionArn: arn });
    world.clock.advance(1_400_000);
    expect(await world.end(arn)).toMatchObject({ status: 'SUCCEEDED', redriveCount: 2 });
  });

  it('runs the definition that the execution was started with', async () => {
    const { world, broken } = breaking({ Work: call('old') });
    broken.add('old');
    const arn = await world.start('m');
    await world.end(arn);
    const stateMachineArn = text((await world.end(arn))['stateMachineArn']);
    await world.run('UpdateStateMachine', {
      stateMachineArn,
      definition: JSON.stringify({
        QueryLanguage: 'JSONata',
        StartAt: 'Work',
        States: { Work: call('new') },
      }),
    });
    broken.clear();
    await world.run('RedriveExecution', { executionArn: arn });
    expect(await world.end(arn)).toMatchObject({ output: '"old"' });
    expect(await world.output('m')).toBe('new');
  });

  it('refuses what runs, what succeeded, and what ended more than 14 days ago', async () => {
    const { world, broken } = breaking({ Work: call('work') });
    const good = await world.start('m');
    await world.end(good);
    const refused: unknown = expect.objectContaining({ code: 'ExecutionNotRedrivable' });
    await expect(world.run('RedriveExecution', { executionArn: good })).rejects.toEqual(refused);

    broken.add('work');
    const bad = await world.start('m');
    await world.end(bad);
    world.clock.advance(14 * 24 * 3_600_000 + 60_000);
    await expect(world.run('RedriveExecution', { executionArn: bad })).rejects.toEqual(refused);
  });

  it('takes the same client token once', async () => {
    const { world, broken } = breaking({ Work: call('work') });
    broken.add('work');
    const arn = await world.start('m');
    await world.end(arn);
    broken.clear();
    const first = await world.run('RedriveExecution', { executionArn: arn, clientToken: 'once' });
    await world.end(arn);
    expect(await world.run('RedriveExecution', { executionArn: arn, clientToken: 'once' })).toEqual(first);
  });
});
