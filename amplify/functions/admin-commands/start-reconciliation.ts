import { parseCommand } from '../../../domain/commands.ts';
import type { Instant } from '../../../domain/instant.ts';
import { checkAdmin } from '../shared/caller.ts';
import type { Operation } from '../shared/refusals.ts';

export interface ReconciliationEdges {
  /** The check that is under way; undefined if there is none. */
  readonly running: () => Promise<string | undefined>;
  /** Starts a check, once by its name. */
  readonly start: (reportId: string, requestedBy: string) => Promise<unknown>;
}

/** Checks the books now. One check at a time is enough: while one is under way, it is the answer. */
export const startReconciliation =
  ({ running, start }: ReconciliationEdges): Operation =>
  async (args, caller, now) => {
    checkAdmin(caller);
    parseCommand('startReconciliation', args);
    const underWay = await running();
    if (underWay !== undefined) return { reportId: underWay, now };
    const reportId = reportIdAt(now);
    await start(reportId, caller.userId);
    return { reportId, now };
  };

/** Two admins who ask within the same second ask for the same check. */
const reportIdAt = (now: Instant): string => `check-${now.slice(0, 19).replaceAll(/[^\d]/g, '-')}`;
