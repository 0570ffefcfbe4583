import type { Instant } from '../../../domain/instant.ts';
import { netsToZero, type LogEntry, type Posting } from '../../../domain/ledger.ts';
import type { LedgerWriter } from '../shared/ledger-writer.ts';
import { BrokenRule } from '../shared/service-fault.ts';

/** The steps of every transfer. */
export const TRANSFER_STEPS = ['VALIDATE', 'POST', 'TELL'] as const;

/** One step, when it runs and in which execution. */
export interface StepContext {
  readonly step: (typeof TRANSFER_STEPS)[number];
  readonly executionArn: string;
  readonly now: Instant;
}

/** What a posting left in the log. Throws `BrokenRule` where that is not all of it, or does not net to zero. */
export async function auditedEntries(
  ledger: Pick<LedgerWriter, 'entriesOf'>,
  posting: Posting,
): Promise<readonly LogEntry[]> {
  const entries = await ledger.entriesOf(posting);
  if (entries.length !== posting.lines.length || !netsToZero(entries))
    throw new BrokenRule(`The log of ${posting.transactionId} does not balance`);
  return entries;
}
