import { afterAll, describe, expect, it } from 'vitest';
import type { Json } from '../../local/step-functions/definition/json.ts';
import { definitions } from '../definitions.ts';
import { unvisited } from './coverage.ts';
import type { Path } from './path.ts';
import { MATRICES } from './paths.ts';
import { Stage, type Run } from './stage.ts';
import type { Visit } from './visits.ts';

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
    expect(receivedBy(visits)).toMatchObject(path.receives ?? {});
    expect(visits.filter(isTriedWithOtherInput)).toEqual([]);
  });

  it('has a path to everything in its file', async () => {
    const visits: Visit[] = [];
    for (const path of paths) visits.push(...(await runOf(path)).visits);

    expect(unvisited(definition, visits)).toEqual([]);
  });
});

/** What each task received in each of its visits. */
function receivedBy(visits: readonly Visit[]): Readonly<Record<string, readonly Json[]>> {
  const received: Record<string, Json[]> = {};
  for (const { state, tries } of visits) (received[state] ??= []).push(tries[0]?.received ?? null);
  return received;
}

/** A retry is given what the first try was given, but for a token of its own. */
function isTriedWithOtherInput({ tries }: Visit): boolean {
  const inputs = tries.map(({ received }) => JSON.stringify(received).replace(/[\w-]{128}/, 'token'));
  return new Set(inputs).size > 1;
}
