/** The parts of the Amazon States Language that HourBank's state machines use. */
export interface Definition extends Scope {
  readonly Comment: string;
  readonly QueryLanguage: string;
  readonly TimeoutSeconds?: number;
}

/** States that share their variables: the machine's own, those of a Parallel's branch, those of a Map's iteration. */
export interface Scope {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

export interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly Arguments?: unknown;
  readonly TimeoutSeconds?: number | string;
  /** Of a Wait. */
  readonly Seconds?: number | string;
  readonly Assign?: Readonly<Record<string, unknown>>;
  readonly Retry?: readonly Handler[];
  readonly Catch?: readonly (Handler & Edge)[];
  readonly Choices?: readonly (Edge & { readonly Condition: string })[];
  readonly Default?: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Items?: unknown;
  readonly Branches?: readonly Scope[];
  readonly ItemProcessor?: Scope;
}

export interface Handler {
  readonly ErrorEquals: readonly string[];
  /** Of a retrier. */
  readonly MaxAttempts?: number;
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
  /** Where the state says so, such as `Choices[1]`. */
  readonly at: string;
}

const keysOf = (assign: Readonly<Record<string, unknown>> = {}) => Object.keys(assign);

/** A failed state has not run its own Assign: only the Catch's counts on that way. */
export function waysFrom(state: State): readonly Way[] {
  const own = keysOf(state.Assign);
  return [
    ...(state.Next === undefined ? [] : [{ to: state.Next, sets: own, by: 'next' as const, at: 'Next' }]),
    ...(state.Choices ?? []).map((rule, index) => ({
      to: rule.Next,
      sets: keysOf(rule.Assign),
      by: 'choice' as const,
      at: `Choices[${index}]`,
    })),
    ...(state.Default === undefined
      ? []
      : [{ to: state.Default, sets: own, by: 'choice' as const, at: 'Default' }]),
    ...(state.Catch ?? []).map((handler, index) => ({
      to: handler.Next,
      sets: keysOf(handler.Assign),
      by: 'catch' as const,
      at: `Catch[${index}]`,
    })),
  ];
}

/** The branches of a Parallel, or what a Map does with each item. */
export const scopesIn = ({ Branches = [], ItemProcessor }: State): readonly Scope[] =>
  ItemProcessor ? [...Branches, ItemProcessor] : Branches;

/** Every state by its name, which no two share, those inside a Parallel or Map included. */
export function everyState(scope: Scope): readonly (readonly [name: string, state: State])[] {
  return Object.entries(scope.States).flatMap(([name, state]) => [
    [name, state] as const,
    ...scopesIn(state).flatMap(everyState),
  ]);
}

const isTask = (state: State) => state.Type === 'Task';

export const isWait = (state: State) => state.Resource?.endsWith('.waitForTaskToken') === true;

/** The state's variables as its expressions name them; `$states` is the interpreter's, `$name(` a function. */
function usedVariables({ Branches: _branches, ItemProcessor: _processor, ...own }: State): readonly string[] {
  const expressions = JSON.stringify(own).match(/\{%.*?%\}/g) ?? [];
  return expressions
    .flatMap((expression) =>
      [...expression.matchAll(/\$([A-Za-z_]\w*)(?!\w*\()/g)].map(([, name]) => name ?? ''),
    )
    .filter((name) => name !== 'states');
}

/** For every state the variables that are set on every path to it, where `outer` are set before. */
function definedOnEveryPath(
  scope: Scope,
  outer: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const defined = new Map<string, ReadonlySet<string>>([[scope.StartAt, outer]]);
  const todo = [scope.StartAt];
  for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
    const state = scope.States[name];
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

function undefinedVariables(scope: Scope, outer: ReadonlySet<string> = new Set()): readonly string[] {
  return [...definedOnEveryPath(scope, outer)].flatMap(([name, defined]) => {
    const state = scope.States[name];
    if (!state) return [`${name} does not exist`];
    return [
      ...usedVariables(state)
        .filter((variable) => !defined.has(variable))
        .map((variable) => `${name} uses $${variable}, which is not set on every path to it`),
      ...scopesIn(state).flatMap((inner) => undefinedVariables(inner, defined)),
    ];
  });
}

function unreachableStates(scope: Scope): readonly string[] {
  const reached = reachable(scope, scope.StartAt);
  return Object.entries(scope.States).flatMap(([name, state]) => [
    ...(reached.has(name) ? [] : [`${name} is never reached`]),
    ...scopesIn(state).flatMap(unreachableStates),
  ]);
}

const setBy = (state: State) => [
  ...keysOf(state.Assign),
  ...[...(state.Choices ?? []), ...(state.Catch ?? [])].flatMap((edge) => keysOf(edge.Assign)),
];

/** A scope must not set a variable of a scope around it (https://states-language.net/#variables). */
function shadowedVariables(scope: Scope, outer: readonly string[] = []): readonly string[] {
  const states = Object.entries(scope.States);
  const here = [...outer, ...states.flatMap(([, state]) => setBy(state))];
  return states.flatMap(([name, state]) => [
    ...setBy(state)
      .filter((variable) => outer.includes(variable))
      .map((variable) => `${name} sets $${variable}, which a scope around it sets`),
    ...scopesIn(state).flatMap((inner) => shadowedVariables(inner, here)),
  ]);
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
  const states = everyState(definition);
  return [
    ...(definition.QueryLanguage === 'JSONata' ? [] : ['the query language is not JSONata']),
    ...(definition.TimeoutSeconds === undefined ? ['the state machine has no TimeoutSeconds'] : []),
    ...undefinedVariables(definition),
    ...shadowedVariables(definition),
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
  scope: Scope,
  start: string,
  through: (name: string, way: Way) => boolean = () => true,
): ReadonlySet<string> {
  const seen = new Set<string>();
  const todo = [start];
  for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
    const state = scope.States[name];
    if (seen.has(name) || !state) continue;
    seen.add(name);
    for (const way of waysFrom(state)) if (through(name, way)) todo.push(way.to);
  }
  return seen;
}
