import type { RequestEvent } from '../../../domain/life-cycle';
import { statusWords } from '../shared/wording/status-words';
import type { DisputeView } from './dispute-view';

/** Where a dispute stands, in a sentence to the viewer. */
export function standingWords({
  dispute,
  needsMe,
  otherName: other,
  pendingEvent,
  over,
}: DisputeView): string {
  if (over) return outcomeWords(dispute.status, dispute.decision);
  if (pendingEvent !== undefined) return pendingWords(pendingEvent);
  if (needsMe)
    return $localize`:@@dispute.standing.answer:${other}:name: proposes a settlement and waits for your answer.`;
  return dispute.proposal === undefined
    ? $localize`:@@dispute.standing.admin:An admin reads both sides and decides.`
    : $localize`:@@dispute.standing.proposed:${other}:name: has your proposal. If there is no answer, an admin decides.`;
}

/** What happens when nobody decides in time. */
export const lapseWords = ({ viewer, otherName: other }: DisputeView): string =>
  viewer === 'REQUESTER'
    ? $localize`:@@deadline.dispute.mine:If nobody has decided by then, all the hours come back to you.`
    : $localize`:@@deadline.dispute:If nobody has decided by then, all the hours go back to ${other}:name:.`;

/** Where the request goes on after a dismissal. */
export const resumeWords = ({ dispute }: DisputeView): string =>
  $localize`:@@dispute.resumes:The request is where it stopped, “${statusWords(dispute.statusBefore)}:status:”, with the time that was left then.`;

function outcomeWords(
  status: DisputeView['dispute']['status'],
  decision: DisputeView['dispute']['decision'],
): string {
  switch (status) {
    case 'SETTLED':
      return $localize`:@@dispute.outcome.settled:You settled it between you.`;
    case 'DISMISSED':
      return $localize`:@@dispute.outcome.dismissed:An admin dismissed the dispute.`;
    case 'LAPSED':
      return $localize`:@@dispute.outcome.lapsed:There was no decision in time, so the hours were given back.`;
    default:
      return decidedWords(decision);
  }
}

function decidedWords(decision: DisputeView['dispute']['decision']): string {
  switch (decision) {
    case 'REFUND_TO_REQUESTER':
      return $localize`:@@dispute.outcome.refund:An admin decided that all the hours go back.`;
    case 'PAY_TO_PROVIDER':
      return $localize`:@@dispute.outcome.pay:An admin decided that all the hours are paid.`;
    case 'PARTIAL_REFUND':
      return $localize`:@@dispute.outcome.partial:An admin decided that the hours are divided.`;
    case 'DISMISS_DISPUTE':
      return $localize`:@@dispute.outcome.dismissed:An admin dismissed the dispute.`;
    case undefined:
      return $localize`:@@dispute.outcome.over:The dispute is over.`;
  }
}

function pendingWords(event: RequestEvent): string {
  switch (event) {
    case 'OPEN_DISPUTE':
      return $localize`:@@dispute.pending.open:The dispute is being opened, and the hours are frozen…`;
    case 'SETTLE_REFUND':
    case 'SETTLE_PAY':
    case 'SETTLE_PARTIAL':
      return $localize`:@@dispute.pending.settle:You are agreed. The settlement is being carried out…`;
    default:
      return $localize`:@@dispute.pending.decide:It is decided. The decision is being carried out…`;
  }
}
