import { everyState, waysFrom, type Definition, type State } from '../asl-lint.ts';
import { retrierFor, triesOf } from './retrier.ts';
import type { Try, Visit } from './visits.ts';

/** What executions left unvisited of a definition, each as a line that names it. */
export function unvisited(definition: Definition, visits: readonly Visit[]): readonly string[] {
  const states = new Map(everyState(definition));
  const visited = new Set(
    visits.flatMap((visit) => {
      const state = states.get(visit.state);
      return state ? linesVisited(visit, state) : [];
    }),
  );
  return [...states].flatMap(([name, state]) => linesOf(name, state)).filter((line) => !visited.has(line));
}

/** All there is to visit of a state: itself, its ways out, and each retrier's success and its last attempt. */
function linesOf(name: string, state: State): readonly string[] {
  return [
    name,
    ...waysFrom(state).map(({ at }) => wayLine(name, at, state)),
    ...(state.End === true ? [wayLine(name, 'End', state)] : []),
    ...(state.Retry ?? []).flatMap((_, at) => [recoverLine(name, at), giveUpLine(name, at)]),
  ];
}

function linesVisited({ state: name, left, tries }: Visit, state: State): readonly string[] {
  const recovered = tries.at(-1)?.error === undefined;
  return [
    name,
    ...(left === undefined ? [] : [wayLine(name, left, state)]),
    ...(state.Retry ?? []).flatMap((retrier, at) => {
      const taken = ({ error }: Try) => error !== undefined && retrierFor(error, state) === retrier;
      return [
        ...(tries.some(taken) && recovered ? [recoverLine(name, at)] : []),
        ...(tries.filter(taken).length === triesOf(retrier) ? [giveUpLine(name, at)] : []),
      ];
    }),
  ];
}

const wayLine = (name: string, at: string, state: State) => {
  const to = waysFrom(state).find((way) => way.at === at)?.to;
  return `${name}, ${at}${to === undefined ? '' : ` to ${to}`}`;
};
const recoverLine = (name: string, at: number) => `${name}, Retry[${at}] recovers`;
const giveUpLine = (name: string, at: number) => `${name}, Retry[${at}] gives up`;
