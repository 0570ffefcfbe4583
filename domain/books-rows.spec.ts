import { describe, expect, it } from 'vitest';

import { checkAccountBooks } from './account-books.ts';
import { checkBooks, type RequestOnBooks } from './books.ts';
import { NO_HOURS, negate, parseHours, type SignedHours } from './hours.ts';
import { emptyAccount, type Account, type LogEntry } from './ledger.ts';
import { NOW, sampleEscrow } from './samples.ts';

/** Whole books of few rows, for what no life of an account brings about (`books.spec.ts` lives them). */

const entry = (
  transactionId: string,
  userId: string,
  amount: SignedHours,
  before: SignedHours = NO_HOURS,
): LogEntry => ({
  id: `${transactionId}#${userId}`,
  transactionId,
  userId,
  transactionType: 'TRANSFER',
  amount,
  heldDelta: NO_HOURS,
  balanceBefore: before,
  balanceAfter: (before + amount) as SignedHours,
  description: 'A test',
  relatedEntityId: userId,
  postingHash: 'hash',
  createdAt: NOW,
  updatedAt: NOW,
});

const account = (
  userId: string,
  hours: SignedHours,
  version: number,
  lastTransactionId: string,
): Account => ({
  ...emptyAccount(userId),
  availableBalance: hours,
  totalBalance: hours,
  version,
  lastTransactionId,
});

/** An escrow that is over: it disturbs the books of no account. */
const refunded = sampleEscrow({
  id: 'e',
  requestId: 'r',
  fromUserId: 'ana',
  toUserId: 'ben',
  status: 'CANCELLED',
  refundedAmount: parseHours(2),
});

describe('whole books', () => {
  it('name the account, escrow and request that are there twice', () => {
    const request: RequestOnBooks = {
      id: 'refused',
      requesterId: 'ana',
      providerId: 'ben',
      status: 'REJECTED',
      amount: 2,
    };
    expect(
      checkBooks({
        accounts: [emptyAccount('ana'), emptyAccount('ben'), emptyAccount('ana')],
        entries: [],
        escrows: [refunded, refunded],
        requests: [request, request],
      }),
    ).toEqual([
      'Account ana is there twice',
      'Escrow e is there twice',
      'Request refused is there twice',
      'Request r has 2 escrows',
      'No request r, but an escrow',
    ]);
  });

  it('name the entry that is there twice', () => {
    const nothing = entry('t', 'ana', NO_HOURS);
    expect(
      checkBooks({
        accounts: [account('ana', NO_HOURS, 2, 't')],
        entries: [nothing, nothing],
        escrows: [],
      }),
    ).toEqual(['Entry t#ana is there twice']);
  });

  it('name what belongs to an account that there is not', () => {
    expect(checkBooks({ accounts: [], entries: [entry('t', 'ana', NO_HOURS)], escrows: [refunded] })).toEqual(
      ['Entry t#ana is of no account', 'Escrow e is of no account'],
    );
  });

  it('are checked for the money alone where requests and members are left out', () => {
    expect(checkBooks({ accounts: [emptyAccount('ana')], entries: [], escrows: [refunded] })).toEqual([]);
  });
});

describe('a posting that nets to something', () => {
  const one = parseHours(1);
  // Each of two gives an hour and gets one, so that every account and the sum of all are in order.
  const entries = [
    entry('x', 'ana', one),
    entry('y', 'ana', negate(one), one),
    entry('y', 'ben', negate(one)),
    entry('x', 'ben', one, negate(one)),
  ];
  const ana = account('ana', NO_HOURS, 2, 'y');

  it('is found in whole books', () => {
    const accounts = [ana, account('ben', NO_HOURS, 2, 'x')];
    expect(checkBooks({ accounts, entries, escrows: [] })).toEqual([
      'Posting x nets to 2',
      'Posting y nets to -2',
    ]);
  });

  it('is found in the books of one account, with what it did to another', () => {
    const books = { account: ana, isMember: true, escrows: [], requests: [] };
    const own = entries.slice(0, 2);
    expect(checkAccountBooks({ ...books, entries: own, counterparts: entries.slice(2) })).toEqual([
      'Posting x nets to 2',
      'Posting y nets to -2',
    ]);
  });
});
