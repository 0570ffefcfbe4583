import * as z from 'zod/mini';
import type { Instant } from '../../../domain/instant.ts';
import { count, logger } from '../shared/logger.ts';
import type { Mended } from './mend-request.ts';
import type { Found } from './unfinished-requests.ts';

const statusChange = z.object({
  'detail-type': z.literal('Step Functions Execution Status Change'),
  detail: z.object({ executionArn: z.string(), stateMachineArn: z.string(), name: z.string() }),
});

/** An execution that went wrong; or, from the schedule, a look at all. */
export const sweepSchema = z.pipe(
  z.union([statusChange, z.object({ 'detail-type': z.literal('Scheduled Event') })]),
  z.transform((event) => ('detail' in event ? event.detail : {})),
);

export interface Sweep {
  readonly executionArn?: string;
  readonly stateMachineArn?: string;
  /** Of the execution: a request's is named by it. */
  readonly name?: string;
}

/** What may have to be mended. */
export type Suspect = { readonly requestId: string } | { readonly executionArn: string };

export interface SweepEdges {
  readonly unfinished: (now: Instant) => Promise<Found>;
  /** Whatever went wrong, of every workflow: the event that said so may be lost. */
  readonly broken: () => Promise<readonly Suspect[]>;
  /** Of an execution that an event names. */
  readonly suspectOf: (execution: Required<Sweep>) => Suspect;
  readonly mend: (suspect: Suspect, now: Instant) => Promise<Mended>;
}

/** So many are mended side by side. */
const AT_ONCE = 10;

export type Tally = Readonly<Partial<Record<Mended | 'FAILED', number>>>;

/** Finds what nobody carries on, and carries it on. Counts what it did; one that fails stops no other. */
export const sweep =
  ({ unfinished, broken, suspectOf, mend }: SweepEdges) =>
  async (event: Sweep, now: Instant): Promise<Tally> => {
    const waiting = [...(await suspects())];
    const tally: Partial<Record<Mended | 'FAILED', number>> = {};
    const lane = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const mended = await mendOne(next);
        tally[mended] = (tally[mended] ?? 0) + 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    for (const [mended, amount] of Object.entries(tally)) count('RequestsSwept', { result: mended }, amount);
    return tally;

    async function suspects(): Promise<readonly Suspect[]> {
      const { executionArn, stateMachineArn, name } = event;
      if (executionArn !== undefined && stateMachineArn !== undefined && name !== undefined)
        return [suspectOf({ executionArn, stateMachineArn, name })];
      const [late, lost] = await Promise.all([unfinished(now), broken()]);
      if (late.unfinished) count('SweepUnfinished');
      const all = [...late.requestIds.map((requestId) => ({ requestId })), ...lost];
      return [...new Map(all.map((suspect) => [JSON.stringify(suspect), suspect])).values()];
    }

    async function mendOne(suspect: Suspect): Promise<Mended | 'FAILED'> {
      try {
        const mended = await mend(suspect, now);
        if (mended !== 'NOTHING') logger.info('Swept', { ...suspect, result: mended });
        return mended;
      } catch (error) {
        const fault = error instanceof Error ? error : new Error(String(error));
        logger.error('Not swept', { ...suspect, error: fault });
        return 'FAILED';
      }
    }
  };
