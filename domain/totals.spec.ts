import { describe, expect, it } from 'vitest';

import { parseHours } from './hours.ts';
import { review } from './review.ts';
import { NOW, PROVIDER_ID, REQUESTER_ID, sampleRequest } from './samples.ts';
import { NO_MEMBER_TOTALS, NO_SERVICE_TOTALS, paymentIncrease, ratingIncrease } from './totals.ts';

const request = sampleRequest({ status: 'PAID' });

describe('totals', () => {
  it('begin with nothing', () => {
    expect(NO_MEMBER_TOTALS).toEqual({
      requestsPaid: 0,
      servicesDelivered: 0,
      hoursGiven: 0,
      hoursReceived: 0,
      ratingSum: 0,
      ratingCount: 0,
    });
    expect(NO_SERVICE_TOTALS).toEqual({ timesPaid: 0, hoursPaid: 0, ratingSum: 0, ratingCount: 0 });
  });

  it('of a payment count the hours that were paid, which a decision may have made fewer', () => {
    expect(paymentIncrease(request, parseHours(1.25))).toEqual({
      members: {
        [PROVIDER_ID]: { servicesDelivered: 1, hoursGiven: 1.25 },
        [REQUESTER_ID]: { requestsPaid: 1, hoursReceived: 1.25 },
      },
      services: { 'offer-1': { timesPaid: 1, hoursPaid: 1.25 } },
    });
  });

  it('of a rating by the requester count for provider and offer', () => {
    const rated = { ratingSum: 4, ratingCount: 1 };
    expect(ratingIncrease(review(request, REQUESTER_ID, { rating: 4 }, NOW))).toEqual({
      members: { [PROVIDER_ID]: rated },
      services: { 'offer-1': rated },
    });
  });

  it('of a rating by the provider count for the requester alone', () => {
    expect(ratingIncrease(review(request, PROVIDER_ID, { rating: 2 }, NOW))).toEqual({
      members: { [REQUESTER_ID]: { ratingSum: 2, ratingCount: 1 } },
      services: {},
    });
  });
});
