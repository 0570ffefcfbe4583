import { amountFor, negate, plus, type Hours, type Rate, type SignedHours } from './hours.ts';
import type { Account } from './ledger.ts';
import { Refusal } from './refusal.ts';
import type { RequestRecord } from './request.ts';

/** What two members trade: hours of work, at hours credited for each, and what that costs. */
export interface Terms {
  readonly hours: Hours;
  readonly rate: Rate;
  readonly amount: Hours;
}

/** Throws `Refusal` INVALID_HOURS where hours at that rate cost less than a quarter or too much. */
export const termsOf = (hours: Hours, rate: Rate): Terms => ({ hours, rate, amount: amountFor(hours, rate) });

type Negotiated = Pick<
  RequestRecord,
  | 'estimatedHours'
  | 'agreedHours'
  | 'agreedRate'
  | 'amount'
  | 'offeredHours'
  | 'offeredRate'
  | 'offeredAmount'
>;

/** The terms that an answer would be given to: the last counter-offer, else what was agreed, else what was asked for. */
export function termsOnTable(request: Negotiated): Terms {
  const { offeredHours, offeredRate, offeredAmount } = request;
  return offeredHours === undefined || offeredRate === undefined || offeredAmount === undefined
    ? {
        hours: request.agreedHours ?? request.estimatedHours,
        rate: request.agreedRate,
        amount: request.amount,
      }
    : { hours: offeredHours, rate: offeredRate, amount: offeredAmount };
}

/**
 * The terms of a counter-offer; a rate that is left out stays. Throws `Refusal` SAME_TERMS where nothing differs from what
 * is on the table, INVALID_HOURS as `termsOf`.
 */
export function counterOffer(request: Negotiated, hours: Hours, rate: Rate | undefined): Terms {
  const table = termsOnTable(request);
  const terms = termsOf(hours, rate ?? table.rate);
  if (terms.hours === table.hours && terms.rate === table.rate) throw new Refusal('SAME_TERMS');
  return terms;
}

/** Hours that terms cost the requester beyond what is held; negative where some come back. */
export const extraFor = (request: Pick<RequestRecord, 'amount'>, terms: Pick<Terms, 'amount'>): SignedHours =>
  plus(terms.amount, negate(request.amount));

/** Throws `Refusal` INSUFFICIENT_HOURS or ACCOUNT_LOCKED where the requester cannot hold what dearer terms add. */
export function checkAffordable(account: Account | undefined, extra: SignedHours): void {
  if (extra <= 0) return;
  if (account?.lockedAt !== undefined) throw new Refusal('ACCOUNT_LOCKED');
  if (!account || account.availableBalance < extra) throw new Refusal('INSUFFICIENT_HOURS');
}
