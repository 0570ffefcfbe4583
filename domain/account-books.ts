import {
  checkAccount,
  checkEntry,
  checkEscrow,
  checkEscrowsOfRequest,
  checkOwner,
  checkPosting,
  checkRequest,
  postingsOf,
  type Breaches,
  type RequestOnBooks,
} from './book-rules.ts';
import type { Account, Escrow, LogEntry } from './ledger.ts';

/** One account, and every row that it must agree with, as they stand together. */
export interface AccountBooks {
  readonly account: Account;
  /** Whose account it is. */
  readonly isMember: boolean;
  /** All its entries. */
  readonly entries: readonly LogEntry[];
  /** What the same postings did to other accounts. */
  readonly counterparts: readonly LogEntry[];
  /** Every escrow that holds or held hours of its own, and those that its requests name. */
  readonly escrows: readonly Escrow[];
  /** Every request of its own, and those that its escrows are for. */
  readonly requests: readonly RequestOnBooks[];
}

/**
 * Every rule of the ledger asked of one account: an entry is checked with its account, a posting with each account that it
 * touches, an escrow and its request with the account that pays. Checked for all accounts, they are the rules of whole
 * books but for rows of no account; that all totals together are 0 follows from them. Returns each breach in words.
 */
export function checkAccountBooks(books: AccountBooks): Breaches {
  const { account, isMember, entries, counterparts, escrows, requests } = books;
  const all = [...entries, ...counterparts];
  const known = new Set(requests.map(({ id }) => id));
  const ofRequest = Map.groupBy(escrows, ({ requestId }) => requestId);
  return [
    ...checkOwner(account, isMember),
    ...checkAccount(account, entries, escrows),
    ...entries.flatMap(checkEntry),
    ...[...postingsOf(all)].flatMap(([id, posting]) => checkPosting(id, posting)),
    ...escrows.flatMap((escrow) => checkEscrow(escrow, all)),
    ...[...ofRequest].flatMap(([id, held]) => checkEscrowsOfRequest(id, known.has(id), held)),
    ...requests.flatMap((request) => checkRequest(request, ofRequest.get(request.id)?.[0])),
  ];
}
