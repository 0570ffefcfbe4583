/** A moment in UTC as ISO 8601, such as `2026-11-24T10:00:00.000Z`. Sorts as text. */
export type Instant = string;

export const MINUTE = 60;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The moment `seconds` after `instant`. */
export const after = (instant: Instant, seconds: number): Instant =>
  new Date(Date.parse(instant) + seconds * 1000).toISOString();

/** Seconds from one moment to another, negative if that lies before. */
export const secondsBetween = (from: Instant, to: Instant): number =>
  (Date.parse(to) - Date.parse(from)) / 1000;
