import { AwsServiceError } from '../../gateway/aws-service.ts';
import type { ExecutionRecord } from '../journal/records.ts';
import type { Frame } from './frame.ts';
import { MOST_HISTORY_EVENTS, REDRIVABLE_MS } from './limits.ts';

/** Why the execution cannot be redriven, or undefined where it can. `now` in epoch milliseconds. */
export function redriveObstacle(record: ExecutionRecord, now: number): string | undefined {
  if (record.status === 'RUNNING' || record.status === 'SUCCEEDED')
    return `Execution is ${record.status} and cannot be redriven`;
  if (now - (record.stoppedAt ?? now) > REDRIVABLE_MS) return 'Execution has exceeded the redrivable period';
  if (record.lastEvent >= MOST_HISTORY_EVENTS - 1) return 'Execution history event limit exceeded';
  return undefined;
}

/** Throws AwsServiceError `ExecutionNotRedrivable`. */
export function checkRedrivable(record: ExecutionRecord, now: number): void {
  const obstacle = redriveObstacle(record, now);
  if (obstacle !== undefined)
    throw new AwsServiceError('ExecutionNotRedrivable', `Execution Not Redrivable: '${obstacle}'`);
}

/**
 * Makes every thread that did not succeed ready to try its state again: with all its retries, and its Task from the
 * start; what has succeeded stays as it is (https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html).
 * Returns how many states are tried again.
 */
export function prepareForRedrive(frames: readonly Frame[], redrivenEvent: number): number {
  let tried = 0;
  for (const frame of frames) {
    if (frame.result) continue;
    frame.lastEvent = redrivenEvent;
    const { visit } = frame;
    if (!visit) continue;
    frame.visit = {
      enteredEvent: visit.enteredEvent,
      enteredAt: visit.enteredAt,
      retryCount: 0,
      retriesUsed: {},
      ...(visit.waitUntil !== undefined && { waitUntil: visit.waitUntil }),
      ...(visit.fanOut && { fanOut: visit.fanOut }),
    };
    if (!visit.fanOut) tried += 1;
  }
  return tried;
}
