import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseHours, plus, negate, type SignedHours } from './hours.ts';
import {
  ESCROW_STATUSES,
  EscrowMoved,
  applyEscrowChange,
  applyLine,
  emptyAccount,
  isOpen,
  isTreasury,
  netsToZero,
  treasuryShard,
  type Account,
} from './ledger.ts';
import { adjustment, hold, partialRefund, refund, release, resize } from './posting.ts';
import { NOW, PROVIDER_ID, REQUESTER_ID, REQUEST_ID, sampleEscrow } from './samples.ts';

const h = parseHours;
const terms = {
  escrowId: 'escrow-1',
  requestId: REQUEST_ID,
  fromUserId: REQUESTER_ID,
  toUserId: PROVIDER_ID,
};

const adjusted = (userId: string, hours: SignedHours, allowBelowZero = false) =>
  adjustment({ id: 'a', userId, hours, reason: 'why', allowBelowZero });

describe('lines of a posting', () => {
  it.each<[boolean, readonly (readonly [amount: number, heldDelta: number])[]]>([
    [true, []],
    [true, [[-4, 4]]],
    [
      true,
      [
        [1, -4],
        [3, 0],
      ],
    ],
    [false, [[-4, 3.75]]],
    [false, [[0.25, 0]]],
    [false, [[0, -0.25]]],
  ])('net to zero or not (%s): %j', (balanced, moves) => {
    const lines = moves.map(([amount, heldDelta]) => ({
      userId: REQUESTER_ID,
      amount: amount as SignedHours,
      heldDelta: heldDelta as SignedHours,
    }));
    expect(netsToZero(lines)).toBe(balanced);
  });
});

describe('treasury', () => {
  it('has sixteen shards, all in use, and the shard follows from the id', () => {
    const ids = Array.from({ length: 500 }, (_, n) => `welcome-${n}`);
    const shards = new Set(ids.map(treasuryShard));
    expect(shards).toEqual(new Set(Array.from({ length: 16 }, (_, n) => `treasury-${n}`)));
    expect(ids.map(treasuryShard)).toEqual(ids.map(treasuryShard));
  });

  it('is never mistaken for a member', () => {
    fc.assert(fc.property(fc.uuid(), (id) => !isTreasury(id)));
  });

  it('is known by the whole of its name', () => {
    const names = ['treasury-0', 'treasury-15', 'treasury-1a', 'my-treasury-1', 'treasury-', 'treasury'];
    expect(names.filter(isTreasury)).toEqual(['treasury-0', 'treasury-15']);
  });
});

describe('an account', () => {
  const account: Account = { ...emptyAccount(REQUESTER_ID), availableBalance: h(3), totalBalance: h(3) };
  const holdOf = (hours: number) => hold({ ...terms, hours: h(hours) });
  const apply = (posting: ReturnType<typeof hold>, from = account) => {
    const line = posting.lines.find(({ userId }) => userId === from.userId);
    if (!line) throw new Error('No line');
    return applyLine(from, line, posting);
  };

  it('gives all it has, and no quarter more', () => {
    expect(apply(holdOf(3))).toMatchObject({
      availableBalance: 0,
      escrowedBalance: 3,
      totalBalance: 3,
      version: 1,
    });
    expect(() => apply(holdOf(3.25))).toThrow(expect.objectContaining({ code: 'INSUFFICIENT_HOURS' }));
  });

  it('that is locked takes no hold, top-up or adjustment, but every release, refund and give-back', () => {
    const locked = { ...apply(holdOf(3)), availableBalance: h(3), lockedAt: NOW };
    const escrow = sampleEscrow({ amount: h(3) });
    const refused = expect.objectContaining({ code: 'ACCOUNT_LOCKED' }) as unknown;
    expect(() => apply(holdOf(1), locked)).toThrow(refused);
    expect(() => apply(resize(escrow, h(4), 1), locked)).toThrow(refused);
    expect(() => apply(adjusted(REQUESTER_ID, h(1)), locked)).toThrow(refused);
    expect(apply(release(escrow), locked).escrowedBalance).toBe(0);
    expect(apply(refund(escrow), locked).availableBalance).toBe(6);
    expect(apply(resize(escrow, h(2), 1), locked).escrowedBalance).toBe(2);
  });

  it('goes below zero by an adjustment that says so, and only by that', () => {
    const refused = expect.objectContaining({ code: 'INSUFFICIENT_HOURS' }) as unknown;
    expect(() => apply(adjusted(REQUESTER_ID, negate(h(5))))).toThrow(refused);
    expect(apply(adjusted(REQUESTER_ID, negate(h(5)), true)).availableBalance).toBe(-2);
  });

  it('never gives back more than it holds', () => {
    expect(() => apply(refund(sampleEscrow({ amount: h(1) })))).toThrow('more out of escrow than is held');
  });
});

describe('an escrow', () => {
  const escrow = sampleEscrow({ amount: h(4) });
  const closing = (posting: ReturnType<typeof release>) => {
    if (!posting.escrow) throw new Error('No escrow');
    return posting.escrow;
  };
  const ways = [release(escrow), refund(escrow), partialRefund(escrow, h(1), 'd')].map(closing);

  it('is open while its hours can still move', () => {
    expect(ESCROW_STATUSES.filter((status) => isOpen({ ...escrow, status }))).toEqual([
      'ESCROWED',
      'RELEASING',
      'CANCELLING',
    ]);
  });

  it('is opened once', () => {
    const opening = closing(hold({ ...terms, hours: h(4) }));
    const opened = applyEscrowChange(undefined, opening);
    expect(opened).toStrictEqual(sampleEscrow({ id: 'escrow-1', amount: h(4) }));
    expect(() => applyEscrowChange(opened, opening)).toThrow(
      new EscrowMoved('Escrow escrow-1 exists already'),
    );
  });

  it.each([
    ['release', closing(release(escrow))],
    ['refund', closing(refund(escrow))],
    ['resize', closing(resize(escrow, h(5), 1))],
  ])('that does not exist takes no %s', (_, change) => {
    expect(() => applyEscrowChange(undefined, change)).toThrow(
      new EscrowMoved(`Escrow ${escrow.id} does not exist`),
    );
  });

  it.each([
    ['release', closing(release(escrow)), { status: 'RELEASED', releasedAmount: 4, refundedAmount: 0 }],
    ['refund', closing(refund(escrow)), { status: 'CANCELLED', releasedAmount: 0, refundedAmount: 4 }],
    [
      'division',
      closing(partialRefund(escrow, h(1), 'd')),
      { status: 'RELEASED', releasedAmount: 3, refundedAmount: 1 },
    ],
    ['top-up', closing(resize(escrow, h(5), 1)), { amount: 5 }],
    ['give-back', closing(resize(escrow, h(2.5), 1)), { amount: 2.5 }],
  ])('after a %s is what it was, but for that', (_, change, difference) => {
    expect(applyEscrowChange(escrow, change)).toStrictEqual({ ...escrow, ...difference });
  });

  it('resolves once: released and refunded make up what was held, and nothing more happens to it', () => {
    for (const way of ways) {
      const closed = applyEscrowChange(escrow, way);
      expect(plus(closed.releasedAmount, closed.refundedAmount)).toBe(escrow.amount);
      for (const again of ways)
        expect(() => applyEscrowChange(closed, again)).toThrow(
          expect.objectContaining({ name: 'EscrowMoved' }),
        );
    }
  });

  it('whose release has begun is not refunded, nor the reverse', () => {
    const moved = expect.objectContaining({ name: 'EscrowMoved' }) as Error;
    const releasing = { ...escrow, status: 'RELEASING' } as const;
    const cancelling = { ...escrow, status: 'CANCELLING' } as const;
    expect(applyEscrowChange(releasing, closing(release(escrow))).status).toBe('RELEASED');
    expect(applyEscrowChange(cancelling, closing(refund(escrow))).status).toBe('CANCELLED');
    expect(() => applyEscrowChange(releasing, closing(refund(escrow)))).toThrow(moved);
    expect(() => applyEscrowChange(cancelling, closing(release(escrow)))).toThrow(moved);
    expect(() => applyEscrowChange(releasing, closing(resize(escrow, h(5), 1)))).toThrow(moved);
  });

  it('that is frozen moves only by its dispute', () => {
    const frozen = { ...escrow, frozenBy: 'd' };
    const moved = new EscrowMoved(`Escrow ${escrow.id} is frozen`);
    expect(() => applyEscrowChange(frozen, closing(release(escrow)))).toThrow(moved);
    expect(() => applyEscrowChange(frozen, closing(refund(escrow, 'other')))).toThrow(moved);
    expect(() => applyEscrowChange(frozen, closing(resize(escrow, h(5), 1)))).toThrow(moved);
    expect(applyEscrowChange(frozen, closing(refund(escrow, 'd')))).not.toHaveProperty('frozenBy');
  });

  it('of other hours than the posting says has moved', () => {
    const resized = { ...escrow, amount: h(5) };
    for (const way of [...ways, closing(resize(escrow, h(6), 1))])
      expect(() => applyEscrowChange(resized, way)).toThrow(
        new EscrowMoved(`Escrow ${escrow.id} is ESCROWED with 5 hours`),
      );
  });
});
