import { afterAll, describe, expect, it } from 'vitest';
import { definitions } from '../definitions.ts';
import { everyState, isWait, type Handler } from '../asl-lint.ts';
import { fails, type Path } from './path.ts';
import { MATRICES } from './paths.ts';
import { triesOf } from './retrier.ts';
import { Stage } from './stage.ts';

/** Errors that the same input brings about again. */
const NEVER_RETRIED = ['BrokenRule', 'DynamoDb.ConditionalCheckFailedException'];

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

  /** The errors of a task's first visit, try by try, when its first tries fail with these; undefined where none came. */
  const errorsOf = async (task: string, errors: readonly string[]) => {
    const path = pathTo(task);
    const turns = [...errors.map((error) => fails(error)), ...(path.tasks[task] ?? [])];
    const { visits } = await stage.play({ ...path, tasks: { ...path.tasks, [task]: turns } }, given);
    return visits.find(({ state }) => state === task)?.tries.map(({ error }) => error);
  };

  it.each(tasks)('retries %s after each error of the policy, and after no other', async (task, state) => {
    for (const errors of (state.Retry ?? []).flatMap(retriedInOneVisit))
      expect(await errorsOf(task, errors)).toEqual([...errors, undefined]);
    const final = isWait(state) ? [...NEVER_RETRIED, 'States.Timeout'] : NEVER_RETRIED;
    for (const error of final) expect(await errorsOf(task, [error])).toEqual([error]);
  });
});

/** The errors of a retrier, as many at a time as it retries. */
function retriedInOneVisit(retrier: Handler): readonly (readonly string[])[] {
  const most = triesOf(retrier) - 1;
  const { ErrorEquals } = retrier;
  return Array.from({ length: Math.ceil(ErrorEquals.length / most) }, (_, chunk) =>
    ErrorEquals.slice(chunk * most, (chunk + 1) * most),
  );
}
