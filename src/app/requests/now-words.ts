import type { RequestEvent, Status } from '../../../domain/life-cycle';
import { formatHours } from '../shared/hours/format-hours';
import type { RequestView } from './request-view';

/** What is going on now and whose move it is, in a sentence to the viewer. */
export function nowWords(view: RequestView): string {
  const { request, viewer, otherName: other } = view;
  if (request.pendingEvent !== undefined) return pendingWords(request.pendingEvent);
  const mine = view.needsMe;
  const hours = formatHours(request.amount);
  switch (request.status) {
    case 'INITIATED':
    case 'VALIDATING':
      return $localize`:@@now.validating:The request is being checked.`;
    case 'ESCROWED':
      return $localize`:@@now.escrowed:${hours}:hours: set aside. The provider is being asked.`;
    case 'AWAITING_RESPONSE':
      return mine
        ? $localize`:@@now.answer.mine:${other}:name: waits for your answer.`
        : $localize`:@@now.answer:${other}:name: was asked and has time to answer.`;
    case 'NEGOTIATING':
      return mine
        ? $localize`:@@now.negotiate.mine:It is your turn to answer the offer.`
        : $localize`:@@now.negotiate:${other}:name: is thinking about the offer.`;
    case 'ACCEPTED':
      return $localize`:@@now.accepted:It is agreed. The work can begin in a moment.`;
    case 'IN_PROGRESS':
      return mine
        ? $localize`:@@now.work.mine:The work is yours now. Say so when it is done.`
        : $localize`:@@now.work:${other}:name: is at work for you.`;
    case 'COMPLETED':
      return mine
        ? $localize`:@@now.confirm.mine:${other}:name: says it is done. Do you agree?`
        : $localize`:@@now.confirm:${other}:name: is asked to confirm your work.`;
    case 'DISPUTED':
      return $localize`:@@now.disputed:An admin is looking into it. The hours stay set aside.`;
    case 'PAID':
      return viewer === 'PROVIDER'
        ? $localize`:@@now.paid.mine:You received ${hours}:hours:. Thank you for your time.`
        : $localize`:@@now.paid:${hours}:hours: went to ${other}:name:. All done.`;
    case 'REJECTED':
    case 'EXPIRED':
    case 'CANCELLED':
    case 'REFUNDED':
      return endWords(request.status, viewer === 'REQUESTER', hours);
  }
}

/** Silence means something at each wait: what happens when the time is up. */
export function deadlineWords({ request, viewer }: RequestView): string | undefined {
  switch (request.status) {
    case 'AWAITING_RESPONSE':
    case 'NEGOTIATING':
      return viewer === 'REQUESTER'
        ? $localize`:@@deadline.answer:Then the request expires and your hours come back.`
        : $localize`:@@deadline.answer.mine:Then the request expires.`;
    case 'IN_PROGRESS':
      return viewer === 'REQUESTER'
        ? $localize`:@@deadline.work:Then it is cancelled and your hours come back.`
        : $localize`:@@deadline.work.mine:Then it is cancelled and the hours go back.`;
    case 'COMPLETED':
      return viewer === 'REQUESTER'
        ? $localize`:@@deadline.confirm.mine:Then it counts as confirmed, and the hours are paid.`
        : $localize`:@@deadline.confirm:Then it counts as confirmed, and the hours are yours.`;
    default:
      return undefined;
  }
}

function pendingWords(event: RequestEvent): string {
  switch (event) {
    case 'ACCEPT':
      return $localize`:@@pending.accept:The acceptance is being carried out…`;
    case 'REJECT':
      return $localize`:@@pending.reject:The decline is being carried out, and the hours go back…`;
    case 'WITHDRAW':
    case 'CANNOT_DO':
      return $localize`:@@pending.cancel:It is being called off, and the hours go back…`;
    case 'DELIVERED':
      return $localize`:@@pending.delivered:The delivery is being passed on…`;
    case 'CONFIRM':
      return $localize`:@@pending.confirm:The hours are being paid…`;
    case 'CHANGES':
      return $localize`:@@pending.changes:The wish for changes is being passed on…`;
    default:
      return $localize`:@@pending.other:The last step is being carried out…`;
  }
}

function endWords(
  status: Extract<Status, 'REJECTED' | 'EXPIRED' | 'CANCELLED' | 'REFUNDED'>,
  isRequester: boolean,
  hours: string,
): string {
  if (isRequester) {
    switch (status) {
      case 'REJECTED':
        return $localize`:@@end.rejected:It did not come about. Nothing is held any more.`;
      case 'EXPIRED':
        return $localize`:@@end.expired:There was no answer in time. You have ${hours}:hours: back.`;
      case 'CANCELLED':
      case 'REFUNDED':
        return $localize`:@@end.cancelled:It was called off. You have ${hours}:hours: back.`;
    }
  }
  switch (status) {
    case 'REJECTED':
      return $localize`:@@end.rejected.mine:It was declined, and the hours went back.`;
    case 'EXPIRED':
      return $localize`:@@end.expired.mine:The time to answer ran out, and the hours went back.`;
    case 'CANCELLED':
    case 'REFUNDED':
      return $localize`:@@end.cancelled.mine:It was called off, and the hours went back.`;
  }
}
