import type { Instant } from './instant.ts';

/** What a check of the books found about one account, or about somebody who has none. */
export interface Finding {
  readonly accountId: string;
  /** What disagrees, each as a sentence that names the row. */
  readonly words: readonly string[];
  /** New holds and adjustments are stopped until an admin has looked. */
  readonly locked: boolean;
}

/** A row of a table is of 400 kB at most: this many findings of this size are less than half of it. */
export const MAX_FINDINGS = 100;
export const MAX_WORDS = 5;
export const MAX_SENTENCE = 300;

export type ReconciliationStatus = 'RUNNING' | 'BALANCED' | 'MISMATCHED';

/** A row of the model ReconciliationReport. */
export interface ReportRecord {
  /** Name of the execution that writes it. */
  readonly id: string;
  readonly kind: 'BALANCES';
  readonly status: ReconciliationStatus;
  readonly startedAt: Instant;
  readonly finishedAt?: Instant;
  /** How many accounts were judged; one that never held still is not. */
  readonly accountsChecked: number;
  /** How many accounts disagree, those of nobody included. */
  readonly mismatches: number;
  /** As many as one row has room for, once the check has ended; `mismatches` counts them all. */
  readonly findings?: readonly Finding[];
  /** The same by account while it runs, so that a step that runs again finds nothing twice. */
  readonly foundByAccount?: Readonly<Record<string, Finding>>;
  /** SCHEDULE, or the admin who asked for it. */
  readonly requestedBy: string;
  readonly stepFunctionExecutionArn?: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** Cut to what a report has room for, and honest about what was cut. */
export function findingOf(accountId: string, breaches: readonly string[], locked: boolean): Finding {
  const told = breaches.length > MAX_WORDS ? breaches.slice(0, MAX_WORDS - 1) : breaches;
  const more = breaches.length - told.length;
  return { accountId, words: [...told.map(cut), ...(more > 0 ? [`and ${more} more`] : [])], locked };
}

const cut = (sentence: string): string =>
  sentence.length > MAX_SENTENCE ? `${sentence.slice(0, MAX_SENTENCE - 1)}…` : sentence;
