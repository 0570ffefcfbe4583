import type { Catcher, Retrier, State } from '../definition/machine-definition.ts';
import { TimeoutFailure, type Failure } from './failure.ts';
import type { Visit } from './frame.ts';

/** Errors that no wildcard matches (https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html). */
const TERMINAL = new Set(['States.Runtime', 'States.DataLimitExceeded']);

const DEFAULT_INTERVAL_SECONDS = 1;
const DEFAULT_MAX_ATTEMPTS = 3;
const DEFAULT_BACKOFF_RATE = 2;

function matches(names: readonly string[], failure: Failure): boolean {
  const { error } = failure;
  // Whatever its rules name, a state cannot recover from an error of the machine itself.
  if (error === 'States.Runtime') return false;
  return names.some((name) => {
    if (name === error) return true;
    if (name === 'States.HeartbeatTimeout') return failure instanceof TimeoutFailure && failure.heartbeat;
    if (error !== undefined && TERMINAL.has(error)) return false;
    if (name === 'States.TaskFailed') return error !== 'States.Timeout';
    return name === 'States.ALL';
  });
}

/**
 * The milliseconds until the next try, which it counts in `visit`; undefined where no retrier takes the failure or the one
 * that does has been used up. `random` gives a number from 0 to 1 for full jitter.
 */
export function nextRetry(
  state: State,
  failure: Failure,
  visit: Visit,
  random: () => number,
): number | undefined {
  const retriers: readonly Retrier[] = ('Retry' in state ? state.Retry : undefined) ?? [];
  const index = retriers.findIndex((retrier) => matches(retrier.ErrorEquals, failure));
  const retrier = retriers[index];
  if (!retrier) return undefined;
  const used = visit.retriesUsed[index] ?? 0;
  if (used >= (retrier.MaxAttempts ?? DEFAULT_MAX_ATTEMPTS)) return undefined;
  visit.retriesUsed[index] = used + 1;
  const seconds = Math.min(
    (retrier.IntervalSeconds ?? DEFAULT_INTERVAL_SECONDS) *
      (retrier.BackoffRate ?? DEFAULT_BACKOFF_RATE) ** used,
    retrier.MaxDelaySeconds ?? Infinity,
  );
  return seconds * 1000 * (retrier.JitterStrategy === 'FULL' ? random() : 1);
}

export function findCatcher(state: State, failure: Failure): Catcher | undefined {
  const catchers: readonly Catcher[] = ('Catch' in state ? state.Catch : undefined) ?? [];
  return catchers.find((catcher) => matches(catcher.ErrorEquals, failure));
}
