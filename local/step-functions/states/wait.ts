import type { StateOf } from '../definition/machine-definition.ts';
import { QueryFailure } from '../engine/failure.ts';
import { LONGEST_SECONDS } from '../engine/limits.ts';
import type { Leave, Step } from '../engine/step.ts';
import { expectInteger, expectString, subject } from '../query/expect-type.ts';
import { parseTimestamp } from '../query/timestamp.ts';

/** Waits until a moment that is written down first, so that a restart does not wait anew. */
export async function runWait(step: Step<StateOf<'Wait'>>): Promise<Leave> {
  const until = step.visit.waitUntil ?? (await endOfWait(step));
  step.visit.waitUntil = until;
  step.thread.save();
  await step.runtime.clock.until(until, step.signal);
  return step.leave(step.state, step.input);
}

async function endOfWait(step: Step<StateOf<'Wait'>>): Promise<number> {
  const { Seconds, Timestamp } = step.state;
  if (Timestamp === undefined) {
    const seconds = await step.evaluate(Seconds ?? 0, 'Seconds');
    return step.visit.enteredAt + expectInteger(seconds, 0, LONGEST_SECONDS) * 1000;
  }
  const evaluated = await step.evaluate(Timestamp, 'Timestamp');
  const time = parseTimestamp(expectString(evaluated));
  if (time === undefined)
    throw new QueryFailure(
      'Timestamp',
      `${subject(evaluated)} returned an unexpected result. Expected an ISO-8601 extended offset date-time, but was: ${JSON.stringify(evaluated.value)}`,
    );
  return time;
}
