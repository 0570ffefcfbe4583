import { describe, expect, it } from 'vitest';

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
  type RequestOnBooks,
} from './book-rules.ts';
import {
  ESCROW_STATUSES,
  emptyAccount,
  type Account,
  type Escrow,
  type EscrowStatus,
  type LogEntry,
} from './ledger.ts';
import { STATUSES, type Status } from './life-cycle.ts';
import { NOW, sampleEscrow } from './samples.ts';

/** A row with plain numbers: the books are asked whether numbers are right, so no type may promise it. */
type Plain<Row> = { readonly [Field in keyof Row]: Row[Field] extends number ? number : Row[Field] };

/** Ten hours came in. */
const entry = (broken: Partial<Plain<LogEntry>> = {}): LogEntry => {
  const { transactionId = 'in', userId = 'ana' } = broken;
  const row: Plain<LogEntry> = {
    id: `${transactionId}#${userId}`,
    transactionId,
    userId,
    transactionType: 'TRANSFER',
    amount: 10,
    heldDelta: 0,
    balanceBefore: 0,
    balanceAfter: 10,
    description: 'A test',
    relatedEntityId: 'ana',
    postingHash: 'hash',
    createdAt: NOW,
    updatedAt: NOW,
    ...broken,
  };
  return row as LogEntry;
};

const account = (broken: Partial<Plain<Account>> = {}): Account => {
  const row: Plain<Account> = { ...emptyAccount('ana'), ...broken };
  return row as Account;
};

const escrow = (broken: Partial<Plain<Escrow>> = {}): Escrow => {
  const row: Plain<Escrow> = {
    ...sampleEscrow({ id: 'e', requestId: 'r', fromUserId: 'ana', toUserId: 'ben' }),
    ...broken,
  };
  return row as Escrow;
};

describe('an entry', () => {
  it('is in order', () => {
    expect(checkEntry(entry())).toEqual([]);
  });

  it.each<[Partial<Plain<LogEntry>>, string[]]>([
    [{ id: 'in#ben' }, ['Entry in#ben is not named after its posting and account']],
    [{ amount: 9 }, ['Entry in#ana: 0 and 9 is not 10']],
    [{ balanceBefore: 1 }, ['Entry in#ana: 1 and 10 is not 10']],
    [{ heldDelta: 0.1 }, ['Entry in#ana has an amount that is not in quarters of an hour']],
    [
      { amount: 10.125, balanceAfter: 10.125 },
      ['Entry in#ana has an amount that is not in quarters of an hour'],
    ],
    [
      { balanceBefore: 0.125, balanceAfter: 10.125 },
      ['Entry in#ana has an amount that is not in quarters of an hour'],
    ],
    [
      { balanceAfter: 10.125 },
      [
        'Entry in#ana: 0 and 10 is not 10.125',
        'Entry in#ana has an amount that is not in quarters of an hour',
      ],
    ],
  ])('with %j is not', (broken, breaches) => {
    expect(checkEntry(entry(broken))).toEqual(breaches);
  });
});

describe('a posting', () => {
  const taken = entry({ transactionId: 'x', amount: -10, heldDelta: 4 });
  const given = entry({ transactionId: 'x', userId: 'ben', amount: 6 });
  const other = entry({ transactionId: 'y' });

  it('is all the entries with its id', () => {
    expect([...postingsOf([taken, other, given])]).toEqual([
      ['x', [taken, given]],
      ['y', [other]],
    ]);
  });

  it('nets to zero, with what it holds', () => {
    expect(checkPosting('x', [taken, given])).toEqual([]);
    expect(checkPosting('x', [taken])).toEqual(['Posting x nets to -6']);
    expect(checkPosting('x', [given])).toEqual(['Posting x nets to 6']);
  });
});

describe('an account', () => {
  const rich = { availableBalance: 10, totalBalance: 10, version: 1, lastTransactionId: 'in' };
  const held = escrow({ amount: 4 });
  const hold = entry({
    transactionId: 'hold',
    amount: -4,
    heldDelta: 4,
    balanceBefore: 10,
    balanceAfter: 6,
    relatedEntityId: 'e',
  });
  const holding = {
    availableBalance: 6,
    escrowedBalance: 4,
    totalBalance: 10,
    version: 2,
    lastTransactionId: 'hold',
  };

  it('is in order without entries, with one, and with hours held', () => {
    expect(checkAccount(account(), [], [])).toEqual([]);
    expect(checkAccount(account(rich), [entry()], [])).toEqual([]);
    expect(checkAccount(account(holding), [hold, entry()], [held])).toEqual([]);
  });

  it('holds no hours of closed escrows, nor of those that another one pays', () => {
    const others = [escrow({ id: 'f', status: 'CANCELLED' }), escrow({ id: 'g', fromUserId: 'ben' })];
    expect(checkAccount(account(holding), [hold, entry()], [held, ...others])).toEqual([]);
  });

  it.each<[Partial<Plain<Account>>, string[]]>([
    [
      { availableBalance: 6.25, totalBalance: 10.25 },
      [
        'Account ana: available by the log is 6.25, not 6',
        'Account ana: its entries do not follow one another',
      ],
    ],
    [
      { escrowedBalance: 5, totalBalance: 11 },
      ['Account ana: escrowed by the log is 5, not 4', 'Account ana: escrowed by open escrows is 5, not 4'],
    ],
    [{ totalBalance: 9 }, ['Account ana: total is 9, not 10']],
    [
      { totalBalance: 10.1 },
      ['Account ana has an amount that is not in quarters of an hour', 'Account ana: total is 10.1, not 10'],
    ],
    [
      { escrowedBalance: 4.125, totalBalance: 10.125 },
      [
        'Account ana has an amount that is not in quarters of an hour',
        'Account ana: escrowed by the log is 4.125, not 4',
        'Account ana: escrowed by open escrows is 4.125, not 4',
      ],
    ],
    [
      { availableBalance: 6.125, totalBalance: 10.125 },
      [
        'Account ana has an amount that is not in quarters of an hour',
        'Account ana: available by the log is 6.125, not 6',
        'Account ana: its entries do not follow one another',
      ],
    ],
    [{ version: 3 }, ['Account ana: version is 3, not 2']],
    [{ lastTransactionId: 'gone' }, ['Account ana: its last posting gone is not in the log']],
  ])('with %j is not', (broken, breaches) => {
    expect(checkAccount(account({ ...holding, ...broken }), [entry(), hold], [held])).toEqual(breaches);
  });

  it('that has entries names the last of them', () => {
    const { lastTransactionId: _none, ...unnamed } = rich;
    expect(checkAccount(account(unnamed), [entry()], [])).toEqual([
      'Account ana: its last posting (none) is not in the log',
    ]);
  });

  it('holds as much as its open escrows say', () => {
    expect(checkAccount(account(holding), [entry(), hold], [])).toEqual([
      'Account ana: escrowed by open escrows is 4, not 0',
    ]);
  });

  it('never holds less than nothing', () => {
    const overdrawn = { ...rich, availableBalance: 11, escrowedBalance: -1 };
    expect(
      checkAccount(account(overdrawn), [entry({ amount: 11, heldDelta: -1, balanceAfter: 11 })], []),
    ).toEqual(['Account ana: escrowed by open escrows is -1, not 0', 'Account ana holds less than nothing']);
  });

  describe('below zero', () => {
    const below = { ...rich, availableBalance: -2, totalBalance: -2 };
    const taken = { amount: -2, balanceAfter: -2 };

    it('is one that an admin took hours from, or the treasury', () => {
      const byAdmin = entry({ ...taken, transactionType: 'ADMIN_ADJUSTMENT' });
      expect(checkAccount(account(below), [byAdmin], [])).toEqual([]);
      const treasury = account({ ...below, userId: 'treasury-3' });
      expect(checkAccount(treasury, [entry({ ...taken, userId: 'treasury-3' })], [])).toEqual([]);
    });

    it('is no other', () => {
      expect(checkAccount(account(below), [entry(taken)], [])).toEqual(['Account ana is below zero']);
    });

    it.each([0, 1])('is none that an admin gave %d hours', (given) => {
      const gift = entry({ transactionType: 'ADMIN_ADJUSTMENT', amount: given, balanceAfter: given });
      const spent = { amount: -2 - given, balanceBefore: given, balanceAfter: -2 };
      expect(
        checkAccount(
          account({ ...below, version: 2, lastTransactionId: 'out' }),
          [gift, entry({ transactionId: 'out', ...spent })],
          [],
        ),
      ).toEqual(['Account ana is below zero']);
    });
  });

  it('has entries that follow one another, however many of them do', () => {
    const one = entry({ transactionId: 'one', amount: 5, balanceAfter: 5 });
    const two = entry({ transactionId: 'two', amount: 2, balanceBefore: 6, balanceAfter: 8 });
    const seven = { availableBalance: 7, totalBalance: 7, version: 2, lastTransactionId: 'two' };
    expect(checkAccount(account(seven), [one, two], [])).toEqual([
      'Account ana: its entries do not follow one another',
    ]);
  });

  it('is of a member or of the treasury', () => {
    expect(checkOwner({ userId: 'ana' }, true)).toEqual([]);
    expect(checkOwner({ userId: 'treasury-0' }, false)).toEqual([]);
    expect(checkOwner({ userId: 'ana' }, false)).toEqual(['Account ana is of no member']);
    expect(ofNoAccount('Escrow', 'e')).toBe('Escrow e is of no account');
  });
});

describe('an escrow', () => {
  const hold = entry({ transactionId: 'hold', amount: -2, heldDelta: 2, relatedEntityId: 'e' });
  const payer = { transactionId: 'end', heldDelta: -2, relatedEntityId: 'e' };
  const released = [
    hold,
    entry({ ...payer, amount: 0 }),
    entry({ transactionId: 'end', userId: 'ben', amount: 2, relatedEntityId: 'e' }),
  ];
  const refunded = [hold, entry({ ...payer, amount: 2 })];
  const ENDS = {
    ESCROWED: [escrow(), [hold]],
    RELEASED: [escrow({ status: 'RELEASED', releasedAmount: 2 }), released],
    CANCELLED: [escrow({ status: 'CANCELLED', refundedAmount: 2 }), refunded],
  } as const;

  it.each(['ESCROWED', 'RELEASED', 'CANCELLED'] as const)('that is %s is in order', (status) => {
    const [row, entries] = ENDS[status];
    expect(checkEscrow(row, entries)).toEqual([]);
    const unrelated = entry({ transactionId: 'other', amount: 7, heldDelta: 1, relatedEntityId: 'f' });
    expect(checkEscrow(row, [...entries, unrelated])).toEqual([]);
  });

  it.each<[keyof typeof ENDS, Partial<Plain<Escrow>>, string[]]>([
    ['ESCROWED', { refundedAmount: 1 }, ['Escrow e: released and refunded is 1, not 0']],
    [
      'ESCROWED',
      { amount: 3 },
      ['Escrow e: held by the log is 2, not 3', 'Escrow e: taken from the requester by the log is 2, not 3'],
    ],
    [
      'RELEASED',
      { releasedAmount: 1, refundedAmount: 1 },
      [
        'Escrow e: taken from the requester by the log is 2, not 1',
        'Escrow e: paid to the provider by the log is 2, not 1',
      ],
    ],
    ['RELEASED', { refundedAmount: 1 }, ['Escrow e: released and refunded is 3, not 2']],
    [
      'RELEASED',
      { refundedAmount: 0.1 },
      [
        'Escrow e has an amount that is not in quarters of an hour',
        'Escrow e: released and refunded is 2.1, not 2',
      ],
    ],
    [
      'RELEASED',
      { amount: 2.1 },
      [
        'Escrow e has an amount that is not in quarters of an hour',
        'Escrow e: released and refunded is 2, not 2.1',
      ],
    ],
    [
      'CANCELLED',
      { releasedAmount: 0.1 },
      [
        'Escrow e has an amount that is not in quarters of an hour',
        'Escrow e: released and refunded is 2.1, not 2',
        'Escrow e: taken from the requester by the log is 0, not 0.1',
        'Escrow e: paid to the provider by the log is 0, not 0.1',
        'Escrow e is CANCELLED and paid 0.1',
      ],
    ],
    ['CANCELLED', { status: 'RELEASED' }, ['Escrow e is RELEASED and paid nothing']],
    ['RELEASED', { status: 'CANCELLED' }, ['Escrow e is CANCELLED and paid 2']],
    ['RELEASED', { frozenBy: 'd' }, ['Escrow e is RELEASED and still frozen']],
    ['CANCELLED', { frozenBy: 'd' }, ['Escrow e is CANCELLED and still frozen']],
    ['ESCROWED', { frozenBy: 'd' }, []],
  ])('that is %s with %j is told of', (status, broken, breaches) => {
    const [row, entries] = ENDS[status];
    expect(checkEscrow({ ...row, ...broken } as Escrow, entries)).toEqual(breaches);
  });

  it('holds the hours of its requester', () => {
    const byBen = entry({ ...hold, id: 'hold#ben', userId: 'ben' });
    expect(checkEscrow(escrow(), [byBen])).toEqual([
      'Escrow e: held by the log is 0, not 2',
      'Escrow e: taken from the requester by the log is 0, not 2',
      'Escrow e: paid to the provider by the log is -2, not 0',
    ]);
  });

  it.each([0, -0.25])('is not of %d hours', (amount) => {
    const holdOf = entry({ transactionId: 'hold', amount: -amount, heldDelta: amount, relatedEntityId: 'e' });
    expect(checkEscrow(escrow({ amount }), [holdOf])).toEqual([`Escrow e is of ${amount} hours`]);
  });

  it('is of a request, and the only one of it', () => {
    const [one, two] = [escrow(), escrow({ id: 'f' })];
    expect(checkEscrowsOfRequest('r', true, [one])).toEqual([]);
    expect(checkEscrowsOfRequest('r', true, [one, two])).toEqual(['Request r has 2 escrows']);
    expect(checkEscrowsOfRequest('r', false, [one])).toEqual(['No request r, but an escrow']);
    expect(checkEscrowsOfRequest('r', false, [one, two])).toEqual([
      'Request r has 2 escrows',
      'No request r, but an escrow',
    ]);
  });
});

describe('a request', () => {
  const unheld: RequestOnBooks = {
    id: 'r',
    requesterId: 'ana',
    providerId: 'ben',
    status: 'IN_PROGRESS',
    amount: 2,
  };
  const request: RequestOnBooks = { ...unheld, escrowId: 'e' };

  it.each<[Partial<RequestOnBooks>, string[]]>([
    [{}, []],
    [{ escrowId: 'f' }, ['Request r names escrow f, not e']],
    [{ amount: 3 }, ['Request r is of 3 hours, its escrow of 2']],
    [{ requesterId: 'cho' }, ['Request r is by cho, its escrow from ana']],
    [{ providerId: 'cho' }, ['Request r is to cho, its escrow to ben']],
    [{ status: 'PAID' }, ['Request r is PAID, its escrow ESCROWED']],
  ])('with %j agrees with its escrow, or it is told of', (broken, breaches) => {
    expect(checkRequest({ ...request, ...broken }, escrow())).toEqual(breaches);
  });

  it('names the escrow that there is, and none that there is not', () => {
    expect(checkRequest(unheld, escrow())).toEqual(['Request r names escrow (none), not e']);
    expect(checkRequest({ ...request, status: 'VALIDATING' }, undefined)).toEqual([
      'Request r names escrow e, not (none)',
    ]);
    expect(checkRequest(unheld, undefined)).toEqual(['Request r is IN_PROGRESS, its escrow absent']);
  });

  it('is frozen by its own dispute alone, while that goes on', () => {
    const frozen = escrow({ frozenBy: 'd' });
    expect(checkRequest({ ...request, status: 'DISPUTED', disputeId: 'd' }, frozen)).toEqual([]);
    expect(checkRequest({ ...request, status: 'DISPUTED', disputeId: 'd2' }, frozen)).toEqual([
      'Request r is DISPUTED, its escrow frozen by d',
    ]);
    expect(checkRequest({ ...request, disputeId: 'd' }, frozen)).toEqual([
      'Request r is IN_PROGRESS, its escrow frozen by d',
    ]);
  });

  const OPEN: readonly EscrowStatus[] = ['ESCROWED', 'RELEASING', 'CANCELLING'];
  const FITS: Readonly<Record<Status, readonly (EscrowStatus | 'absent')[]>> = {
    INITIATED: ['absent'],
    VALIDATING: ['absent'],
    ESCROWED: OPEN,
    AWAITING_RESPONSE: OPEN,
    NEGOTIATING: OPEN,
    ACCEPTED: OPEN,
    IN_PROGRESS: OPEN,
    COMPLETED: OPEN,
    DISPUTED: OPEN,
    PAID: ['RELEASED'],
    REJECTED: ['absent', 'CANCELLED'],
    EXPIRED: ['CANCELLED'],
    CANCELLED: ['absent', 'CANCELLED'],
    REFUNDED: ['CANCELLED'],
  };

  it.each(STATUSES)('in %s has an escrow in a status that fits', (status) => {
    for (const held of ESCROW_STATUSES)
      expect(checkRequest({ ...request, status }, escrow({ status: held }))).toEqual(
        FITS[status].includes(held) ? [] : [`Request r is ${status}, its escrow ${held}`],
      );
    expect(checkRequest({ ...unheld, status }, undefined)).toEqual(
      FITS[status].includes('absent') ? [] : [`Request r is ${status}, its escrow absent`],
    );
  });
});
