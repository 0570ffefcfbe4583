import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { checkAccountBooks, type AccountBooks } from './account-books.ts';
import { checkBooks, type Books, type RequestOnBooks } from './books.ts';
import { isQuarterStep, negate, parseHours, plus, type Hours } from './hours.ts';
import {
  applyEscrowChange,
  applyLine,
  emptyAccount,
  entryId,
  isOpen,
  netsToZero,
  type Account,
  type Escrow,
  type LogEntry,
  type Posting,
} from './ledger.ts';
import { adjustment, hold, partialRefund, refund, release, resize, welcomeBonus } from './posting.ts';
import { NOW } from './samples.ts';

const MEMBERS = ['ana', 'ben', 'cho'] as const;
const HASH = 'hash';

/** The ledger without a database: the same rules, applied to maps. */
class Model {
  readonly accounts = new Map<string, Account>();
  readonly entries: LogEntry[] = [];
  readonly escrows = new Map<string, Escrow>();
  readonly requests = new Map<string, RequestOnBooks>();

  /** All of a posting or nothing, as the transaction does it. */
  post(posting: Posting): void {
    const escrowId = posting.escrow?.type === 'OPEN' ? posting.escrow.escrow.id : posting.escrow?.escrowId;
    const escrow = posting.escrow && applyEscrowChange(this.escrows.get(escrowId ?? ''), posting.escrow);
    const moved = posting.lines.map((line) => {
      const before = this.accounts.get(line.userId) ?? emptyAccount(line.userId);
      return { line, before, after: applyLine(before, line, posting) };
    });
    for (const { line, before, after } of moved) {
      this.accounts.set(line.userId, after);
      this.entries.push({
        id: entryId(posting.transactionId, line.userId),
        transactionId: posting.transactionId,
        ...line,
        transactionType: posting.transactionType,
        balanceBefore: before.availableBalance,
        balanceAfter: after.availableBalance,
        description: posting.description,
        relatedEntityId: posting.relatedEntityId,
        postingHash: HASH,
        createdAt: NOW,
        updatedAt: NOW,
      });
    }
    if (!escrow) return;
    this.escrows.set(escrow.id, escrow);
    const status = isOpen(escrow) ? 'IN_PROGRESS' : escrow.status === 'RELEASED' ? 'PAID' : 'CANCELLED';
    const { requestId: id, amount } = escrow;
    const { fromUserId: requesterId, toUserId: providerId } = escrow;
    this.requests.set(id, { id, requesterId, providerId, status, amount, escrowId: escrow.id });
  }

  books(): Books {
    return {
      accounts: [...this.accounts.values()],
      entries: this.entries,
      escrows: [...this.escrows.values()],
      requests: [...this.requests.values()],
      members: MEMBERS.filter((id) => this.accounts.has(id)).map((id) => ({ id })),
    };
  }
}

/** The rows of whole books that one account must agree with, as reconciliation gathers them from the tables. */
function booksOf(account: Account, { entries, escrows, requests = [], members = [] }: Books): AccountBooks {
  const own = entries.filter(({ userId }) => userId === account.userId);
  const postings = new Set(own.map(({ transactionId }) => transactionId));
  const of = requests.filter(({ requesterId }) => requesterId === account.userId);
  const held = escrows.filter(
    ({ id, fromUserId }) => fromUserId === account.userId || of.some(({ escrowId }) => escrowId === id),
  );
  return {
    account,
    isMember: members.some(({ id }) => id === account.userId),
    entries: own,
    counterparts: entries.filter(
      ({ userId, transactionId }) => userId !== account.userId && postings.has(transactionId),
    ),
    escrows: held,
    requests: requests.filter(
      (request) => of.includes(request) || held.some(({ requestId }) => requestId === request.id),
    ),
  };
}

const checkEachAccount = (books: Books) =>
  books.accounts.flatMap((account) => checkAccountBooks(booksOf(account, books)));

interface Deed {
  readonly kind: 'hold' | 'resize' | 'release' | 'refund' | 'partial' | 'adjust';
  readonly who: number;
  readonly escrow: number;
  readonly hours: Hours;
}

const quarters = (most: number) => fc.integer({ min: 1, max: most * 4 }).map((n) => parseHours(n / 4));
const deeds = (count: { minLength?: number; maxLength: number }): fc.Arbitrary<readonly Deed[]> =>
  fc.array(
    fc.record({
      kind: fc.constantFrom<Deed['kind']>('hold', 'hold', 'resize', 'release', 'refund', 'partial', 'adjust'),
      who: fc.nat({ max: MEMBERS.length - 1 }),
      escrow: fc.nat({ max: 9 }),
      hours: quarters(6),
    }),
    { size: 'max', ...count },
  );
const anyDeeds = deeds({ maxLength: 40 });

const member = (index: number): string => MEMBERS[index % MEMBERS.length] ?? 'ana';

/** The posting that a deed asks for; undefined where there is nothing to do it to. */
function postingOf(
  model: Model,
  { kind, who, escrow: pick, hours }: Deed,
  round: number,
): Posting | undefined {
  if (kind === 'adjust')
    return adjustment({
      id: String(round),
      userId: member(who),
      hours: round % 2 ? hours : negate(hours),
      reason: 'A test',
      allowBelowZero: true,
    });
  const ids = { escrowId: `escrow-${round}`, requestId: String(round) };
  if (kind === 'hold') return hold({ ...ids, fromUserId: member(who), toUserId: member(who + 1), hours });
  const escrows = [...model.escrows.values()];
  const escrow = escrows[pick % Math.max(1, escrows.length)];
  if (!escrow) return undefined;
  if (kind === 'resize') return resize(escrow, hours, round);
  if (kind === 'release') return release(escrow);
  return kind === 'refund' ? refund(escrow) : partialRefund(escrow, hours, `dispute-${round}`);
}

/** Does what can be done of the deeds; what is refused leaves nothing behind. */
function live(done: readonly Deed[]): Model {
  const model = new Model();
  for (const name of MEMBERS) model.post(welcomeBonus(name));
  for (const [round, deed] of done.entries()) {
    try {
      const posting = postingOf(model, deed, round);
      if (posting) model.post(posting);
    } catch (error) {
      if (!(error instanceof Error && ['Refusal', 'EscrowMoved'].includes(error.name))) throw error;
    }
  }
  return model;
}

describe('every posting', () => {
  it('nets to zero', () => {
    fc.assert(
      fc.property(anyDeeds, (done) => {
        const model = live(done);
        for (const [round, deed] of done.entries()) {
          let posting: Posting | undefined;
          try {
            posting = postingOf(model, deed, round);
          } catch {
            continue; // a partial refund of all there is, or more: refused
          }
          if (posting) expect(netsToZero(posting.lines)).toBe(true);
        }
      }),
    );
  });

  it('in any order leaves the books clean', () => {
    fc.assert(
      fc.property(anyDeeds, (done) => {
        expect(checkBooks(live(done).books())).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is counted: the deeds do resolve holds in every way', () => {
    const statuses = new Set<string>();
    const sample = fc.sample(anyDeeds, { numRuns: 200, seed: 1 });
    for (const done of sample)
      for (const { status, releasedAmount, refundedAmount } of live(done).escrows.values())
        statuses.add(`${status}${releasedAmount > 0 && refundedAmount > 0 ? ' in part' : ''}`);
    expect([...statuses].sort()).toEqual(['CANCELLED', 'ESCROWED', 'RELEASED', 'RELEASED in part']);
  });
});

/** Every number there is in the books, by where it stands. */
const NUMBERS = {
  accounts: ['totalBalance', 'availableBalance', 'escrowedBalance', 'version'],
  entries: ['amount', 'heldDelta', 'balanceBefore', 'balanceAfter'],
  escrows: ['amount', 'releasedAmount', 'refundedAmount'],
  requests: ['amount'],
} as const;
type Table = keyof typeof NUMBERS;
const places = (Object.keys(NUMBERS) as Table[]).flatMap((table) =>
  NUMBERS[table].map((field) => ({ table, field })),
);

describe('checkBooks', () => {
  const lived = live(
    fc.sample(deeds({ minLength: 40, maxLength: 40 }), { numRuns: 1, seed: 7 })[0] ?? [],
  ).books();

  it.each(places)('finds $field of $table tampered with, in any row, by any quarter', ({ table, field }) => {
    const rows = lived[table] ?? [];
    expect(rows.length).toBeGreaterThan(0);
    fc.assert(
      fc.property(fc.nat({ max: rows.length - 1 }), quarters(50), fc.boolean(), (index, by, less) => {
        const tampered = rows.map((row, at) => {
          const value = (row as unknown as Record<string, number>)[field] ?? 0;
          return at === index ? { ...row, [field]: less ? value - by : value + by } : row;
        });
        expect(checkBooks({ ...lived, [table]: tampered })).not.toEqual([]);
      }),
    );
  });

  it.each(Object.keys(NUMBERS) as Table[])('finds a row of %s that is gone, or there twice', (table) => {
    const rows: readonly object[] = lived[table] ?? [];
    for (const [index, row] of rows.entries()) {
      const gone = rows.filter((_, at) => at !== index);
      expect(checkBooks({ ...lived, [table]: gone }), `without ${index}`).not.toEqual([]);
      expect(checkBooks({ ...lived, [table]: [...rows, row] }), `${index} twice`).not.toEqual([]);
    }
  });

  it('finds an entry that agrees with itself but not with the one before it', () => {
    const [first, ...others] = lived.entries;
    if (!first) throw new Error('Nobody lived');
    const shift = (hours: LogEntry['amount']) => plus(hours, parseHours(1));
    const shifted = {
      ...first,
      balanceBefore: shift(first.balanceBefore),
      balanceAfter: shift(first.balanceAfter),
    };
    expect(checkBooks({ ...lived, entries: [shifted, ...others] })).toEqual([
      `Account ${first.userId}: its entries do not follow one another`,
    ]);
  });

  it('says what all totals together are', () => {
    const [first, ...others] = lived.accounts;
    if (!first) throw new Error('Nobody lived');
    const richer = { ...first, totalBalance: plus(first.totalBalance, parseHours(1)) };
    expect(checkBooks({ ...lived, accounts: [richer, ...others] })).toContain(
      'All totals together are 1, not 0',
    );
  });

  it.each(['requesterId', 'providerId'] as const)('finds hours that are held for another %s', (field) => {
    const [request, ...others] = lived.requests ?? [];
    if (!request) throw new Error('Nobody lived');
    const requests = [{ ...request, [field]: 'dan' }, ...others];
    expect(checkBooks({ ...lived, requests }).join()).toContain(`Request ${request.id} is`);
  });

  it('finds a member without an account, and an account without a member', () => {
    const members = [{ id: 'dan' }, ...(lived.members ?? []).filter(({ id }) => id !== 'ana')];
    expect(checkBooks({ ...lived, members })).toEqual([
      'Account ana is of no member',
      'Member dan is of no account',
    ]);
  });

  it('finds an amount that is not in quarters', () => {
    const accounts = lived.accounts.map((account) => ({
      ...account,
      availableBalance: (account.availableBalance + 0.1) as typeof account.availableBalance,
    }));
    expect(accounts.some(({ availableBalance }) => isQuarterStep(availableBalance))).toBe(false);
    expect(checkBooks({ ...lived, accounts }).join()).toContain('not in quarters');
  });

  it('finds a status that parted from its money', () => {
    for (const [index, request] of (lived.requests ?? []).entries())
      for (const status of ['VALIDATING', 'IN_PROGRESS', 'PAID', 'EXPIRED', 'REFUNDED'] as const) {
        const fits =
          request.status === status ||
          (request.status === 'CANCELLED' && (status === 'EXPIRED' || status === 'REFUNDED'));
        const requests =
          lived.requests?.map((other, at) => (at === index ? { ...other, status } : other)) ?? [];
        expect(checkBooks({ ...lived, requests }).length > 0, `${request.status} as ${status}`).toBe(!fits);
      }
  });

  it('finds hours that are frozen by no dispute of their request', () => {
    const [escrow] = lived.escrows.filter(({ status }) => status === 'ESCROWED');
    const frozen = (status: RequestOnBooks['status'], disputeId?: string) =>
      checkBooks({
        ...lived,
        escrows: lived.escrows.map((row) =>
          row.id === escrow?.id ? { ...row, frozenBy: 'dispute-1' } : row,
        ),
        requests: (lived.requests ?? []).map((row) =>
          row.id === escrow?.requestId
            ? { ...row, status, ...(disputeId !== undefined && { disputeId }) }
            : row,
        ),
      });
    expect(frozen('DISPUTED', 'dispute-1')).toEqual([]);
    expect(frozen('DISPUTED', 'dispute-2')).toEqual([expect.stringContaining('frozen by dispute-1')]);
    expect(frozen('COMPLETED', 'dispute-1')).toEqual([expect.stringContaining('frozen by dispute-1')]);
  });

  it('finds an account below zero, unless an admin took the hours', () => {
    const taken = new Model();
    taken.post(welcomeBonus('ana'));
    taken.post(
      adjustment({
        id: '1',
        userId: 'ana',
        hours: negate(parseHours(12)),
        reason: 'Credited twice',
        allowBelowZero: true,
      }),
    );
    expect(checkBooks(taken.books())).toEqual([]);
    const entries = taken.entries.map((entry) => ({ ...entry, transactionType: 'TRANSFER' as const }));
    expect(checkBooks({ ...taken.books(), entries }).join()).toContain('below zero');
  });
});

describe('checkAccountBooks', () => {
  const lived = live(
    fc.sample(deeds({ minLength: 40, maxLength: 40 }), { numRuns: 1, seed: 7 })[0] ?? [],
  ).books();

  it('finds nothing where the books are clean', () => {
    fc.assert(
      fc.property(anyDeeds, (done) => {
        expect(checkEachAccount(live(done).books())).toEqual([]);
      }),
    );
  });

  it.each(places)('finds $field of $table tampered with, asked of every account', ({ table, field }) => {
    for (const [index, row] of (lived[table] ?? []).entries()) {
      const value = (row as unknown as Record<string, number>)[field] ?? 0;
      const rows = (lived[table] ?? []).map((other, at) =>
        at === index ? { ...other, [field]: value + 1 } : other,
      );
      expect(checkEachAccount({ ...lived, [table]: rows }), `${table} ${index}`).not.toEqual([]);
    }
  });

  it.each(['entries', 'escrows', 'requests', 'members'] as const)(
    'finds a row of %s that is gone, asked of every account',
    (table) => {
      const rows: readonly object[] = lived[table] ?? [];
      expect(rows.length).toBeGreaterThan(0);
      for (const index of rows.keys())
        expect(checkEachAccount({ ...lived, [table]: rows.filter((_, at) => at !== index) })).not.toEqual([]);
    },
  );

  it('says nothing that the rules of whole books do not say, and says it of the account that pays', () => {
    const escrows = lived.escrows.map((escrow, at) =>
      at === 0 ? { ...escrow, refundedAmount: plus(escrow.refundedAmount, parseHours(1)) } : escrow,
    );
    const whole = new Set(checkBooks({ ...lived, escrows }));
    const payer = escrows[0]?.fromUserId;
    for (const account of lived.accounts) {
      const found = checkAccountBooks(booksOf(account, { ...lived, escrows }));
      expect(found.length > 0).toBe(account.userId === payer);
      expect(found.filter((breach) => !whole.has(breach))).toEqual([]);
    }
  });
});
