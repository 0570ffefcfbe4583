import { parseHours, parseRate } from '../../../../domain/hours';
import { termsOnTable } from '../../../../domain/negotiation';
import type { Terms } from '../../../../domain/negotiation';
import type { ServiceRequest } from './service-request';

type Negotiated = Pick<
  ServiceRequest,
  | 'estimatedHours'
  | 'agreedHours'
  | 'agreedRate'
  | 'amount'
  | 'offeredHours'
  | 'offeredRate'
  | 'offeredAmount'
>;

/** The terms of a request that an answer would be given to, as they are shown. */
export function shownTerms(request: Negotiated): Terms {
  const { agreedHours, offeredHours, offeredRate, offeredAmount } = request;
  return termsOnTable({
    estimatedHours: parseHours(request.estimatedHours),
    agreedRate: parseRate(request.agreedRate),
    amount: parseHours(request.amount),
    ...(agreedHours !== undefined && { agreedHours: parseHours(agreedHours) }),
    ...(offeredHours !== undefined && { offeredHours: parseHours(offeredHours) }),
    ...(offeredRate !== undefined && { offeredRate: parseRate(offeredRate) }),
    ...(offeredAmount !== undefined && { offeredAmount: parseHours(offeredAmount) }),
  });
}
