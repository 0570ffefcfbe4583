import type { Handler, State } from '../asl-lint.ts';

/** What Step Functions takes where `MaxAttempts` is not written. */
const DEFAULT_MAX_ATTEMPTS = 3;

/** The first retrier that an error is for; its wildcard for failed tasks leaves timeouts out. */
export function retrierFor(error: string, { Retry = [] }: State): Handler | undefined {
  return Retry.find(({ ErrorEquals }) =>
    ErrorEquals.some(
      (name) =>
        name === error ||
        name === 'States.ALL' ||
        (name === 'States.TaskFailed' && error !== 'States.Timeout'),
    ),
  );
}

/** How often a state is tried in one visit when nothing but this retrier's errors come: once, and once for each retry. */
export function triesOf({ MaxAttempts = DEFAULT_MAX_ATTEMPTS }: Handler): number {
  return 1 + MaxAttempts;
}
