import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MovableClock } from '../../clock/clock.ts';
import { executionArn, stateMachineArn } from '../arns.ts';
import type { JsonObject } from '../definition/json.ts';
import { definition, lambdaTask, ROLE, World, text } from '../step-functions-fixture.ts';

const CHILD = fileURLToPath(new URL('crash-child.ts', import.meta.url));
const ARN = executionArn(stateMachineArn('m'), 'run');

interface Invocation {
  readonly FunctionName: string;
  readonly Payload: JsonObject;
}

let directory: string;
let child: ChildProcess | undefined;
let world: World | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'step-functions-'));
});

afterEach(async () => {
  await kill();
  world?.stepFunctions.stop();
  world = undefined;
  rmSync(directory, { recursive: true });
});

function invocations(): Invocation[] {
  const file = join(directory, 'calls.jsonl');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Invocation);
}

/** Runs the machines in a process of its own, until the function has been called. */
async function runUntilCalled(
  machines: Readonly<Record<string, JsonObject>>,
  functionName: string,
  times = 1,
): Promise<void> {
  const sources = Object.entries(machines).map(([name, states]) => ({
    name,
    definition: definition(states),
    roleArn: ROLE,
  }));
  child = spawn(process.execPath, [CHILD, directory, JSON.stringify(sources), 'run'], { stdio: 'inherit' });
  await vi.waitFor(
    () => {
      const count = invocations().filter(({ FunctionName }) => FunctionName === functionName).length;
      expect(count).toBeGreaterThanOrEqual(times);
    },
    { timeout: 20_000, interval: 5 },
  );
}

async function kill(): Promise<void> {
  if (child?.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Goes on after the crash, here. */
async function recover(machines: Readonly<Record<string, JsonObject>>): Promise<World> {
  await kill();
  world = new World({ machines, storage: { directory } });
  expect(world.stepFunctions.start()).toBeGreaterThan(0);
  return world;
}

const call = (functionName: string, fields: JsonObject = {}) =>
  lambdaTask({ Arguments: { FunctionName: functionName, Payload: { from: functionName } }, ...fields });

const names = (calls: readonly { readonly input: JsonObject }[]) =>
  calls.map(({ input }) => input['FunctionName']);

describe('after kill -9', () => {
  it('a finished step is not run again, the one under way is', async () => {
    const machines = {
      m: {
        First: call('first', { Next: 'Second' }),
        Second: call('hang'),
      },
    };
    await runUntilCalled(machines, 'hang');
    const recovered = await recover(machines);
    expect(await recovered.end(ARN)).toMatchObject({ status: 'SUCCEEDED', output: '{"from":"hang"}' });
    expect(names(recovered.calls)).toEqual(['hang']);
    const types = await recovered.eventTypes(ARN);
    expect(types.filter((type) => type === 'TaskScheduled')).toHaveLength(2);
    expect(types.at(-1)).toBe('ExecutionSucceeded');
  });

  it('a token that was given out is still good', async () => {
    const machines = {
      m: {
        Wait: lambdaTask({
          Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
          Arguments: { FunctionName: 'ask', Payload: { token: '{% $states.context.Task.Token %}' } },
          TimeoutSeconds: 3600,
          Output: '{% $states.result %}',
        }),
      },
    };
    await runUntilCalled(machines, 'ask');
    const taskToken = text(invocations()[0]?.Payload['token']);
    const recovered = await recover(machines);
    await recovered.run('SendTaskSuccess', { taskToken, output: '"yes"' });
    expect(await recovered.end(ARN)).toMatchObject({ status: 'SUCCEEDED', output: '"yes"' });
    await expect(recovered.run('SendTaskSuccess', { taskToken, output: '1' })).rejects.toMatchObject({
      code: 'TaskTimedOut',
    });
  });

  it('a timeout counts from when the Task was scheduled', async () => {
    const machines = { m: { Slow: call('hang', { TimeoutSeconds: 3600 }) } };
    await runUntilCalled(machines, 'hang');
    await kill();
    world = new World({ machines, storage: { directory }, answer: () => new Promise(() => undefined) });
    world.stepFunctions.start();
    world.clock.advance(3_600_000);
    expect(await world.end(ARN)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });

  it('a Wait ends when it would have ended, though its moment was worked out from the time of its start', async () => {
    const machines = {
      m: {
        Before: call('before', { Next: 'Wait' }),
        Wait: { Type: 'Wait', Timestamp: '{% $fromMillis($millis() + 600000) %}', Next: 'After' },
        After: call('after'),
      },
    };
    await runUntilCalled(machines, 'before');
    await kill();
    // The first start may still have to enter the Wait; the second finds it under way, 300 seconds later.
    const first = new World({ machines, storage: { directory } });
    first.stepFunctions.start();
    await first.reached(ARN, 'WaitStateEntered');
    first.stepFunctions.stop();

    world = new World({ machines, storage: { directory }, clock: new MovableClock(300_000) });
    world.stepFunctions.start();
    world.clock.advance(290_000);
    expect(await world.run('DescribeExecution', { executionArn: ARN })).toMatchObject({ status: 'RUNNING' });
    world.clock.advance(10_000);
    expect(await world.end(ARN)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('a nested execution is not started twice', async () => {
    const machines = {
      m: {
        Child: {
          Type: 'Task',
          Resource: 'arn:aws:states:::states:startExecution.sync:2',
          Arguments: { StateMachineArn: stateMachineArn('child'), Input: { n: 1 } },
          Output: '{% $states.result.Output %}',
          End: true,
        },
      },
      child: { Work: call('hang') },
    };
    await runUntilCalled(machines, 'hang');
    const recovered = await recover(machines);
    expect(await recovered.end(ARN)).toMatchObject({ status: 'SUCCEEDED', output: '{"from":"hang"}' });
    const { executions } = await recovered.run<{ executions: unknown[] }>('ListExecutions', {
      stateMachineArn: stateMachineArn('child'),
    });
    expect(executions).toHaveLength(1);
  });

  it('a nested execution that ended, and whose start was never confirmed, is taken for what it is', async () => {
    const machines = {
      m: {
        Child: {
          Type: 'Task',
          Resource: 'arn:aws:states:::states:startExecution.sync:2',
          Arguments: { StateMachineArn: stateMachineArn('child'), Name: 'given' },
          Output: '{% $states.result.Output %}',
          End: true,
        },
      },
      child: { Work: { Type: 'Pass', Output: 'done', End: true } },
    };
    const before = new World({
      machines,
      storage: { directory },
      losesReply: ({ operation }) => operation === 'StartExecution',
    });
    await before.start('m', {}, 'run');
    await vi.waitFor(() => {
      expect(before.statusChanges.map(({ detail }) => detail.status)).toContain('SUCCEEDED');
    });
    before.stepFunctions.stop();

    world = new World({ machines, storage: { directory } });
    expect(world.stepFunctions.start()).toBe(1);
    expect(await world.end(ARN)).toMatchObject({ status: 'SUCCEEDED', output: '"done"' });
  });

  it('iterations of a Map that had ended are not run again', async () => {
    const machines = {
      m: {
        Each: {
          Type: 'Map',
          Items: ['a', 'b', 'hang', 'd'],
          MaxConcurrency: 1,
          ItemProcessor: {
            StartAt: 'Work',
            States: {
              Work: lambdaTask({
                Arguments: {
                  FunctionName: '{% $states.input %}',
                  Payload: '{% $states.context.Map.Item.Index %}',
                },
              }),
            },
          },
          End: true,
        },
      },
    };
    await runUntilCalled(machines, 'hang');
    const recovered = await recover(machines);
    expect(await recovered.end(ARN)).toMatchObject({ status: 'SUCCEEDED', output: '[0,1,2,3]' });
    expect(names(recovered.calls)).toEqual(['hang', 'd']);
  });

  it('history, name and end of a finished execution are still known', async () => {
    const machines = {
      m: { Work: call('work', { Next: 'Hang' }), Hang: call('hang') },
    };
    await runUntilCalled(machines, 'hang');
    const recovered = await recover(machines);
    const ended = await recovered.end(ARN);
    const history = await recovered.history(ARN);
    recovered.stepFunctions.stop();

    world = new World({ machines, storage: { directory } });
    expect(world.stepFunctions.start()).toBe(0);
    expect(await world.end(ARN)).toEqual(ended);
    expect(await world.history(ARN)).toEqual(history);
    await expect(world.start('m', {}, 'run')).rejects.toMatchObject({ code: 'ExecutionAlreadyExists' });
  });

  it('a chain of steps reaches its end however often it is killed, each step once for every kill at most', async () => {
    const STEPS = 12;
    const states: JsonObject = {};
    for (let step = 0; step < STEPS; step++)
      states[`S${step}`] = lambdaTask({
        Arguments: { FunctionName: `f${step}`, Payload: '{% $states.input %}' },
        ...(step + 1 < STEPS && { Next: `S${step + 1}` }),
      });
    const machines = { m: states };
    let kills = 0;
    for (let step = 0; step < STEPS; step += 4, kills++) {
      await runUntilCalled(machines, `f${step}`);
      await kill();
    }
    world = new World({ machines, storage: { directory } });
    world.stepFunctions.start();
    expect(await world.end(ARN)).toMatchObject({ status: 'SUCCEEDED' });
    const times = new Map<unknown, number>();
    for (const name of [...invocations().map(({ FunctionName }) => FunctionName), ...names(world.calls)])
      times.set(name, (times.get(name) ?? 0) + 1);
    expect(times.size).toBe(STEPS);
    expect(Math.max(...times.values())).toBeLessThanOrEqual(kills + 1);
    const ids = (await world.history(ARN)).map(({ id }) => id);
    expect(ids).toEqual(ids.map((_, index) => index + 1));
    expect(ids).toHaveLength(2 + 5 * STEPS);
  });
});

describe('from the journal as it stood at any call', () => {
  const machines = {
    m: {
      First: call('first', { Assign: { seen: '{% $states.result.Payload.from %}' }, Next: 'Both' }),
      Both: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'Left', States: { Left: call('left', { Next: 'Right' }), Right: call('right') } },
          {
            StartAt: 'Each',
            States: {
              Each: {
                Type: 'Map',
                Items: [1, 2, 3],
                MaxConcurrency: 2,
                ItemProcessor: { StartAt: 'Item', States: { Item: lambdaTask() } },
                End: true,
              },
            },
          },
        ],
        Next: 'Child',
      },
      Child: {
        Type: 'Task',
        Resource: 'arn:aws:states:::states:startExecution.sync:2',
        Arguments: { StateMachineArn: stateMachineArn('child') },
        Output: '{% $states.result.Output %}',
        Next: 'Last',
      },
      Last: call('last', { Output: { seen: '{% $seen %}', child: '{% $states.input.from %}' } }),
    },
    child: { Inner: call('inner') },
  };

  it('the execution comes to the same end, with no step run again whose success was written down', async () => {
    const snapshots: string[] = [];
    const original: World = new World({
      machines,
      storage: { directory },
      answer: ({ input }) => {
        const snapshot = mkdtempSync(join(tmpdir(), 'step-functions-snapshot-'));
        snapshots.push(snapshot);
        cpSync(directory, snapshot, { recursive: true });
        return { StatusCode: 200, Payload: input['Payload'] ?? null };
      },
    });
    world = original;
    await original.start('m', {}, 'run');
    const { status, output } = await original.end(ARN);
    expect(status).toBe('SUCCEEDED');
    expect(snapshots).toHaveLength(8);

    for (const snapshot of snapshots) {
      const before = new World({ machines, storage: { directory: snapshot } });
      const done = (await before.history(ARN)).filter(({ type }) => type === 'TaskSucceeded').length;
      before.stepFunctions.start();
      expect(await before.end(ARN)).toMatchObject({ status, output });
      const ids = (await before.history(ARN)).map(({ id }) => id);
      expect(ids).toEqual(ids.map((_, index) => index + 1));
      const succeeded = (await before.history(ARN)).filter(({ type }) => type === 'TaskSucceeded');
      expect(succeeded).toHaveLength(8);
      const lambdaCalls = before.calls.filter(({ service }) => service === 'lambda');
      expect(lambdaCalls.length).toBeLessThanOrEqual(8 - done);
      before.stepFunctions.stop();
      rmSync(snapshot, { recursive: true });
    }
  });
});
