import { WAITS } from '../../../domain/deadlines';
import { HOUR } from '../../../domain/instant';
import type { Dispute } from '../shared/api/dispute';

/** How late a decision is: reminders begin after a day, after two an operator is alarmed. */
export type Lateness = 'NONE' | 'LATE' | 'VERY_LATE';

const LATE_SECONDS = WAITS.DISPUTED?.reminder?.after.at(0) ?? 24 * HOUR;
const VERY_LATE_SECONDS = WAITS.DISPUTED?.alarmAfter ?? 48 * HOUR;

/** @param now milliseconds since the epoch. @returns milliseconds since it was opened */
export const ageOf = ({ createdAt }: Pick<Dispute, 'createdAt'>, now: number): number =>
  Math.max(0, now - Date.parse(createdAt));

export function latenessOf(dispute: Pick<Dispute, 'createdAt'>, now: number): Lateness {
  const seconds = ageOf(dispute, now) / 1000;
  if (seconds >= VERY_LATE_SECONDS) return 'VERY_LATE';
  return seconds >= LATE_SECONDS ? 'LATE' : 'NONE';
}
