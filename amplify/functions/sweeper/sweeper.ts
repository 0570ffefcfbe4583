import * as z from 'zod/mini';
import type { Instant } from '../../../domain/instant.ts';
import { count, logger } from '../shared/logger.ts';
import type { Mended } from './mend-request.ts';
import type { Found } from './unfinished-requests.ts';

const statusChange = z.object({
  'detail-type': z.literal('Step Functions Execution Status Change'),
  detail: z.object({ executionArn: z.string(), name: z.string() }),
});

/** An execution that went wrong, named by its request; or, from the schedule, a look at all. */
export const sweepSchema = z.pipe(
  z.union([statusChange, z.object({ 'detail-type': z.literal('Scheduled Event') })]),
  z.transform((event) =>
    'detail' in event ? { requestId: event.detail.name, executionArn: event.detail.executionArn } : {},
  ),
);

export interface Sweep {
  readonly requestId?: string;
}

export interface SweepEdges {
  readonly unfinished: (now: Instant) => Promise<Found>;
  /** Requests whose execution went wrong, whatever they wait for: the event that said so may be lost. */
  readonly broken: () => Promise<readonly string[]>;
  readonly mend: (requestId: string, now: Instant) => Promise<Mended>;
}

/** So many requests are mended side by side. */
const AT_ONCE = 10;

/** Finds requests that nobody carries on, and carries them on. Counts what it did; one that fails stops no other. */
export const sweep =
  ({ unfinished, broken, mend }: SweepEdges) =>
  async (
    { requestId }: Sweep,
    now: Instant,
  ): Promise<Readonly<Partial<Record<Mended | 'FAILED', number>>>> => {
    const found = requestId === undefined ? await all() : { requestIds: [requestId], unfinished: false };
    if (found.unfinished) count('SweepUnfinished');

    const tally: Partial<Record<Mended | 'FAILED', number>> = {};
    const waiting = [...found.requestIds];
    const lane = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const mended = await mendOne(next);
        tally[mended] = (tally[mended] ?? 0) + 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    for (const [mended, amount] of Object.entries(tally)) count('RequestsSwept', { result: mended }, amount);
    return tally;

    async function all(): Promise<Found> {
      const [late, lost] = await Promise.all([unfinished(now), broken()]);
      return { ...late, requestIds: [...new Set([...late.requestIds, ...lost])] };
    }

    async function mendOne(id: string): Promise<Mended | 'FAILED'> {
      try {
        const mended = await mend(id, now);
        if (mended !== 'NOTHING') logger.info('Swept', { requestId: id, result: mended });
        return mended;
      } catch (error) {
        const fault = error instanceof Error ? error : new Error(String(error));
        logger.error('Not swept', { requestId: id, error: fault });
        return 'FAILED';
      }
    }
  };
