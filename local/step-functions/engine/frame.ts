import type { Json, JsonObject } from '../definition/json.ts';

/** How the callback of a task token ended, as it was acknowledged to its sender. */
export type CallbackOutcome =
  | { readonly kind: 'SUCCESS'; readonly output: Json }
  | { readonly kind: 'FAILURE'; readonly error?: string; readonly cause?: string };

/** A Task between its scheduling and its end. */
export interface TaskProgress {
  readonly arguments: Json;
  readonly scheduledAt: number;
  readonly timeoutSeconds?: number;
  readonly heartbeatSeconds?: number;
  /** Epoch milliseconds of the last heartbeat. */
  heartbeatAt: number;
  readonly token?: string;
  outcome?: CallbackOutcome;
  /** Name of the nested execution, written down before it is started. */
  readonly childName?: string;
  /** The call has been answered: only the callback or the nested execution is still awaited. */
  submitted?: { readonly answer: Json };
  /** The Task has succeeded, and its success is in the history: it is not run again. */
  succeeded?: { readonly result: Json };
}

/** A Parallel or Map between its start and its end; its children have frames of their own. */
export interface FanOutProgress {
  readonly startedEvent: number;
  /** Input of each Parallel branch, or items of the Map. */
  readonly items: readonly Json[];
  /** 0 means no limit. */
  readonly maxConcurrency: number;
}

/** One stay in a state, from its entry to its exit, retries included. */
export interface Visit {
  readonly enteredEvent: number;
  readonly enteredAt: number;
  retryCount: number;
  /** How often each retrier, by its index, has been used. */
  readonly retriesUsed: Record<number, number>;
  /** Epoch milliseconds; set while a retry is awaited. */
  retryAt?: number;
  /** Epoch milliseconds; set in a Wait state. */
  waitUntil?: number;
  task?: TaskProgress;
  fanOut?: FanOutProgress;
}

export interface MapItem {
  readonly Index: number;
  readonly Value: Json;
}

/**
 * One thread of control: the execution itself, a branch of a Parallel, an iteration of a Map. Plain data, all that is
 * needed to go on after a crash.
 */
export interface Frame {
  /** Empty for the execution itself, then `/<index>` for each level. */
  readonly path: string;
  readonly item?: MapItem;
  state: string;
  input: Json;
  /** Variables assigned in this scope; those of the scopes around it are theirs. */
  readonly variables: JsonObject;
  /** Id of the thread's last history event. */
  lastEvent: number;
  visit?: Visit;
  /** Set once the thread has ended well. */
  result?: { readonly output: Json };
}

export function newFrame(
  path: string,
  startAt: string,
  input: Json,
  lastEvent: number,
  item?: MapItem,
): Frame {
  return { path, state: startAt, input, variables: {}, lastEvent, ...(item && { item }) };
}
