import { NO_HOURS, type SignedHours } from './hours.ts';
import type { RequestRecord } from './request.ts';
import type { Ratings, ReviewRecord } from './review.ts';

/** What is counted of members and offers. Totals only ever grow, each time together with what they count. */

export interface MemberTotals extends Ratings {
  readonly requestsPaid: number;
  readonly servicesDelivered: number;
  readonly hoursGiven: SignedHours;
  readonly hoursReceived: SignedHours;
}

export interface ServiceTotals extends Ratings {
  readonly timesPaid: number;
  readonly hoursPaid: SignedHours;
}

export const NO_MEMBER_TOTALS: MemberTotals = {
  requestsPaid: 0,
  servicesDelivered: 0,
  hoursGiven: NO_HOURS,
  hoursReceived: NO_HOURS,
  ratingSum: 0,
  ratingCount: 0,
};

export const NO_SERVICE_TOTALS: ServiceTotals = {
  timesPaid: 0,
  hoursPaid: NO_HOURS,
  ratingSum: 0,
  ratingCount: 0,
};

/** What one event adds to whose totals. */
export interface Increase {
  readonly members: Readonly<Record<string, Partial<MemberTotals>>>;
  readonly services: Readonly<Record<string, Partial<ServiceTotals>>>;
}

/** A request was paid; `hours` are those that reached the provider. */
export const paymentIncrease = (request: RequestRecord, hours: SignedHours): Increase => ({
  members: {
    [request.providerId]: { servicesDelivered: 1, hoursGiven: hours },
    [request.requesterId]: { requestsPaid: 1, hoursReceived: hours },
  },
  services: { [request.serviceId]: { timesPaid: 1, hoursPaid: hours } },
});

/** A review was published. What a provider says of a requester says nothing about the offer. */
export function ratingIncrease(review: ReviewRecord): Increase {
  const rated: Ratings = { ratingSum: review.rating, ratingCount: 1 };
  return {
    members: { [review.subjectId]: rated },
    services: review.authorRole === 'REQUESTER' ? { [review.serviceId]: rated } : {},
  };
}
