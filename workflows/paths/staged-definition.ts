import { scopesIn, type Definition, type Scope, type State } from '../asl-lint.ts';

type Assign = State['Assign'];

/** The variable that says by which way a state was left; a scope must not set one of a scope around it. */
const LEFT_BY = 'leftBy';

/**
 * A definition as it is deployed, but for two marks. Each `${substitution}` is filled with a name that tells which state
 * asks, and each way out of a state assigns a variable with its name: the history shows what was assigned, while two
 * rules of a Choice that lead to the same state leave the same trace. Returns ASL text.
 */
export function stagedDefinition(definition: Definition): string {
  return JSON.stringify({ ...definition, ...stagedScope(definition, 0) });
}

function stagedScope(scope: Scope, depth: number): object {
  const variable = `${LEFT_BY}${depth}`;
  return {
    ...scope,
    States: Object.fromEntries(
      Object.entries(scope.States).map(([name, state]) => [
        name,
        { ...substituted(name, state), ...marked(state, variable), ...inside(state, depth + 1) },
      ]),
    ),
  };
}

function substituted(name: string, state: State): object {
  const fill = (text: string) =>
    text.replace(/\$\{(\w+)\}/g, (_, substitution: string) => `<${substitution} of ${name}>`);
  return JSON.parse(JSON.stringify(state), (_, value: unknown) =>
    typeof value === 'string' ? fill(value) : value,
  ) as object;
}

/** The state that a call comes from, by what its substitutions were filled with. */
export function callingState(input: unknown): string | undefined {
  return /<\w+ of ([^>]+)>/.exec(JSON.stringify(input))?.[1];
}

function marked(state: State, variable: string): object {
  if (state.Type === 'Succeed' || state.Type === 'Fail') return {};
  const mark = (way: string, assign: Assign) => ({ ...assign, [variable]: way });
  const own = state.Type === 'Choice' ? 'Default' : state.Next === undefined ? 'End' : 'Next';
  const { Choices, Catch } = state;
  return {
    Assign: mark(own, state.Assign),
    ...(Choices && {
      Choices: Choices.map((rule, at) => ({ ...rule, Assign: mark(`Choices[${at}]`, rule.Assign) })),
    }),
    ...(Catch && {
      Catch: Catch.map((handler, at) => ({ ...handler, Assign: mark(`Catch[${at}]`, handler.Assign) })),
    }),
  };
}

function inside(state: State, depth: number): object {
  const [processor] = scopesIn(state);
  if (!processor) return {};
  return state.Branches
    ? { Branches: state.Branches.map((branch) => stagedScope(branch, depth)) }
    : { ItemProcessor: stagedScope(processor, depth) };
}

/** The way that an exit's assigned variables (JSON by name) tell of. */
export function wayTaken(assigned: Readonly<Record<string, string>> = {}): string | undefined {
  const [, way] = Object.entries(assigned).find(([name]) => name.startsWith(LEFT_BY)) ?? [];
  return way === undefined ? undefined : (JSON.parse(way) as string);
}
