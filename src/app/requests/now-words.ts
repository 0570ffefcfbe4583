import type { RequestEvent, Status } from '../../../domain/life-cycle';
import { shownTerms } from '../shared/api/shown-terms';
import { sharesFor } from '../shared/disputes/shares';
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
      return negotiationWords(view);
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
      return disputeWords(view);
    case 'PAID':
      return paidWords(view);
    case 'REJECTED':
    case 'EXPIRED':
    case 'CANCELLED':
    case 'REFUNDED':
      return endWords(request.status, viewer === 'REQUESTER', hours, other);
  }
}

/** Silence means something at each wait: what happens when the time is up. */
export function deadlineWords({ request, viewer, otherName: other }: RequestView): string | undefined {
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
    case 'DISPUTED':
      return viewer === 'REQUESTER'
        ? $localize`:@@deadline.dispute.mine:If nobody has decided by then, all the hours come back to you.`
        : $localize`:@@deadline.dispute:If nobody has decided by then, all the hours go back to ${other}:name:.`;
    default:
      return undefined;
  }
}

function negotiationWords({ request, needsMe, otherName: other }: RequestView): string {
  const hours = formatHours(shownTerms(request).amount);
  return needsMe
    ? $localize`:@@now.negotiate.mine:${other}:name: offers ${hours}:hours: in all. It is your turn to answer.`
    : $localize`:@@now.negotiate:${other}:name: is thinking about your offer of ${hours}:hours: in all.`;
}

function disputeWords({ dispute, viewer, otherName: other, needsMe }: RequestView): string {
  if (dispute?.proposal === undefined)
    return $localize`:@@now.disputed:An admin is looking into it. The hours stay set aside.`;
  const shares = sharesFor(dispute, dispute.proposal.refundHours);
  const mine = formatHours(viewer === 'REQUESTER' ? shares.requester : shares.provider);
  return needsMe
    ? $localize`:@@now.settle.mine:${other}:name: proposes to settle it: ${mine}:hours: for you. Do you agree?`
    : $localize`:@@now.settle:You proposed to settle it: ${mine}:hours: for you. ${other}:name: has not answered yet.`;
}

function paidWords({ request, dispute, viewer, otherName: other }: RequestView): string {
  const refunded = dispute?.refundHours ?? 0;
  if (dispute && refunded > 0) {
    const shares = sharesFor(dispute, refunded);
    const paid = formatHours(shares.provider);
    const back = formatHours(shares.requester);
    return viewer === 'PROVIDER'
      ? $localize`:@@now.divided.mine:The dispute is over. You received ${paid}:hours:, and ${back}:back: went back to ${other}:name:.`
      : $localize`:@@now.divided:The dispute is over. You have ${back}:hours: back, and ${paid}:paid: went to ${other}:name:.`;
  }
  const hours = formatHours(request.amount);
  return viewer === 'PROVIDER'
    ? $localize`:@@now.paid.mine:You received ${hours}:hours:. Thank you for your time.`
    : $localize`:@@now.paid:${hours}:hours: went to ${other}:name:. All done.`;
}

function pendingWords(event: RequestEvent): string {
  switch (event) {
    case 'ACCEPT':
      return $localize`:@@pending.accept:The acceptance is being carried out…`;
    case 'REJECT':
      return $localize`:@@pending.reject:The decline is being carried out, and the hours go back…`;
    case 'COUNTER_OFFER':
      return $localize`:@@pending.counter:The counter-offer is being passed on…`;
    case 'WITHDRAW':
    case 'CANNOT_DO':
      return $localize`:@@pending.cancel:It is being called off, and the hours go back…`;
    case 'DELIVERED':
      return $localize`:@@pending.delivered:The delivery is being passed on…`;
    case 'CONFIRM':
      return $localize`:@@pending.confirm:The hours are being paid…`;
    case 'CHANGES':
      return $localize`:@@pending.changes:The wish for changes is being passed on…`;
    case 'OPEN_DISPUTE':
      return $localize`:@@pending.dispute:The dispute is being opened, and the hours are frozen…`;
    case 'SETTLE_REFUND':
    case 'SETTLE_PAY':
    case 'SETTLE_PARTIAL':
      return $localize`:@@pending.settle:You are agreed. The settlement is being carried out…`;
    case 'REFUND_TO_REQUESTER':
    case 'PAY_TO_PROVIDER':
    case 'PARTIAL_REFUND':
    case 'DISMISS_DISPUTE':
      return $localize`:@@pending.decide:An admin has decided. The decision is being carried out…`;
    default:
      return $localize`:@@pending.other:The last step is being carried out…`;
  }
}

function endWords(
  status: Extract<Status, 'REJECTED' | 'EXPIRED' | 'CANCELLED' | 'REFUNDED'>,
  isRequester: boolean,
  hours: string,
  other: string,
): string {
  if (isRequester) {
    switch (status) {
      case 'REJECTED':
        return $localize`:@@end.rejected:It did not come about. Nothing is held any more.`;
      case 'EXPIRED':
        return $localize`:@@end.expired:There was no answer in time. You have ${hours}:hours: back.`;
      case 'CANCELLED':
        return $localize`:@@end.cancelled:It was called off. You have ${hours}:hours: back.`;
      case 'REFUNDED':
        return $localize`:@@end.refunded:The dispute is over. You have ${hours}:hours: back.`;
    }
  }
  switch (status) {
    case 'REJECTED':
      return $localize`:@@end.rejected.mine:It was declined, and the hours went back.`;
    case 'EXPIRED':
      return $localize`:@@end.expired.mine:The time to answer ran out, and the hours went back.`;
    case 'CANCELLED':
      return $localize`:@@end.cancelled.mine:It was called off, and the hours went back.`;
    case 'REFUNDED':
      return $localize`:@@end.refunded.mine:The dispute is over, and ${hours}:hours: went back to ${other}:name:.`;
  }
}
