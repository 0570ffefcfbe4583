import * as z from 'zod/mini';
import type { Instant } from '../../../domain/instant.ts';
import { isTreasury } from '../../../domain/ledger.ts';
import { welcomeBonus } from '../../../domain/posting.ts';
import { balanceHints, postingHint, type Emit } from '../shared/events.ts';
import type { LedgerWriter } from '../shared/ledger-writer.ts';
import { BrokenRule } from '../shared/service-fault.ts';
import { auditedEntries, type StepContext } from './transfer-step.ts';

export const welcomeSchema = z.object({
  transactionType: z.literal('WELCOME_BONUS'),
  userId: z.string().check(z.minLength(1)),
  displayName: z.string().check(z.minLength(1)),
});

export interface WelcomeEdges {
  readonly ledger: Pick<LedgerWriter, 'welcome' | 'entriesOf'>;
  readonly nameMember: (id: string, displayName: string, now: Instant) => Promise<void>;
  readonly emit: Emit;
}

/** Welcomes a member with the bonus that can only ever happen once. Throws `BrokenRule` for an account of the treasury. */
export async function welcomeMember(
  { ledger, nameMember, emit }: WelcomeEdges,
  { userId, displayName }: z.output<typeof welcomeSchema>,
  { step, executionArn, now }: StepContext,
): Promise<{ readonly transactionId: string }> {
  const posting = welcomeBonus(userId);
  switch (step) {
    case 'VALIDATE':
      if (isTreasury(userId)) throw new BrokenRule('The treasury welcomes, it is not welcomed');
      break;
    case 'POST':
      await ledger.welcome({ id: userId, displayName }, { now, executionArn });
      await nameMember(userId, displayName, now);
      break;
    case 'TELL': {
      const entries = await auditedEntries(ledger, posting);
      await emit(postingHint(entries, now), ...balanceHints(entries, undefined, now));
    }
  }
  return { transactionId: posting.transactionId };
}
