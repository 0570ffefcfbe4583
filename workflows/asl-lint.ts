/** The parts of the Amazon States Language that HourBank's state machines use. */
export interface Definition {
  readonly Comment: string;
  readonly QueryLanguage: string;
  readonly TimeoutSeconds?: number;
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

export interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly Arguments?: unknown;
  readonly TimeoutSeconds?: number | string;
  readonly Assign?: Readonly<Record<string, unknown>>;
  readonly Retry?: readonly Handler[];
  readonly Catch?: readonly (Handler & Edge)[];
  readonly Choices?: readonly (Edge & { readonly Condition: string })[];
  readonly Default?: string;
  readonly Next?: string;
  readonly End?: boolean;
}

interface Handler {
  readonly ErrorEquals: readonly string[];
}

interface Edge {
  readonly Next: string;
  readonly Assign?: Readonly<Record<string, unknown>>;
}

/** Where a state can lead, and which variables it sets on that way. */
export interface Way {
  readonly to: string;
  readonly sets: readonly string[];
  readonly by: 'next' | 'choice' | 'catch';
}

const keysOf = (assign: Readonly<Record<string, unknown>> = {}) => Object.keys(assign);

/** A failed state has not run its own Assign: only the Catch's counts on that way. */
export function waysFrom(state: State): readonly Way[] {
  const own = keysOf(state.Assign);
  return [
    ...(state.Next === undefined ? [] : [{ to: state.Next, sets: own, by: 'next' as const }]),
    ...(state.Choices ?? []).map((rule) => ({
      to: rule.Next,
      sets: keysOf(rule.Assign),
      by: 'choice' as const,
    })),
    ...(state.Default === undefined ? [] : [{ to: state.Default, sets: own, by: 'choice' as const }]),
    ...(state.Catch ?? []).map((handler) => ({
      to: handler.Next,
      sets: keysOf(handler.Assign),
      by: 'catch' as const,
    })),
  ];
}

const isTask = (state: State) => state.Type === 'Task';

export const isWait = (state: State) => state.Resource?.endsWith('.waitForTaskToken') === true;

/** The state's variables as its expressions name them; `$states` is the interpreter's, `$name(` a function. */
function usedVariables(state: State): readonly string[] {
  const expressions = JSON.stringify(state).match(/\{%.*?%\}/g) ?? [];
  return expressions
    .flatMap((expression) =>
      [...expression.matchAll(/\$([A-Za-z_]\w*)(?!\w*\()/g)].map(([, name]) => name ?? ''),
    )
    .filter((name) => name !== 'states');
}

/** For every state the variables that are set on every path to it. */
function definedOnEveryPath(definition: Definition): ReadonlyMap<string, ReadonlySet<string>> {
  const defined = new Map<string, ReadonlySet<string>>([[definition.StartAt, new Set()]]);
  const todo = [definition.StartAt];
  for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
    const state = definition.States[name];
    if (!state) continue;
    for (const way of waysFrom(state)) {
      const arriving = new Set([...(defined.get(name) ?? []), ...way.sets]);
      const known = defined.get(way.to);
      const both = known ? new Set([...known].filter((variable) => arriving.has(variable))) : arriving;
      if (known?.size === both.size) continue;
      defined.set(way.to, both);
      todo.push(way.to);
    }
  }
  return defined;
}

function undefinedVariables(definition: Definition): readonly string[] {
  return [...definedOnEveryPath(definition)].flatMap(([name, defined]) => {
    const state = definition.States[name];
    return state
      ? usedVariables(state)
          .filter((variable) => !defined.has(variable))
          .map((variable) => `${name} uses $${variable}, which is not set on every path to it`)
      : [`${name} does not exist`];
  });
}

function unreachableStates(definition: Definition): readonly string[] {
  const reached = definedOnEveryPath(definition);
  return Object.keys(definition.States)
    .filter((name) => !reached.has(name))
    .map((name) => `${name} is never reached`);
}

/** Step Functions refuses a `States.ALL` that is not alone and last; asl-validator does not. */
function misplacedCatchAll(name: string, handlers: readonly Handler[] = []): readonly string[] {
  return handlers.flatMap(({ ErrorEquals }, index) => {
    if (!ErrorEquals.includes('States.ALL')) return [];
    if (ErrorEquals.length > 1) return [`${name} names States.ALL together with others`];
    return index === handlers.length - 1 ? [] : [`${name} has a handler behind States.ALL`];
  });
}

/** What asl-validator does not see, each breach as a sentence. */
export function lint(definition: Definition): readonly string[] {
  const states = Object.entries(definition.States);
  return [
    ...(definition.QueryLanguage === 'JSONata' ? [] : ['the query language is not JSONata']),
    ...(definition.TimeoutSeconds === undefined ? ['the state machine has no TimeoutSeconds'] : []),
    ...undefinedVariables(definition),
    ...unreachableStates(definition),
    ...states.flatMap(([name, state]) => misplacedCatchAll(name, state.Retry)),
    ...states.flatMap(([name, state]) => misplacedCatchAll(name, state.Catch)),
    ...states
      .filter(([, state]) => isTask(state) && state.TimeoutSeconds === undefined)
      .map(([name]) => `${name} has no TimeoutSeconds`),
    ...states
      .filter(([, state]) => isTask(state) && state.Retry === undefined)
      .map(([name]) => `${name} has no Retry`),
  ];
}

/** Every state that can follow `start`, itself included; `through` says which ways count. */
export function reachable(
  definition: Definition,
  start: string,
  through: (name: string, way: Way) => boolean = () => true,
): ReadonlySet<string> {
  const seen = new Set<string>();
  const todo = [start];
  for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
    const state = definition.States[name];
    if (seen.has(name) || !state) continue;
    seen.add(name);
    for (const way of waysFrom(state)) if (through(name, way)) todo.push(way.to);
  }
  return seen;
}
