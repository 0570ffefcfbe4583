import { describe, expect, it } from 'vitest';

import { NO_HOURS, negate, parseHours } from './hours.ts';
import { treasuryShard, type Posting, type PostingLine } from './ledger.ts';
import type { LedgerEffect } from './life-cycle.ts';
import {
  adjustment,
  hold,
  ledgerEffectOf,
  partialRefund,
  refund,
  release,
  resize,
  welcomeBonus,
} from './posting.ts';
import { PROVIDER_ID, REQUESTER_ID, REQUEST_ID, sampleEscrow } from './samples.ts';

const h = parseHours;
const escrow = sampleEscrow({ id: 'escrow-1', amount: h(4) });

const line = (userId: string, amount: number, heldDelta: number) =>
  ({ userId, amount, heldDelta }) as PostingLine;
/** What closes the escrow of four hours. */
const closed = (released: number, refunded: number) => ({
  type: 'CLOSE',
  escrowId: 'escrow-1',
  held: 4,
  released,
  refunded,
});

describe('the postings of design.md section 3', () => {
  it('hold: the hours go from available to escrowed', () => {
    expect(
      hold({
        escrowId: 'escrow-1',
        requestId: REQUEST_ID,
        fromUserId: REQUESTER_ID,
        toUserId: PROVIDER_ID,
        hours: h(4),
      }),
    ).toStrictEqual({
      transactionId: 'hold-escrow-1',
      kind: 'HOLD',
      transactionType: 'ESCROW',
      lines: [line(REQUESTER_ID, -4, 4)],
      escrow: { type: 'OPEN', escrow },
      description: 'Hours held for a request',
      relatedEntityId: 'escrow-1',
    });
  });

  it.each([
    ['top-up', 5, 2, line(REQUESTER_ID, -1, 1)],
    ['give-back', 2.5, 3, line(REQUESTER_ID, 1.5, -1.5)],
    ['resize to the same', 4, 1, line(REQUESTER_ID, 0, 0)],
  ])('%s of 4 to %d in round %d', (_, to, round, moved) => {
    expect(resize(escrow, h(to), round)).toStrictEqual({
      transactionId: `resize-escrow-1-${round}`,
      kind: 'RESIZE',
      transactionType: 'ESCROW',
      lines: [moved],
      escrow: { type: 'RESIZE', escrowId: 'escrow-1', from: 4, to },
      description: 'Held hours set to what was agreed',
      relatedEntityId: 'escrow-1',
    });
  });

  it.each([
    ['TRANSFER', {}, release(escrow)],
    ['DISPUTE_RESOLUTION', { disputeId: 'd' }, release(escrow, 'd')],
  ])('release, logged as %s: all that is held goes to the provider', (transactionType, decided, posting) => {
    expect(posting).toStrictEqual({
      transactionId: 'release-escrow-1',
      kind: 'RELEASE',
      transactionType,
      lines: [line(REQUESTER_ID, 0, -4), line(PROVIDER_ID, 4, 0)],
      escrow: { ...closed(4, 0), ...decided },
      description: 'Hours paid for a service',
      relatedEntityId: 'escrow-1',
    });
  });

  it.each([
    ['REFUND', {}, refund(escrow)],
    ['DISPUTE_RESOLUTION', { disputeId: 'd' }, refund(escrow, 'd')],
  ])('refund, logged as %s: all that is held goes back', (transactionType, decided, posting) => {
    expect(posting).toStrictEqual({
      transactionId: 'refund-escrow-1',
      kind: 'REFUND',
      transactionType,
      lines: [line(REQUESTER_ID, 4, -4)],
      escrow: { ...closed(0, 4), ...decided },
      description: 'Held hours given back',
      relatedEntityId: 'escrow-1',
    });
  });

  it('partial refund: a part goes back, the rest to the provider', () => {
    expect(partialRefund(escrow, h(1), 'd')).toStrictEqual({
      transactionId: 'partial-escrow-1',
      kind: 'PARTIAL',
      transactionType: 'DISPUTE_RESOLUTION',
      lines: [line(REQUESTER_ID, 1, -4), line(PROVIDER_ID, 3, 0)],
      escrow: { ...closed(3, 1), disputeId: 'd' },
      description: 'Held hours divided by a decision',
      relatedEntityId: 'escrow-1',
    });
  });

  it.each([4, 4.25])(
    'a partial refund of %d of 4 is refused: each part is at least a quarter',
    (refunded) => {
      expect(() => partialRefund(escrow, h(refunded), 'd')).toThrow(
        expect.objectContaining({ code: 'INVALID_HOURS' }),
      );
    },
  );

  it('welcome bonus: ten hours from the treasury', () => {
    const transactionId = `welcome-${REQUESTER_ID}`;
    expect(welcomeBonus(REQUESTER_ID)).toStrictEqual({
      transactionId,
      kind: 'WELCOME',
      transactionType: 'WELCOME_BONUS',
      lines: [line(treasuryShard(transactionId), -10, 0), line(REQUESTER_ID, 10, 0)],
      description: 'Welcome bonus',
      relatedEntityId: REQUESTER_ID,
    });
  });

  it.each([
    ['no overdraft unless it is allowed', undefined, {}],
    ['no overdraft where it is refused', false, {}],
    ['an overdraft where it is allowed', true, { mayOverdraw: true }],
  ])('adjustment: signed, against the treasury, with %s', (_, allowed, overdraft) => {
    expect(
      adjustment({
        id: 'a',
        userId: PROVIDER_ID,
        hours: negate(h(3)),
        reason: 'Credited twice',
        ...(allowed !== undefined && { allowBelowZero: allowed }),
      }),
    ).toStrictEqual({
      transactionId: 'adjustment-a',
      kind: 'ADJUSTMENT',
      ...overdraft,
      transactionType: 'ADMIN_ADJUSTMENT',
      lines: [line(treasuryShard('adjustment-a'), 3, 0), line(PROVIDER_ID, -3, 0)],
      description: 'Credited twice',
      relatedEntityId: 'a',
    });
  });
});

describe('the effect of a posting on its request', () => {
  it.each<[LedgerEffect, Posting]>([
    [
      'HOLD',
      hold({ escrowId: 'e', requestId: 'r', fromUserId: REQUESTER_ID, toUserId: PROVIDER_ID, hours: h(1) }),
    ],
    ['RESIZE', resize(escrow, h(5), 1)],
    ['RELEASE', release(escrow)],
    ['REFUND', refund(escrow)],
    ['PARTIAL', partialRefund(escrow, h(1), 'd')],
    ['NONE', welcomeBonus(REQUESTER_ID)],
    ['NONE', adjustment({ id: 'a', userId: PROVIDER_ID, hours: NO_HOURS, reason: 'why' })],
  ])('is %s', (effect, posting) => {
    expect(ledgerEffectOf(posting)).toBe(effect);
  });
});
