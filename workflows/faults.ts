import { isWait, reachable, type Definition, type State } from './asl-lint.ts';

/** Where a fault of ours may leave held hours (design.md, section 3, rule 6). */
export interface HeldHours {
  /** States that give every held hour back; every fault before the payment is decided comes to one of them. */
  readonly givesBack: readonly string[];
  /** States in which the payment may be decided: a fault stops the execution in them, for an operator to redrive. */
  readonly mayBeDecided: readonly string[];
  /** States in which it is decided: the same, and nothing behind them gives back. */
  readonly decided: readonly string[];
}

const EVERY_STATE = ['*'];
const HOLDS_NO_HOURS = 'HOLDS_NO_HOURS';

/** By the name of the machine's file; a machine must be in here. */
export const FAULTS: Readonly<Record<string, HeldHours | typeof HOLDS_NO_HOURS>> = {
  'service-request': {
    givesBack: ['RefundEscrow'],
    mayBeDecided: ['ProcessConfirmation', 'RouteConfirmation', 'ResolveDispute', 'RouteAfterDispute'],
    decided: ['PayProvider'],
  },
  'dispute-resolution': {
    givesBack: ['RefundToRequester'],
    mayBeDecided: ['ProcessResolution', 'RouteResolution'],
    decided: ['PayToProvider', 'PartialRefund', 'DismissDispute', 'CompleteDisputeResolution'],
  },
  'escrow-management': { givesBack: [], mayBeDecided: [], decided: EVERY_STATE },
  'escrow-cancellation': { givesBack: EVERY_STATE, mayBeDecided: [], decided: [] },
  'balance-reconciliation': HOLDS_NO_HOURS,
  'transaction-processing': HOLDS_NO_HOURS, // what a request holds, its children give back or pay
  'review-publication': HOLDS_NO_HOURS,
};

/** Faults that would keep hours, or give back what is to be paid, each as a sentence. */
export function strayFaults(
  definition: Definition,
  rule: HeldHours | typeof HOLDS_NO_HOURS,
): readonly string[] {
  if (rule === HOLDS_NO_HOURS) return [];
  const parks = [...rule.mayBeDecided, ...rule.decided];
  const stops = [...rule.givesBack, ...parks];
  return [
    ...stops
      .filter((name) => name !== '*' && !(name in definition.States))
      .map((name) => `${name} does not exist`),
    ...Object.entries(definition.States).flatMap(([name, state]) => [
      ...(isIn(stops, name)
        ? caught(name, state, definition, rule)
        : unreturned(name, state, definition, rule)),
      ...(isIn(parks, name) ? guessed(name, state) : []),
      ...(isIn(rule.decided, name) ? refundsBehind(name, definition, rule) : []),
    ]),
  ];
}

const isIn = (names: readonly string[], name: string) => names.includes(name) || names.includes('*');

/** A fault stops the execution here; what gives back may catch an error that it names, to begin anew. */
const caught = (name: string, { Catch = [] }: State, { StartAt }: Definition, { givesBack }: HeldHours) =>
  Catch.every(
    ({ ErrorEquals, Next }) =>
      isIn(givesBack, name) && Next === StartAt && !ErrorEquals.some((error) => WILDCARDS.includes(error)),
  )
    ? []
    : [`${name} has a Catch: its fault must stop the execution`];

const WILDCARDS = ['States.ALL', 'States.TaskFailed'];

const guessed = (name: string, { Default }: State) =>
  Default === undefined
    ? []
    : [`${name} has a Default: an outcome that it does not know must stop the execution`];

function unreturned(
  name: string,
  state: State,
  definition: Definition,
  { givesBack }: HeldHours,
): readonly string[] {
  if (state.Type === 'Choice')
    return state.Default === undefined
      ? [`${name} has no Default: an outcome that it does not know keeps the hours`]
      : [];
  if (!CAN_FAIL.includes(state.Type)) return [];
  const catchers = state.Catch ?? [];
  if (catchers.at(-1)?.ErrorEquals[0] !== 'States.ALL')
    return [`${name} does not catch every fault: it keeps the hours`];
  // What became of a wait is for the step behind it to say.
  const targets = catchers.map(({ Next }) => Next).filter((next) => !isWait(state) || next !== state.Next);
  const untilGivenBack = (passed: string) => !isIn(givesBack, passed);
  return targets
    .flatMap((target) => [...reachable(definition, target, untilGivenBack)])
    .filter((passed) => untilGivenBack(passed) && isEnd(definition, passed))
    .map((end) => `a fault in ${name} may end in ${end}`);
}

const CAN_FAIL: readonly string[] = ['Task', 'Map', 'Parallel'];

const isEnd = ({ States }: Definition, name: string) =>
  States[name]?.End === true || ['Succeed', 'Fail'].includes(States[name]?.Type ?? '');

function refundsBehind(name: string, definition: Definition, { givesBack }: HeldHours): readonly string[] {
  return [...reachable(definition, name)]
    .filter((state) => isIn(givesBack, state))
    .map((state) => `${name} is decided, but leads to ${state}`);
}
