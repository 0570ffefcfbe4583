import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseHours, plus, negate, type SignedHours } from './hours.ts';
import {
  applyEscrowChange,
  applyLine,
  emptyAccount,
  isTreasury,
  treasuryShard,
  type Account,
} from './ledger.ts';
import { adjustment, hold, partialRefund, refund, release, resize, welcomeBonus } from './posting.ts';
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

describe('the postings of design.md section 3', () => {
  const escrow = sampleEscrow({ amount: h(4) });
  it.each([
    ['hold 4', hold({ ...terms, hours: h(4) }), 'hold-escrow-1', [-4, 4]],
    ['top-up 4 to 5', resize(escrow, h(5), 2), `resize-${escrow.id}-2`, [-1, 1]],
    ['give back 4 to 2.5', resize(escrow, h(2.5), 3), `resize-${escrow.id}-3`, [1.5, -1.5]],
    ['release 4', release(escrow), `release-${escrow.id}`, [0, -4, 4, 0]],
    ['refund 4', refund(escrow), `refund-${escrow.id}`, [4, -4]],
    ['refund 1 of 4', partialRefund(escrow, h(1), 'd'), `partial-${escrow.id}`, [1, -4, 3, 0]],
    ['welcome', welcomeBonus(REQUESTER_ID), `welcome-${REQUESTER_ID}`, [-10, 0, 10, 0]],
    ['adjustment -3', adjusted(PROVIDER_ID, negate(h(3))), 'adjustment-a', [3, 0, -3, 0]],
  ])('%s', (_, posting, transactionId, moves) => {
    expect(posting.transactionId).toBe(transactionId);
    expect(posting.lines.flatMap(({ amount, heldDelta }) => [amount, heldDelta])).toEqual(moves);
  });

  it.each([4, 4.25])(
    'a partial refund of %d of 4 is refused: each part is at least a quarter',
    (refunded) => {
      expect(() => partialRefund(escrow, h(refunded), 'd')).toThrow(
        expect.objectContaining({ code: 'INVALID_HOURS' }),
      );
    },
  );

  it('a decision is logged as one, whichever way the hours go', () => {
    expect(release(escrow, 'd').transactionType).toBe('DISPUTE_RESOLUTION');
    expect(refund(escrow, 'd').transactionType).toBe('DISPUTE_RESOLUTION');
    expect(release(escrow).transactionType).toBe('TRANSFER');
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
    const moved = expect.objectContaining({ name: 'EscrowMoved' }) as Error;
    expect(() => applyEscrowChange(frozen, closing(release(escrow)))).toThrow(moved);
    expect(() => applyEscrowChange(frozen, closing(refund(escrow, 'other')))).toThrow(moved);
    expect(() => applyEscrowChange(frozen, closing(resize(escrow, h(5), 1)))).toThrow(moved);
    expect(applyEscrowChange(frozen, closing(refund(escrow, 'd')))).not.toHaveProperty('frozenBy');
  });

  it('of other hours than the posting says has moved', () => {
    const resized = { ...escrow, amount: h(5) };
    for (const way of ways) expect(() => applyEscrowChange(resized, way)).toThrow('5 hours');
  });
});
