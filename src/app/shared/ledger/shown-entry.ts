import type { LogEntry } from '../api/balance-client';
import { transactionWords } from '../wording/transaction-words';

/** Which way hours went: to the member, from them, into a hold, out of one and back, out of one to another, or nowhere. */
export type Direction = 'in' | 'out' | 'hold' | 'back' | 'paid' | 'none';

/** An entry of the log as it is shown. */
export interface ShownEntry {
  readonly id: string;
  readonly at: string;
  readonly words: string;
  /** What an admin gave as the reason. */
  readonly reason: string | undefined;
  readonly direction: Direction;
  /** What it did to the available hours; for a payment out of a hold, which does nothing to them, what was paid. */
  readonly change: number;
  /** Available hours after it. */
  readonly availableAfter: number;
  readonly requestId: string | undefined;
  /** Of the request it was for. */
  readonly title: string | undefined;
}

export function toShownEntry(entry: LogEntry, title: string | undefined): ShownEntry {
  const { amount, heldDelta } = entry;
  return {
    id: entry.id,
    at: entry.at,
    words: transactionWords(entry),
    reason: entry.type === 'ADMIN_ADJUSTMENT' ? entry.description : undefined,
    direction: directionOf(amount, heldDelta),
    change: amount === 0 ? Math.abs(heldDelta) : amount,
    availableAfter: entry.balanceAfter,
    requestId: entry.requestId,
    title,
  };
}

function directionOf(amount: number, heldDelta: number): Direction {
  if (amount === 0 && heldDelta === 0) return 'none';
  if (heldDelta > 0) return 'hold';
  if (heldDelta < 0 && amount > 0) return 'back';
  if (amount === 0) return 'paid';
  return amount > 0 ? 'in' : 'out';
}
