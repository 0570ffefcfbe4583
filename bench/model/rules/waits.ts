import type { Deal } from './deal.ts';

/** In seconds. */
export const HOUR = 3600;
export const DAY = 24 * HOUR;

/** How long each status waits, and when it reminds; seconds. */
export const WAITS: Readonly<
  Record<string, { readonly lasts: (deal: Deal) => number; readonly reminds: readonly number[] }>
> = {
  AWAITING_RESPONSE: { lasts: (deal) => deal.responseSeconds, reminds: [] },
  NEGOTIATING: { lasts: () => 2 * DAY, reminds: [] },
  IN_PROGRESS: { lasts: () => 30 * DAY, reminds: [] },
  COMPLETED: { lasts: () => 7 * DAY, reminds: [5 * DAY, 6 * DAY] },
  DISPUTED: { lasts: () => 30 * DAY, reminds: [DAY, 1.5 * DAY, 2 * DAY] },
};
