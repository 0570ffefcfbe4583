import {
  checkAccount,
  checkEntry,
  checkEscrow,
  checkEscrowsOfRequest,
  checkOwner,
  checkPosting,
  checkRequest,
  ofNoAccount,
  postingsOf,
  type Breaches,
  type RequestOnBooks,
} from './book-rules.ts';
import { plus } from './hours.ts';
import type { Account, Escrow, LogEntry } from './ledger.ts';

export type { RequestOnBooks } from './book-rules.ts';

/** Everything that the rules of the ledger speak of, as it stands at one moment. */
export interface Books {
  readonly accounts: readonly Account[];
  readonly entries: readonly LogEntry[];
  readonly escrows: readonly Escrow[];
  /** Left out where only the money is checked. */
  readonly requests?: readonly RequestOnBooks[];
  /** The same. */
  readonly members?: readonly { readonly id: string }[];
}

/**
 * Every rule of the ledger asked of whole books at rest: by tests and the chaos runs. `account-books.ts` asks the same
 * rules of one account at a time, while hours move. Returns each breach in words; nothing means that the books are clean.
 */
export function checkBooks(books: Books): Breaches {
  const { accounts, entries, escrows, requests, members } = books;
  return [
    ...checkDuplicates(books),
    ...entries.flatMap(checkEntry),
    ...[...postingsOf(entries)].flatMap(([id, posting]) => checkPosting(id, posting)),
    ...accounts.flatMap((account) =>
      checkAccount(
        account,
        entries.filter(({ userId }) => userId === account.userId),
        escrows,
      ),
    ),
    ...checkSum(accounts),
    ...checkOwners(books),
    ...escrows.flatMap((escrow) => checkEscrow(escrow, entries)),
    ...(requests ? checkRequests(requests, escrows) : []),
    ...(members ? checkMembers(members, accounts) : []),
  ];
}

/** A table cannot hold a row twice; a model of one can. */
function checkDuplicates({ accounts, entries, escrows, requests = [] }: Books): Breaches {
  const twice = (what: string, ids: readonly string[]) =>
    ids.filter((id, at) => ids.indexOf(id) < at).map((id) => `${what} ${id} is there twice`);
  return [
    ...twice(
      'Account',
      accounts.map(({ userId }) => userId),
    ),
    ...twice('Entry', idsOf(entries)),
    ...twice('Escrow', idsOf(escrows)),
    ...twice('Request', idsOf(requests)),
  ];
}

const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);

/** Rule 2: hours are neither made nor lost. Follows from the other rules, and is asked of no single account. */
function checkSum(accounts: readonly Account[]): Breaches {
  const sum = plus(...accounts.map(({ totalBalance }) => totalBalance));
  return sum === 0 ? [] : [`All totals together are ${sum}, not 0`];
}

/** Nothing is logged or held for an account that does not exist. */
function checkOwners({ accounts, entries, escrows }: Books): Breaches {
  const known = new Set(accounts.map(({ userId }) => userId));
  return [
    ...entries.flatMap(({ id, userId }) => (known.has(userId) ? [] : [ofNoAccount('Entry', id)])),
    ...escrows.flatMap(({ id, fromUserId }) => (known.has(fromUserId) ? [] : [ofNoAccount('Escrow', id)])),
  ];
}

function checkRequests(requests: readonly RequestOnBooks[], escrows: readonly Escrow[]): Breaches {
  const known = new Set(requests.map(({ id }) => id));
  const ofRequest = Map.groupBy(escrows, ({ requestId }) => requestId);
  return [
    ...[...ofRequest].flatMap(([id, held]) => checkEscrowsOfRequest(id, known.has(id), held)),
    ...requests.flatMap((request) => checkRequest(request, ofRequest.get(request.id)?.[0])),
  ];
}

function checkMembers(members: readonly { readonly id: string }[], accounts: readonly Account[]): Breaches {
  const ids = new Set(members.map(({ id }) => id));
  const accountIds = new Set(accounts.map(({ userId }) => userId));
  return [
    ...accounts.flatMap((account) => checkOwner(account, ids.has(account.userId))),
    ...members.flatMap(({ id }) => (accountIds.has(id) ? [] : [ofNoAccount('Member', id)])),
  ];
}
