import * as z from 'zod/mini';
import type { Instant } from '../../../domain/instant.ts';
import { isTreasury, netsToZero } from '../../../domain/ledger.ts';
import { welcomeBonus } from '../../../domain/posting.ts';
import { balanceHints, postingHint, type Emit } from '../shared/events.ts';
import type { LedgerWriter } from '../shared/ledger-writer.ts';
import { BrokenRule } from '../shared/service-fault.ts';

export const transferStepSchema = z.object({
  step: z.enum(['VALIDATE', 'POST', 'TELL']),
  transactionType: z.literal('WELCOME_BONUS'),
  userId: z.string().check(z.minLength(1)),
  displayName: z.string().check(z.minLength(1)),
  executionArn: z.string(),
});

export type TransferStep = z.output<typeof transferStepSchema>;

export interface TransferEdges {
  readonly ledger: Pick<LedgerWriter, 'welcome' | 'entriesOf'>;
  readonly emit: Emit;
}

/** Welcomes a member with the bonus that can only ever happen once. Throws `BrokenRule` for an account of the treasury. */
export const processDirectTransfer =
  ({ ledger, emit }: TransferEdges) =>
  async ({ step, userId, displayName, executionArn }: TransferStep, now: Instant) => {
    const posting = welcomeBonus(userId);
    switch (step) {
      case 'VALIDATE':
        if (isTreasury(userId)) throw new BrokenRule('The treasury welcomes, it is not welcomed');
        break;
      case 'POST':
        await ledger.welcome({ id: userId, displayName }, { now, executionArn });
        break;
      case 'TELL': {
        const entries = await ledger.entriesOf(posting);
        if (entries.length !== posting.lines.length || !netsToZero(entries))
          throw new BrokenRule(`The log of ${posting.transactionId} does not balance`);
        await emit(postingHint(entries, now), ...balanceHints(entries, undefined, now));
      }
    }
    return { transactionId: posting.transactionId };
  };
