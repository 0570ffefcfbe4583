import * as z from 'zod/mini';
import type { Instant } from '../../../domain/instant.ts';
import { isTreasury } from '../../../domain/ledger.ts';
import { findingOf } from '../../../domain/reconciliation.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { RECONCILIATION, type SetLock } from '../shared/account-lock.ts';
import { accountNotice, adminHint, balanceHints, type Emit } from '../shared/events.ts';
import type { AccountPage } from './account-list.ts';
import type { Checked, Disagreement } from './check-accounts.ts';
import { orphanCursorSchema, type OrphanCursor, type Orphans } from './orphans.ts';
import type { Ended, Reports } from './reports.ts';

const reportStep = z.object({ reportId: z.string().check(z.minLength(1)), executionArn: z.string() });
const openSchema = z.extend(reportStep, { step: z.literal('OPEN'), requestedBy: z.string() });
const listSchema = z.extend(reportStep, { step: z.literal('LIST'), cursor: z.nullable(z.string()) });
const checkSchema = z.extend(reportStep, { step: z.literal('CHECK'), accounts: z.array(z.string()) });
const orphanSchema = z.extend(reportStep, {
  step: z.literal('ORPHANS'),
  cursor: z.nullable(orphanCursorSchema),
});
const closeSchema = z.extend(reportStep, {
  step: z.literal('CLOSE'),
  checked: z.int(),
  mismatches: z.int(),
});
const alarmSchema = z.extend(reportStep, { step: z.literal('ALARM'), mismatches: z.int() });

export const reconciliationStepSchema = z.discriminatedUnion('step', [
  openSchema,
  listSchema,
  checkSchema,
  orphanSchema,
  closeSchema,
  alarmSchema,
]);

export type ReconciliationStep = z.output<typeof reconciliationStepSchema>;

/** What a step found; the sentences stand in the report, so that no payload grows with them. */
export interface Count {
  readonly checked: number;
  readonly mismatches: number;
}

export interface ReconciliationEdges {
  readonly reports: Reports;
  readonly listAccounts: (cursor: string | null) => Promise<AccountPage>;
  readonly checkAccounts: (userIds: readonly string[]) => Promise<Checked>;
  readonly findOrphans: (cursor: OrphanCursor | null) => Promise<Orphans>;
  readonly setLock: SetLock;
  readonly emit: Emit;
  /** An account moved each time it was looked at. */
  readonly busy: (userIds: readonly string[]) => void;
  /** Raises the alarm. */
  readonly alarm: (mismatches: number) => void;
}

/** What the member is told; the sentences are for admins. */
const REASON = 'The books of this account do not agree. An admin looks into it.';

/**
 * The steps of a check of all accounts. It reads, reports and locks, and never repairs. Each step may run again: a report
 * is opened and closed once, a finding stands by its account, a lock by report and account.
 */
export const reconcileBalances =
  (edges: ReconciliationEdges) =>
  async (step: ReconciliationStep, now: Instant): Promise<unknown> => {
    switch (step.step) {
      case 'OPEN':
        return open(edges, step, now);
      case 'LIST':
        return edges.listAccounts(step.cursor);
      case 'CHECK':
        return check(edges, step, now);
      case 'ORPHANS': {
        const { disagreements, cursor } = await edges.findOrphans(step.cursor);
        for (const orphan of disagreements) await report(edges, step.reportId, orphan, false);
        return { mismatches: disagreements.length, cursor };
      }
      case 'CLOSE':
        return close(edges, step, now);
      case 'ALARM':
        edges.alarm(step.mismatches);
        return { mismatches: step.mismatches };
    }
  };

async function open(
  { reports, emit }: ReconciliationEdges,
  { reportId: id, requestedBy, executionArn }: z.output<typeof openSchema>,
  now: Instant,
): Promise<{ readonly reportId: string }> {
  await reports.open({ id, requestedBy, stepFunctionExecutionArn: executionArn }, now);
  await emit(adminHint({ source: 'hourbank.balances', eventId: `${id}#RUNNING`, executionArn }, now));
  return { reportId: id };
}

async function check(
  edges: ReconciliationEdges,
  { reportId, accounts }: z.output<typeof checkSchema>,
  now: Instant,
): Promise<Count> {
  const { judged, disagreements, busy } = await edges.checkAccounts(accounts);
  for (const disagreement of disagreements) {
    const locked = await lock(edges, reportId, disagreement.userId, now);
    await report(edges, reportId, disagreement, locked);
  }
  if (busy.length > 0) edges.busy(busy);
  return { checked: judged, mismatches: disagreements.length };
}

const report = (
  { reports }: ReconciliationEdges,
  reportId: string,
  { userId, breaches }: Disagreement,
  locked: boolean,
): Promise<void> => reports.add(reportId, findingOf(userId, breaches, locked));

/** Returns whether the account is locked now, by whomever. The treasury is not: it has nobody to stop. */
async function lock(
  { setLock, emit }: ReconciliationEdges,
  reportId: string,
  userId: string,
  now: Instant,
): Promise<boolean> {
  if (isTreasury(userId)) return false;
  try {
    const id = `${reportId}-${userId}`;
    await setLock({ id, userId, locked: true, by: RECONCILIATION, reason: REASON, now });
    await emit(
      ...balanceHints([{ id, transactionId: '', userId }], undefined, now),
      accountNotice(userId, id, now),
    );
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.code === 'ALREADY_ANSWERED';
  }
}

async function close(
  { reports, emit }: ReconciliationEdges,
  { reportId, checked, mismatches, executionArn }: z.output<typeof closeSchema>,
  now: Instant,
): Promise<Ended> {
  const ended = await reports.close(reportId, checked, mismatches, now);
  const eventId = `${reportId}#${ended.status}`;
  await emit(adminHint({ source: 'hourbank.balances', eventId, executionArn }, now));
  return ended;
}
