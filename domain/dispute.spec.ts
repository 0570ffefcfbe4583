import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  DISPUTE_STATUSES,
  MAX_PROPOSALS,
  checkRefund,
  checkUndecided,
  disputeIdOf,
  isOver,
  openDispute,
  proposeSettlement,
  refundOf,
  settlementEvent,
  settlementToAnswer,
  sharesOf,
  type DisputeRecord,
} from './dispute.ts';
import { parseHours, plus, type SignedHours } from './hours.ts';
import { NOW, PROVIDER_ID, REQUESTER_ID, REQUEST_ID, STRANGER_ID, sampleRequest } from './samples.ts';

const h = parseHours;
const refused = (code: string, field?: string) =>
  expect.objectContaining(field === undefined ? { code } : { code, field }) as unknown;
const COMPLAINT = { reason: 'Not done', statement: 'Nobody came.' };

const dispute = (overrides: Partial<DisputeRecord> = {}): DisputeRecord => ({
  ...openDispute(sampleRequest({ status: 'COMPLETED', amount: h(2) }), REQUESTER_ID, COMPLAINT, NOW),
  status: 'AWAITING_DECISION',
  ...overrides,
});

describe('a dispute', () => {
  it('is opened by a party about its request as it stands', () => {
    const request = sampleRequest({ status: 'COMPLETED', amount: h(3), serviceTitle: 'Hedges' });
    expect(openDispute(request, PROVIDER_ID, COMPLAINT, NOW)).toEqual({
      id: `dispute-${REQUEST_ID}-provider`,
      requestId: REQUEST_ID,
      serviceTitle: 'Hedges',
      escrowId: `escrow-${REQUEST_ID}`,
      requesterId: REQUESTER_ID,
      providerId: PROVIDER_ID,
      openedBy: PROVIDER_ID,
      openedByRole: 'PROVIDER',
      ...COMPLAINT,
      status: 'OPEN',
      statusBefore: 'COMPLETED',
      amount: 3,
      proposals: 0,
      createdAt: NOW,
      updatedAt: NOW,
    });
    expect(() => openDispute(request, STRANGER_ID, COMPLAINT, NOW)).toThrow(refused('NOT_FOUND'));
  });

  it('is one for each party', () => {
    expect(disputeIdOf(REQUEST_ID, 'REQUESTER')).not.toBe(disputeIdOf(REQUEST_ID, 'PROVIDER'));
  });

  it('is over unless it was opened or waits', () => {
    const going = DISPUTE_STATUSES.filter((status) => !isOver({ status }));
    expect(going).toEqual(['OPEN', 'AWAITING_DECISION']);
    expect(() => {
      checkUndecided({ status: 'AWAITING_DECISION' });
    }).not.toThrow();
    expect(() => {
      checkUndecided({ status: 'OPEN' });
    }).toThrow(refused('TRY_AGAIN'));
    expect(() => {
      checkUndecided({ status: 'SETTLED' });
    }).toThrow(refused('ALREADY_ANSWERED'));
  });
});

describe('the hours of a decision', () => {
  it('are all, none, or a part that leaves both sides a quarter', () => {
    expect(refundOf(dispute(), 'REFUND_TO_REQUESTER', undefined)).toBe(2);
    expect(refundOf(dispute(), 'PAY_TO_PROVIDER', undefined)).toBe(0);
    expect(refundOf(dispute(), 'DISMISS_DISPUTE', undefined)).toBeUndefined();
    expect(refundOf(dispute(), 'PARTIAL_REFUND', 0.25)).toBe(0.25);
    expect(refundOf(dispute(), 'PARTIAL_REFUND', 1.75)).toBe(1.75);
  });

  it.each([undefined, 0, 2, 2.25, -0.25, 0.1, Number.NaN])('are no part of 2 hours: %s', (hours) => {
    expect(() => refundOf(dispute(), 'PARTIAL_REFUND', hours)).toThrow(
      refused('INVALID_HOURS', 'refundHours'),
    );
  });

  it.each(['REFUND_TO_REQUESTER', 'PAY_TO_PROVIDER', 'DISMISS_DISPUTE'] as const)(
    'are not named with %s',
    (decision) => {
      expect(() => refundOf(dispute(), decision, 1)).toThrow(refused('INVALID_INPUT', 'refundHours'));
    },
  );

  it('are refused with a sentence that says what would do', () => {
    expect(() => refundOf(dispute(), 'PARTIAL_REFUND', 2.25)).toThrow(
      /^refundHours: quarters of an hour, from 0 to 2$/,
    );
    expect(() => refundOf(dispute(), 'PARTIAL_REFUND', 2)).toThrow(
      /^refundHours: each side gets at least a quarter$/,
    );
    expect(() => refundOf(dispute(), 'DISMISS_DISPUTE', 1)).toThrow(
      /^refundHours: DISMISS_DISPUTE takes none$/,
    );
  });

  it('are shared without a rest', () => {
    const quarters = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(quarters, quarters, (one, other) => {
        const amount = h(Math.max(one, other) / 4);
        const shares = sharesOf({ amount }, h(Math.min(one, other) / 4));
        expect(plus(shares.requester, shares.provider)).toBe(amount);
        expect(shares.requester).toBe(Math.min(one, other) / 4);
      }),
    );
  });
});

describe('a settlement', () => {
  const proposed = (overrides: Partial<DisputeRecord> = {}) =>
    dispute({
      proposedRefundHours: h(0.5),
      proposedBy: REQUESTER_ID,
      proposedAt: NOW,
      proposals: 1,
      ...overrides,
    });

  it('is what it comes to', () => {
    const event = (hours: number) => settlementEvent(dispute(), checkRefund(dispute(), hours));
    expect([0, 0.25, 1.75, 2].map(event)).toEqual([
      'SETTLE_PAY',
      'SETTLE_PARTIAL',
      'SETTLE_PARTIAL',
      'SETTLE_REFUND',
    ]);
  });

  it('is proposed by a party, from nothing to all, and counted', () => {
    expect(proposeSettlement(dispute({ proposals: 3 }), PROVIDER_ID, 0, NOW)).toEqual({
      proposedRefundHours: 0,
      proposedBy: PROVIDER_ID,
      proposedAt: NOW,
      proposals: 4,
    });
    expect(proposeSettlement(dispute(), REQUESTER_ID, 2, NOW)).toMatchObject({ proposedRefundHours: 2 });
  });

  it.each([-0.25, 2.25, 0.1])('is not of %s hours', (hours) => {
    expect(() => proposeSettlement(dispute(), REQUESTER_ID, hours, NOW)).toThrow(
      refused('INVALID_HOURS', 'refundHours'),
    );
  });

  it('is proposed to a bound, by no stranger, while the dispute waits', () => {
    const propose = (overrides: Partial<DisputeRecord>, member = REQUESTER_ID) =>
      proposeSettlement(dispute(overrides), member, 1, NOW);
    expect(propose({ proposals: MAX_PROPOSALS - 1 }).proposals).toBe(MAX_PROPOSALS);
    expect(() => propose({ proposals: MAX_PROPOSALS })).toThrow(refused('TOO_MANY_ROUNDS'));
    expect(() => propose({}, STRANGER_ID)).toThrow(refused('NOT_FOUND'));
    expect(() => propose({ status: 'OPEN' })).toThrow(refused('TRY_AGAIN'));
    expect(() => propose({ status: 'RESOLVED' })).toThrow(refused('ALREADY_ANSWERED'));
  });

  it('is answered by the other party, as it was shown', () => {
    expect(settlementToAnswer(proposed(), PROVIDER_ID, 0.5)).toBe(0.5);
    expect(settlementToAnswer(proposed(), PROVIDER_ID, undefined)).toBe(0.5);
    expect(settlementToAnswer(proposed({ proposedRefundHours: 0 as SignedHours }), PROVIDER_ID, 0)).toBe(0);
    expect(() => settlementToAnswer(proposed(), PROVIDER_ID, 0.75)).toThrow(refused('TERMS_CHANGED'));
    expect(() => settlementToAnswer(proposed(), REQUESTER_ID, 0.5)).toThrow(refused('NOT_YOUR_TURN'));
    expect(() => settlementToAnswer(proposed(), STRANGER_ID, 0.5)).toThrow(refused('NOT_FOUND'));
    expect(() => settlementToAnswer(dispute(), PROVIDER_ID, 0.5)).toThrow(refused('NOT_ALLOWED_NOW'));
    expect(() => settlementToAnswer(proposed({ status: 'DISMISSED' }), PROVIDER_ID, 0.5)).toThrow(
      refused('ALREADY_ANSWERED'),
    );
  });
});
