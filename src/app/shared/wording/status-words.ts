import type { Status } from '../../../../domain/life-cycle';
import { REFUSALS } from '../../../../domain/refusal';
import type { RefusalCode } from '../../../../domain/refusal';
import { wordsOf } from './error-words';

/** A status in a word or two, the same to both parties. */
export function statusWords(status: Status): string {
  switch (status) {
    case 'INITIATED':
      return $localize`:@@status.initiated:Sent`;
    case 'VALIDATING':
      return $localize`:@@status.validating:Being checked`;
    case 'ESCROWED':
      return $localize`:@@status.escrowed:Hours held`;
    case 'AWAITING_RESPONSE':
      return $localize`:@@status.awaitingResponse:Awaiting an answer`;
    case 'NEGOTIATING':
      return $localize`:@@status.negotiating:Negotiating`;
    case 'ACCEPTED':
      return $localize`:@@status.accepted:Accepted`;
    case 'IN_PROGRESS':
      return $localize`:@@status.inProgress:In progress`;
    case 'COMPLETED':
      return $localize`:@@status.completed:Delivered`;
    case 'DISPUTED':
      return $localize`:@@status.disputed:Disputed`;
    case 'PAID':
      return $localize`:@@status.paid:Paid`;
    case 'REJECTED':
      return $localize`:@@status.rejected:Declined`;
    case 'EXPIRED':
      return $localize`:@@status.expired:Expired`;
    case 'CANCELLED':
      return $localize`:@@status.cancelled:Cancelled`;
    case 'REFUNDED':
      return $localize`:@@status.refunded:Refunded`;
  }
}

/** How a status looks: it waits for a member, moves by itself, ended well, or is over. */
export type StatusLook = 'wait' | 'go' | 'good' | 'over';

export function statusLook(status: Status): StatusLook {
  switch (status) {
    case 'AWAITING_RESPONSE':
    case 'NEGOTIATING':
    case 'COMPLETED':
    case 'DISPUTED':
      return 'wait';
    case 'INITIATED':
    case 'VALIDATING':
    case 'ESCROWED':
    case 'ACCEPTED':
    case 'IN_PROGRESS':
      return 'go';
    case 'PAID':
      return 'good';
    case 'REJECTED':
    case 'EXPIRED':
    case 'CANCELLED':
    case 'REFUNDED':
      return 'over';
  }
}

/** Why a request stands where it stands, if the reason is a code that is worded; else nothing. */
export function reasonWords(reason: string | undefined): string | undefined {
  if (reason === undefined) return undefined;
  if (reason === 'SYSTEM_FAILURE')
    return $localize`:@@reason.systemFailure:Something went wrong on our side. Every held hour was given back.`;
  if (Object.hasOwn(REFUSALS, reason)) return wordsOf(reason as RefusalCode); // hasOwn has just shown it
  return undefined;
}
