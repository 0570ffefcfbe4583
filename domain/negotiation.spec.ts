import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseHours, parseRate } from './hours.ts';
import { emptyAccount } from './ledger.ts';
import { checkAffordable, counterOffer, extraFor, termsOf, termsOnTable } from './negotiation.ts';
import { NOW, REQUESTER_ID, sampleRequest } from './samples.ts';

const h = parseHours;
const rate = parseRate;
const refused = (code: string) => expect.objectContaining({ code }) as unknown;
const offered = { offeredHours: h(3), offeredRate: rate(1.5), offeredAmount: h(4.5) };

describe('the terms on the table', () => {
  it('are what was asked for, until something else is agreed or offered', () => {
    expect(termsOnTable(sampleRequest())).toEqual({ hours: 2, rate: 1, amount: 2 });
    const agreed = { agreedHours: h(4), agreedRate: rate(0.5), amount: h(2) };
    expect(termsOnTable(sampleRequest(agreed))).toEqual({ hours: 4, rate: 0.5, amount: 2 });
    expect(termsOnTable(sampleRequest({ ...agreed, ...offered }))).toEqual({
      hours: 3,
      rate: 1.5,
      amount: 4.5,
    });
  });

  it.each(['offeredHours', 'offeredRate', 'offeredAmount'] as const)(
    'are no half offer, without %s',
    (part) => {
      const { [part]: _missing, ...half } = offered;
      expect(termsOnTable(sampleRequest(half))).toMatchObject({ hours: 2 });
    },
  );
});

describe('a counter-offer', () => {
  it('costs its hours at its rate, which stays where it is left out', () => {
    expect(counterOffer(sampleRequest(), h(3), rate(2))).toEqual({ hours: 3, rate: 2, amount: 6 });
    expect(counterOffer(sampleRequest(offered), h(1), undefined)).toEqual({
      hours: 1,
      rate: 1.5,
      amount: 1.5,
    });
  });

  it('differs from what is on the table in hours or in rate', () => {
    const request = sampleRequest(offered);
    expect(() => counterOffer(request, h(3), rate(1.5))).toThrow(refused('SAME_TERMS'));
    expect(() => counterOffer(request, h(3), undefined)).toThrow(refused('SAME_TERMS'));
    expect(counterOffer(request, h(3), rate(1)).amount).toBe(3);
    expect(counterOffer(request, h(2), rate(1.5)).amount).toBe(3);
  });

  it('costs neither more nor less than can be held', () => {
    expect(() => termsOf(h(1000), rate(2))).toThrow(refused('INVALID_HOURS'));
    expect(() => termsOf(h(0.25), rate(0.25))).toThrow(refused('INVALID_HOURS'));
  });
});

describe('what terms add to a hold', () => {
  it('is the difference, whichever is more', () => {
    const quarters = fc.integer({ min: 1, max: 400 }).map((count) => h(count / 4));
    fc.assert(
      fc.property(quarters, quarters, (held, amount) => {
        expect(extraFor({ amount: held }, { amount })).toBe(amount - held);
      }),
    );
  });

  it('must be available to the requester, to the quarter, and not be locked', () => {
    const account = { ...emptyAccount(REQUESTER_ID), availableBalance: h(2) };
    expect(() => {
      checkAffordable(account, h(2));
    }).not.toThrow();
    expect(() => {
      checkAffordable(account, h(2.25));
    }).toThrow(refused('INSUFFICIENT_HOURS'));
    expect(() => {
      checkAffordable({ ...account, lockedAt: NOW }, h(1));
    }).toThrow(refused('ACCOUNT_LOCKED'));
    expect(() => {
      checkAffordable(undefined, h(0.25));
    }).toThrow(refused('INSUFFICIENT_HOURS'));
  });

  it('is nobody’s concern where nothing is added', () => {
    const locked = { ...emptyAccount(REQUESTER_ID), lockedAt: NOW };
    expect(() => {
      checkAffordable(locked, extraFor({ amount: h(2) }, { amount: h(2) }));
    }).not.toThrow();
    expect(() => {
      checkAffordable(undefined, extraFor({ amount: h(2) }, { amount: h(1) }));
    }).not.toThrow();
  });
});
