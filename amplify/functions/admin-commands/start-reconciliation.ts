import { parseCommand } from '../../../domain/commands.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { ReportRecord } from '../../../domain/reconciliation.ts';
import { checkAdmin } from '../shared/caller.ts';
import type { Operation } from '../shared/refusals.ts';

export interface ReconciliationEdges {
  /** The check whose execution runs; undefined if none does. */
  readonly running: () => Promise<string | undefined>;
  readonly reportOf: (reportId: string) => Promise<Pick<ReportRecord, 'status'> | undefined>;
  /** Starts a check, once by its name. */
  readonly start: (reportId: string, requestedBy: string) => Promise<unknown>;
}

/**
 * Checks the books now. One check at a time is enough: while one is under way, it is the answer. Two that begin at the
 * same moment all the same are no harm.
 */
export const startReconciliation =
  ({ running, reportOf, start }: ReconciliationEdges): Operation =>
  async (args, caller, now) => {
    checkAdmin(caller);
    parseCommand('startReconciliation', args);
    const earlier = await running();
    if (earlier !== undefined && !(await hasEnded(earlier))) return { reportId: earlier, now };
    const reportId = reportIdAt(now);
    await start(reportId, caller.userId);
    return { reportId, now };

    /** An execution runs for a moment after its report is written: whoever asks then wants another look. */
    async function hasEnded(id: string): Promise<boolean> {
      const report = await reportOf(id); // none yet: it has only just begun
      return report !== undefined && report.status !== 'RUNNING';
    }
  };

const reportIdAt = (now: Instant): string => `check-${now.replaceAll(/\D+/g, '-')}`.replace(/-$/, '');
