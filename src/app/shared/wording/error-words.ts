import { codeOf } from '../api/api-error';
import type { ErrorCode } from '../api/api-error';

/** What went wrong, in words for the member. Every code has some: the switch is exhaustive. */
export const errorWords = (error: unknown): string => wordsOf(codeOf(error));

export function wordsOf(code: ErrorCode): string {
  switch (code) {
    case 'INVALID_INPUT':
      return $localize`:@@error.invalidInput:Something in what you entered is not right. Please check it and try again.`;
    case 'INVALID_HOURS':
      return $localize`:@@error.invalidHours:Hours go in quarters, from 0.25 to 1000.`;
    case 'INVALID_RATE':
      return $localize`:@@error.invalidRate:A rate goes in quarters, from 0.25 to 10.`;
    case 'NOT_A_MEMBER':
      return $localize`:@@error.notAMember:Your membership is not ready yet. Sign out and in again, and it will be.`;
    case 'NOT_AN_ADMIN':
      return $localize`:@@error.notAnAdmin:Only admins may do this.`;
    case 'NOT_FOUND':
      return $localize`:@@error.notFound:This does not exist, or it is not yours to see.`;
    case 'OWN_OFFER':
      return $localize`:@@error.ownOffer:This is your own offer. Ask a neighbour instead.`;
    case 'OFFER_UNAVAILABLE':
      return $localize`:@@error.offerUnavailable:This offer is no longer available.`;
    case 'SAME_TERMS':
      return $localize`:@@error.sameTerms:These are the terms on the table already. Change something, or accept them.`;
    case 'TERMS_CHANGED':
      return $localize`:@@error.termsChanged:The terms have changed since you saw them. Have another look before you go on.`;
    case 'INSUFFICIENT_HOURS':
      return $localize`:@@error.insufficientHours:You do not have enough hours available for this. Offer a service to earn some.`;
    case 'ACCOUNT_LOCKED':
      return $localize`:@@error.accountLocked:This account is locked while its hours are being checked. Nothing is lost.`;
    case 'DUPLICATE_REQUEST':
      return $localize`:@@error.duplicateRequest:This request was sent before with other contents. Start a new one.`;
    case 'NOT_YOUR_TURN':
      return $localize`:@@error.notYourTurn:It is the other member's turn.`;
    case 'NOT_ALLOWED_NOW':
      return $localize`:@@error.notAllowedNow:The request has moved on, and this is no longer possible.`;
    case 'ALREADY_ANSWERED':
      return $localize`:@@error.alreadyAnswered:This has been answered already.`;
    case 'TOO_MANY_CHANGES':
      return $localize`:@@error.tooManyChanges:Changes have been asked for as often as possible. Confirm, or wait for the deadline.`;
    case 'TOO_MANY_ROUNDS':
      return $localize`:@@error.tooManyRounds:There have been as many counter-offers as possible. Accept or decline.`;
    case 'TOO_MANY_DISPUTES':
      return $localize`:@@error.tooManyDisputes:You have opened a dispute about this request before.`;
    case 'CONFLICT_OF_INTEREST':
      return $localize`:@@error.conflictOfInterest:You have a part in this yourself. Another admin must decide it.`;
    case 'INVALID_FILE':
      return $localize`:@@error.invalidFile:This file cannot be taken: it must be an image (JPEG, PNG, WebP or GIF) or a PDF, of at most 5 MB.`;
    case 'TOO_MUCH_EVIDENCE':
      return $localize`:@@error.tooMuchEvidence:You have added as much as possible already.`;
    case 'TRY_AGAIN':
      return $localize`:@@error.tryAgain:The last step is still being carried out. Try again in a moment.`;
    case 'OFFLINE':
      return $localize`:@@error.offline:You are offline. What you did was not sent. Try again once you are connected.`;
    case 'SIGNED_OUT':
      return $localize`:@@error.signedOut:Your session is over. Please sign in again.`;
    case 'UNEXPECTED':
      return $localize`:@@error.unexpected:Something went wrong on our side. Nothing was lost. Please try again.`;
  }
}
