import { describe, expect, it } from 'vitest';

/**
 * Every interleaving of two commands, the deadline, the wake-up, a crash between any two writes, a retried wait state
 * and the sweeper, at one waiting step of the workflow (design.md section 6). Two designs are compared:
 *
 * - `ROW_DECIDES`, ours: a command leaves its outcome in the row of the wait; the token only wakes.
 * - `TOKEN_DECIDES`, the obvious one: a command changes the status, takes the token and sends the outcome with it.
 */
type Design = 'ROW_DECIDES' | 'TOKEN_DECIDES';

type CommandName = 'A' | 'B';
type Decision = CommandName | 'TIMEOUT';
type Answer = 'ACCEPTED' | 'REFUSED' | 'REFUSED_TOO_EARLY';

interface Command {
  /** START: not yet sent. COMMITTED: its transaction is through. TOKEN_READ: about to wake. OVER: ended or crashed. */
  readonly at: 'START' | 'COMMITTED' | 'TOKEN_READ' | 'OVER';
  readonly answer?: Answer;
  /** What it read to wake with, `NONE` where nobody waited yet. */
  readonly token?: string;
}

interface State {
  /** What the request's row says was decided. */
  readonly decided: Decision | 'OPEN';
  /** The wait row. */
  readonly outcome?: Decision;
  readonly token?: string;
  /** The command that took the token, in the design where that decides. */
  readonly taken?: CommandName;
  /** The task of the state machine: the token it listens for, until it is woken or timed out. */
  readonly listens?: string;
  readonly wokenBy?: CommandName;
  /** ENTERING the wait state, WAITING in it, TIMED_OUT, LEAVING it awake, DONE. */
  readonly workflow: 'ENTERING' | 'WAITING' | 'TIMED_OUT' | 'LEAVING' | 'DONE';
  /** What the workflow carries out in the end. */
  readonly carriedOut?: Decision | 'NOTHING';
  readonly retried: boolean;
  readonly commands: Readonly<Record<CommandName, Command>>;
}

const START: State = {
  decided: 'OPEN',
  workflow: 'ENTERING',
  retried: false,
  commands: { A: { at: 'START' }, B: { at: 'START' } },
};

const withCommand = (
  state: State,
  name: CommandName,
  command: Command,
  rest: Partial<State> = {},
): State => ({
  ...state,
  ...rest,
  commands: { ...state.commands, [name]: command },
});

/** What a command may do next. A crash ends it at any point after its transaction. */
function commandSteps(design: Design, state: State, name: CommandName): readonly State[] {
  const command = state.commands[name];
  const over: Command = { ...command, at: 'OVER' };
  switch (command.at) {
    case 'START':
      return [design === 'ROW_DECIDES' ? leaveOutcome(state, name) : takeToken(state, name)];
    case 'COMMITTED': {
      const read: Command = { ...command, at: 'TOKEN_READ', token: state.token ?? 'NONE' };
      return [withCommand(state, name, read), withCommand(state, name, over)];
    }
    case 'TOKEN_READ': {
      const hits = command.token === state.listens;
      const woken = hits ? wake(state, name) : state;
      return [withCommand(woken, name, over), withCommand(state, name, over)];
    }
    case 'OVER':
      return [];
  }
}

function leaveOutcome(state: State, name: CommandName): State {
  if (state.outcome !== undefined) return withCommand(state, name, { at: 'OVER', answer: 'REFUSED' });
  return withCommand(state, name, { at: 'COMMITTED', answer: 'ACCEPTED' }, { outcome: name, decided: name });
}

function takeToken(state: State, name: CommandName): State {
  if (state.decided !== 'OPEN') return withCommand(state, name, { at: 'OVER', answer: 'REFUSED' });
  if (state.token === undefined) return withCommand(state, name, { at: 'OVER', answer: 'REFUSED_TOO_EARLY' });
  const { token, ...rest } = state;
  return withCommand(
    rest,
    name,
    { at: 'TOKEN_READ', answer: 'ACCEPTED', token },
    { decided: name, taken: name },
  );
}

function wake({ listens: _heard, ...state }: State, name: CommandName): State {
  return { ...state, wokenBy: name };
}

function stopListening({ listens: _unheard, ...state }: State): State {
  return state;
}

/** What the state machine, its clock and the sweeper may do next. */
function workflowSteps(design: Design, state: State): readonly State[] {
  switch (state.workflow) {
    case 'ENTERING': {
      if (design === 'ROW_DECIDES' && state.outcome !== undefined) return [{ ...state, workflow: 'LEAVING' }];
      const token = state.retried ? 'second token' : 'first token';
      return [{ ...state, workflow: 'WAITING', token, listens: token }];
    }
    case 'WAITING':
      return [
        ...(state.wokenBy ? [{ ...state, workflow: 'LEAVING' } as const] : []),
        ...(state.listens ? [{ ...stopListening(state), workflow: 'TIMED_OUT' } as const] : []),
        ...(state.listens && !state.retried
          ? [{ ...stopListening(state), workflow: 'ENTERING', retried: true } as const]
          : []),
        ...sweep(design, state),
      ];
    case 'TIMED_OUT':
      return [design === 'ROW_DECIDES' ? claimTimeout(state) : believeTheClock(state)];
    case 'LEAVING': {
      const carriedOut = design === 'ROW_DECIDES' ? state.outcome : state.wokenBy;
      return [{ ...state, workflow: 'DONE', carriedOut: carriedOut ?? 'NOTHING' }];
    }
    case 'DONE':
      return [];
  }
}

const claimTimeout = (state: State): State =>
  state.outcome === undefined
    ? { ...state, workflow: 'LEAVING', outcome: 'TIMEOUT', decided: 'TIMEOUT' }
    : { ...state, workflow: 'LEAVING' };

const believeTheClock = (state: State): State => ({
  ...state,
  workflow: 'DONE',
  carriedOut: 'TIMEOUT',
  decided: state.decided === 'OPEN' ? 'TIMEOUT' : state.decided,
});

/** Wakes an execution whose answer was given and whose command died before it could. */
function sweep(design: Design, state: State): readonly State[] {
  if (state.listens === undefined) return [];
  if (design === 'ROW_DECIDES') {
    const { outcome } = state;
    const wakes = outcome !== undefined && outcome !== 'TIMEOUT' && state.token === state.listens;
    return wakes ? [wake(state, outcome)] : [];
  }
  const { taken } = state;
  return taken !== undefined && state.commands[taken].token === state.listens ? [wake(state, taken)] : [];
}

/** What is wrong with a state in which nothing more happens. */
function wrongWith({ workflow, decided, carriedOut, commands }: State): string | undefined {
  const answers = [commands.A.answer, commands.B.answer];
  if (workflow !== 'DONE') return 'the workflow waits for ever';
  if (carriedOut === 'NOTHING') return 'woken without an outcome';
  if (carriedOut !== decided)
    return `${decided === 'TIMEOUT' ? 'a timeout' : 'an answer'} was not carried out`;
  if (answers.every((answer) => answer === 'ACCEPTED')) return 'two answers were accepted';
  if (answers.includes('REFUSED_TOO_EARLY')) return 'a valid answer was refused';
  return undefined;
}

function explore(design: Design): { readonly states: number; readonly wrong: readonly string[] } {
  const seen = new Set<string>();
  const wrong: string[] = [];
  const todo = [START];
  for (let state = todo.pop(); state; state = todo.pop()) {
    const key = keyOf(state);
    if (seen.has(key)) continue;
    seen.add(key);
    const next = [
      ...commandSteps(design, state, 'A'),
      ...commandSteps(design, state, 'B'),
      ...workflowSteps(design, state),
    ];
    const flaw = next.length === 0 && wrongWith(state);
    if (flaw) wrong.push(flaw);
    todo.push(...next);
  }
  return { states: seen.size, wrong };
}

/** The same for equal states, in whatever order their fields were set. */
const keyOf = (value: unknown): string =>
  JSON.stringify(value, (_, field: unknown) =>
    typeof field === 'object' && field !== null
      ? Object.fromEntries(Object.entries(field).sort(([a], [b]) => a.localeCompare(b)))
      : field,
  );

describe('a wait where the row decides', () => {
  it('loses and refuses no valid answer in any interleaving', () => {
    expect(explore('ROW_DECIDES')).toEqual({ states: 342, wrong: [] });
  });
});

describe('a wait where the token decides', () => {
  it('goes wrong in several ways, so that the model can tell', () => {
    const { wrong } = explore('TOKEN_DECIDES');
    expect(wrong).toHaveLength(22);
    expect(new Set(wrong)).toContain('a valid answer was refused');
    expect(new Set(wrong)).toContain('an answer was not carried out');
  });
});
