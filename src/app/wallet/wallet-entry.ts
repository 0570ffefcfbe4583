import type { LogEntry } from '../shared/api/balance-client';
import { transactionWords } from '../shared/wording/transaction-words';

/** Which way hours went: to the member, from them, into a hold, or out of one and back. */
export type Direction = 'in' | 'out' | 'hold' | 'back';

/** An entry of the log as the wallet shows it. */
export interface WalletEntry {
  readonly id: string;
  readonly at: string;
  readonly words: string;
  readonly direction: Direction;
  /** What it did to the available hours; for a payment out of a hold, what left the hold. */
  readonly change: number;
  /** Available hours after it. */
  readonly availableAfter: number;
  readonly requestId: string | undefined;
  /** Of the request it was for. */
  readonly title: string | undefined;
}

export function toWalletEntry(entry: LogEntry, title: string | undefined): WalletEntry {
  const { amount, heldDelta } = entry;
  return {
    id: entry.id,
    at: entry.at,
    words: transactionWords(entry),
    direction: directionOf(amount, heldDelta),
    change: amount === 0 ? heldDelta : amount,
    availableAfter: entry.balanceAfter,
    requestId: entry.requestId,
    title,
  };
}

function directionOf(amount: number, heldDelta: number): Direction {
  if (heldDelta > 0) return 'hold';
  if (heldDelta < 0 && amount > 0) return 'back';
  return amount > 0 ? 'in' : 'out';
}
