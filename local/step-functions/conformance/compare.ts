import type { Json } from '../definition/json.ts';
import { agrees, type AslCase, type AslOutcome, type AslStep } from './asl-case.ts';

/** How an outcome differs from what AWS recorded; undefined where it does not. */
export function difference(aslCase: AslCase, actual: AslOutcome): string | undefined {
  const { expect } = aslCase;
  if (!agrees(expect.end as Json, actual.end as Json))
    return `ended with ${JSON.stringify(actual.end)} instead of ${JSON.stringify(expect.end)}`;
  return runsSideBySide(aslCase.definition)
    ? differenceInAnyOrder(expect.steps, actual.steps)
    : differenceInOrder(expect.steps, actual.steps);
}

function runsSideBySide(definition: Json): boolean {
  return /"Type":"(Parallel|Map)"/.test(JSON.stringify(definition));
}

function differenceInOrder(expected: readonly AslStep[], actual: readonly AslStep[]): string | undefined {
  for (const [index, step] of expected.entries())
    if (!stepAgrees(step, actual[index]))
      return `step ${index + 1} was ${JSON.stringify(actual[index])} instead of ${JSON.stringify(step)}`;
  const beyond = actual[expected.length];
  return beyond && `step ${expected.length + 1} was not expected: ${JSON.stringify(beyond)}`;
}

/** Pairs each expected step with one of its own; where a pair must give way, it looks for another partner. */
function differenceInAnyOrder(expected: readonly AslStep[], actual: readonly AslStep[]): string | undefined {
  const partner = new Map<number, number>();
  const pair = (wanted: number, tried: Set<number>): boolean => {
    for (const [index, step] of actual.entries()) {
      if (tried.has(index) || !stepAgrees(expected[wanted], step)) continue;
      tried.add(index);
      const holder = partner.get(index);
      if (holder !== undefined && !pair(holder, tried)) continue;
      partner.set(index, wanted);
      return true;
    }
    return false;
  };
  for (const [index, step] of expected.entries())
    if (!pair(index, new Set())) return `no step was ${JSON.stringify(step)}`;
  const unpaired = actual.find((_, index) => !partner.has(index));
  return unpaired && `a step was not expected: ${JSON.stringify(unpaired)}`;
}

function stepAgrees(expected: AslStep | undefined, actual: AslStep | undefined): boolean {
  return agrees(expected, actual);
}
