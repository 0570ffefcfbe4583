import { Failure } from './failure.ts';
import type { Json } from '../definition/json.ts';

/** Quotas of a Standard workflow (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html). */
export const LARGEST_PAYLOAD_BYTES = 262_144;
export const MOST_HISTORY_EVENTS = 25_000;
export const MOST_OPEN_EXECUTIONS = 1_000_000;
export const LONGEST_EXECUTION_MS = 365 * 24 * 3_600_000;
export const REDRIVABLE_MS = 14 * 24 * 3_600_000;
export const LONGEST_SECONDS = 99_999_999;

export function isTooLarge(text: string): boolean {
  return text.length > LARGEST_PAYLOAD_BYTES || Buffer.byteLength(text) > LARGEST_PAYLOAD_BYTES;
}

/** Throws the failure `States.DataLimitExceeded` for more than 256 KiB of JSON; `what` names it, such as `The state/task 'X'`. */
export function checkSize(value: Json, what: string): void {
  if (isTooLarge(JSON.stringify(value)))
    throw new Failure(
      'States.DataLimitExceeded',
      `${what} returned a result with a size exceeding the maximum number of bytes service limit.`,
    );
}
