import { afterAll, describe, expect, it } from 'vitest';
import { definitions } from '../definitions.ts';
import { everyState } from '../asl-lint.ts';
import { fails, type Path } from './path.ts';
import { MATRICES } from './paths.ts';
import { Stage } from './stage.ts';

/** Errors that the same input brings about again, and the end of a wait. */
const NEVER_RETRIED = ['BrokenRule', 'States.Timeout', 'DynamoDb.ConditionalCheckFailedException'];

const told = Object.entries(MATRICES).flatMap(([machine, matrix]) => {
  const definition = definitions[machine];
  return definition ? [{ machine, definition, ...matrix }] : [];
});

describe.each(told)('$machine', ({ definition, given, paths }) => {
  const stage = new Stage(definition);
  afterAll(() => {
    stage.close();
  });
  const tasks = everyState(definition).filter(([, { Type }]) => Type === 'Task');

  const pathTo = (task: string): Path => {
    const path = paths.find(({ tasks }) => tasks[task]?.[0]?.does === 'succeed');
    if (!path) throw new Error(`${task} succeeds at once on no path`);
    return path;
  };

  /** The errors of a task's first visit, try by try, when the first try fails with this one; undefined for none. */
  const errorsOf = async (task: string, error: string) => {
    const path = pathTo(task);
    const turns = [fails(error), ...(path.tasks[task] ?? [])];
    const { visits } = await stage.play({ ...path, tasks: { ...path.tasks, [task]: turns } }, given);
    return visits.find(({ state }) => state === task)?.tries.map((each) => each.error);
  };

  it.each(tasks)('retries %s after each error of the policy, and after no other', async (task, { Retry }) => {
    const listed = (Retry ?? []).flatMap(({ ErrorEquals }) => ErrorEquals);
    for (const error of listed)
      expect(await errorsOf(task, error), `${task} after ${error}`).toEqual([error, undefined]);
    for (const error of NEVER_RETRIED)
      expect(await errorsOf(task, error), `${task} after ${error}`).toEqual([error]);
  });
});
