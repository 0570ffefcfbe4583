import { isObject, type Json } from '../../local/step-functions/definition/json.ts';
import { wayTaken } from './staged-definition.ts';

/** One try of a task, or one run of all a Parallel's branches or a Map's iterations. */
export interface Try {
  /** The payload of a function, the input of a child, else the arguments; null of a Parallel or Map. */
  readonly received: Json;
  /** `TimeoutSeconds` as it was worked out. */
  readonly seconds?: number;
  error?: string;
}

/** One stay in a state, from its entry to its exit. */
export interface Visit {
  readonly state: string;
  readonly tries: Try[];
  /** By which way it was left (`Choices[1]`, `End`); absent where the execution ended in it. */
  left?: string;
}

/** An event of GetExecutionHistory. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  readonly [details: string]: unknown;
}

interface Details {
  readonly name?: string;
  readonly error?: string;
  readonly parameters?: string;
  readonly timeoutInSeconds?: number;
  readonly assignedVariables?: Readonly<Record<string, string>>;
}

interface Stay extends Visit {
  /** A Parallel or Map. */
  readonly fansOut: boolean;
  /** The Parallel or Map that the state is in. */
  readonly within: Stay | undefined;
}

/** Reads a history as the visits it tells of, in the order of their entries. */
export function visitsOf(events: readonly HistoryEvent[]): readonly Visit[] {
  const stays: Stay[] = [];
  const stayAt = new Map<number, Stay>();
  for (const event of events) {
    const details = detailsOf(event);
    const before = stayAt.get(event.previousEventId);
    const around = before?.left === undefined ? before : before.within;
    const stay = event.type.endsWith('StateEntered')
      ? enter(event.type, details, around)
      : subjectOf(event.type, details, around);
    if (!stay) continue;
    stayAt.set(event.id, stay);
    if (stay.tries.length === 0 && !stays.includes(stay)) stays.push(stay);
    note(event.type, details, stay, stays);
  }
  return stays;
}

function detailsOf(event: HistoryEvent): Details {
  const member = Object.keys(event).find((key) => key.endsWith('EventDetails'));
  return member === undefined ? {} : (event[member] as Details);
}

function enter(type: string, { name = '' }: Details, within: Stay | undefined): Stay {
  return { state: name, tries: [], fansOut: FAN_OUT.test(type), within };
}

const FAN_OUT = /^(Map|Parallel)/;

/** What is said of a Parallel or Map as a whole follows an event of a state in it. */
function subjectOf(type: string, { name }: Details, around: Stay | undefined): Stay | undefined {
  if (!FAN_OUT.test(type)) return around;
  for (let stay = around; stay; stay = stay.within)
    if (name === undefined ? stay.fansOut : stay.state === name) return stay;
  return undefined;
}

/** Adds to a stay what an event says of it. */
function note(type: string, details: Details, stay: Stay, stays: readonly Stay[]): void {
  if (type === 'TaskScheduled') stay.tries.push(tryOf(details));
  if (/^(Map|Parallel)StateStarted$/.test(type)) stay.tries.push({ received: null });
  if (/^(Map|Parallel)StateFailed$/.test(type)) fail(stay, errorWithin(stay, stays));
  if (/^(TaskFailed|TaskTimedOut|EvaluationFailed)$/.test(type)) fail(stay, details.error);
  if (type.endsWith('StateExited')) stay.left = wayTaken(details.assignedVariables) ?? 'End';
}

function fail(stay: Stay, error = 'an error without a name'): void {
  const last = stay.tries.at(-1);
  if (last && last.error === undefined) last.error = error;
  else stay.tries.push({ received: null, error });
}

/** A Parallel or Map fails with the error of the state in it that was not left. */
function errorWithin(fanOut: Stay, stays: readonly Stay[]): string | undefined {
  const failed = stays.findLast(
    ({ within, left, tries }) => within === fanOut && left === undefined && tries.at(-1)?.error !== undefined,
  );
  return failed?.tries.at(-1)?.error;
}

function tryOf({ parameters = 'null', timeoutInSeconds }: Details): Try {
  const given = JSON.parse(parameters) as Json;
  return {
    received: isObject(given) ? (given['Payload'] ?? given['Input'] ?? given) : given,
    ...(timeoutInSeconds !== undefined && { seconds: timeoutInSeconds }),
  };
}
