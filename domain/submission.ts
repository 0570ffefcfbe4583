import type { Command } from './commands.ts';
import { amountFor } from './hours.ts';
import type { Instant } from './instant.ts';
import type { Account } from './ledger.ts';
import type { Offer } from './offer.ts';
import { responseTimeOf } from './profile.ts';
import { Refusal } from './refusal.ts';
import type { RequestRecord } from './request.ts';

/** What a submission is judged by, as it stands when it is judged. */
export interface SubmissionFacts {
  readonly requesterId: string;
  readonly offer: Offer | undefined;
  /** The provider's member row. */
  readonly provider: { readonly responseTimeHours?: number | null | undefined } | undefined;
  /** The requester's account. */
  readonly account: Account | undefined;
}

export type Submission = Command<'submitServiceRequest'>;

/**
 * The rules of submitting, in the order in which they are told: the offer exists and is active, is not one's own, its
 * rate is the one shown, and the hours are there. Returns the new request. Throws `Refusal` OFFER_UNAVAILABLE,
 * OWN_OFFER, TERMS_CHANGED, INVALID_HOURS, NOT_A_MEMBER, ACCOUNT_LOCKED or INSUFFICIENT_HOURS.
 */
export function submit(
  submission: Submission,
  facts: SubmissionFacts,
  submissionHash: string,
  now: Instant,
): RequestRecord {
  const { offer, provider, requesterId } = facts;
  if (!offer || !provider) throw new Refusal('OFFER_UNAVAILABLE');
  if (offer.providerId === requesterId) throw new Refusal('OWN_OFFER');
  if (!offer.active) throw new Refusal('OFFER_UNAVAILABLE');
  if (offer.rate !== submission.rate) throw new Refusal('TERMS_CHANGED');
  const amount = amountFor(submission.estimatedHours, submission.rate);
  checkAccount(facts.account, amount);
  return {
    id: submission.requestId,
    serviceId: offer.id,
    serviceTitle: offer.title,
    requesterId,
    providerId: offer.providerId,
    status: 'INITIATED',
    estimatedHours: submission.estimatedHours,
    agreedRate: submission.rate,
    amount,
    ...(submission.message !== undefined && { message: submission.message }),
    negotiationRound: 0,
    changesRequested: 0,
    responseTimeHours: responseTimeOf(provider),
    revision: 1,
    engine: 'v1',
    submissionHash,
    createdAt: now,
    updatedAt: now,
  };
}

/**
 * The same rules for a request that was written a moment ago: the offer may have been changed meanwhile. Throws what
 * `submit` throws; the workflow turns it into REJECTED with the code as its reason.
 */
export function recheck(request: RequestRecord, facts: SubmissionFacts): void {
  const { offer } = facts;
  if (!offer?.active || !facts.provider) throw new Refusal('OFFER_UNAVAILABLE');
  if (offer.providerId === request.requesterId) throw new Refusal('OWN_OFFER');
  if (offer.rate !== request.agreedRate) throw new Refusal('TERMS_CHANGED');
  checkAccount(facts.account, request.amount);
}

/** What tells one submission from another with the same request id: hash this text. */
export const submissionText = (requesterId: string, submission: Submission): string =>
  JSON.stringify([
    requesterId,
    submission.serviceId,
    submission.estimatedHours,
    submission.rate,
    submission.message ?? '',
  ]);

function checkAccount(account: Account | undefined, amount: number): void {
  if (!account) throw new Refusal('NOT_A_MEMBER');
  if (account.lockedAt !== undefined) throw new Refusal('ACCOUNT_LOCKED');
  if (account.availableBalance < amount) throw new Refusal('INSUFFICIENT_HOURS');
}
