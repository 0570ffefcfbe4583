import { checkRefund, sharesOf } from '../../../../domain/dispute';
import { parseHours } from '../../../../domain/hours';
import type { Dispute } from '../api/dispute';

/** Who gets what, in hours. */
export interface Shares {
  readonly requester: number;
  readonly provider: number;
}

/** The hours at stake in a dispute, divided so that `refundHours` go back to the requester. */
export function sharesFor(dispute: Pick<Dispute, 'amount'>, refundHours: number): Shares {
  const atStake = { amount: parseHours(dispute.amount) };
  return sharesOf(atStake, checkRefund(atStake, refundHours));
}
