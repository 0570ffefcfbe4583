import * as z from 'zod/mini';
import {
  isSameAdjustment,
  postingOfAdjustment,
  requestedAdjustment,
  type AdjustmentRecord,
} from '../../../domain/admin-action.ts';
import { signedHoursSchema } from '../../../domain/hours.ts';
import { isTreasury } from '../../../domain/ledger.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { AdminActions } from '../shared/admin-actions.ts';
import { accountNotice, adminHint, balanceHints, postingHint, type Emit } from '../shared/events.ts';
import type { LedgerWriter } from '../shared/ledger-writer.ts';
import { BrokenRule } from '../shared/service-fault.ts';
import { auditedEntries, type StepContext } from './transfer-step.ts';

const text = z.string().check(z.minLength(1));

export const adjustmentSchema = z.object({
  transactionType: z.literal('ADMIN_ADJUSTMENT'),
  adjustmentId: text,
  adminId: text,
  userId: text,
  hours: signedHoursSchema,
  reason: text,
  allowBelowZero: z.boolean(),
});

export interface AdjustmentEdges {
  readonly ledger: Pick<LedgerWriter, 'adjust' | 'entriesOf'>;
  readonly actions: AdminActions;
  readonly emit: Emit;
}

/**
 * Puts an adjustment on record, makes it, and tells of it. Where the hours went, or the account was locked, since the
 * admin asked, it ends as REFUSED: that is an answer and no fault.
 */
export async function adjustMember(
  { ledger, actions, emit }: AdjustmentEdges,
  { transactionType: _type, adjustmentId: id, ...rest }: z.output<typeof adjustmentSchema>,
  { step, executionArn, now }: StepContext,
): Promise<{ readonly transactionId: string }> {
  const asked: AdjustmentRecord = {
    ...requestedAdjustment({ id, ...rest }, now),
    stepFunctionExecutionArn: executionArn,
  };
  const posting = postingOfAdjustment(asked);
  switch (step) {
    case 'VALIDATE':
      await putOnRecord(actions, asked);
      break;
    case 'POST':
      try {
        await ledger.adjust(asked, { now, executionArn });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        await actions.refuse(id, error.code, now);
      }
      break;
    case 'TELL': {
      const action = await actions.action(id);
      const eventId = `${posting.transactionId}#${action?.status ?? 'REQUESTED'}`;
      const notice = adminHint({ source: 'hourbank.balances', eventId, executionArn }, now);
      if (action?.status === 'REFUSED') {
        await emit(notice);
        break;
      }
      const entries = await auditedEntries(ledger, posting);
      await emit(
        postingHint(entries, now),
        ...balanceHints(entries, undefined, now),
        accountNotice(asked.userId, posting.transactionId, now, executionArn),
        notice,
      );
    }
  }
  return { transactionId: posting.transactionId };
}

/** Throws `BrokenRule` for the treasury, and where the id belongs to another action. */
async function putOnRecord(actions: Pick<AdminActions, 'record'>, asked: AdjustmentRecord): Promise<void> {
  if (isTreasury(asked.userId)) throw new BrokenRule('The treasury is not adjusted: it is the other side');
  const onRecord = await actions.record(asked);
  if (!isSameAdjustment(onRecord, asked))
    throw new BrokenRule(`Adjustment ${asked.id} is on record as another action`);
}
