import { afterAll, describe, expect, it } from 'vitest';
import { definitions } from '../definitions.ts';
import { unvisited } from './coverage.ts';
import type { Path } from './path.ts';
import { MATRICES } from './paths.ts';
import { Stage, type Run } from './stage.ts';
import type { Try, Visit } from './visits.ts';

it('tells paths of every state machine, and of no other', () => {
  expect(Object.keys(MATRICES).sort()).toEqual(Object.keys(definitions).sort());
});

const told = Object.entries(definitions).flatMap(([machine, definition]) => {
  const matrix = MATRICES[machine];
  return matrix ? [{ machine, definition, ...matrix }] : [];
});

describe.each(told)('$machine', ({ definition, given, paths }) => {
  const stage = new Stage(definition);
  afterAll(() => {
    stage.close();
  });
  const runs = new Map<Path, Run>();
  const runOf = async (path: Path): Promise<Run> => {
    const run = runs.get(path) ?? (await stage.play(path, given));
    runs.set(path, run);
    return run;
  };

  it.each(paths)('$name', async (path) => {
    const { mismatches, ends, visits } = await runOf(path);

    expect(mismatches).toEqual([]);
    expect(ends).toEqual(path.ends);
    if (path.passes) expect(visits.map(({ state }) => state)).toEqual(path.passes);
    expect(byTask(visits, ({ received }) => received)).toMatchObject(path.receives ?? {});
    expect(byTask(visits, ({ seconds }) => seconds)).toMatchObject(path.lasts ?? {});
    expect(visits.filter(isTriedWithOtherInput)).toEqual([]);
  });

  it('has a path to everything in its file', async () => {
    const visits: Visit[] = [];
    for (const path of paths) visits.push(...(await runOf(path)).visits);

    expect(unvisited(definition, visits)).toEqual([]);
  });
});

/** What the first try of every visit says, by the task. */
function byTask<Told>(visits: readonly Visit[], tell: (first: Try) => Told): Record<string, Told[]> {
  const told: Record<string, Told[]> = {};
  for (const { state, tries } of visits)
    for (const first of tries.slice(0, 1)) (told[state] ??= []).push(tell(first));
  return told;
}

/** A retry is given what the first try was given, but for a token of its own. */
function isTriedWithOtherInput({ tries }: Visit): boolean {
  const inputs = tries.map(({ received }) => JSON.stringify(received).replace(/[\w-]{128}/, 'token'));
  return new Set(inputs).size > 1;
}
