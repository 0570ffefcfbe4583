import type { Status } from '../../../domain/life-cycle';
import { shownTerms } from '../shared/api/shown-terms';
import { formatHours } from '../shared/hours/format-hours';
import type { RequestView } from './request-view';

/** The milestones of a request that goes well, each from the status in which it still lies ahead. */
const AHEAD: Readonly<Partial<Record<Status, readonly Milestone[]>>> = {
  INITIATED: ['HELD', 'ANSWER', 'WORK', 'CONFIRM', 'PAY'],
  VALIDATING: ['HELD', 'ANSWER', 'WORK', 'CONFIRM', 'PAY'],
  ESCROWED: ['ANSWER', 'WORK', 'CONFIRM', 'PAY'],
  AWAITING_RESPONSE: ['WORK', 'CONFIRM', 'PAY'],
  NEGOTIATING: ['WORK', 'CONFIRM', 'PAY'],
  ACCEPTED: ['WORK', 'CONFIRM', 'PAY'],
  IN_PROGRESS: ['CONFIRM', 'PAY'],
  COMPLETED: ['PAY'],
  DISPUTED: ['DECIDE'],
};

type Milestone = 'HELD' | 'ANSWER' | 'WORK' | 'CONFIRM' | 'PAY' | 'DECIDE';

/** What is still to come if all goes well, in the viewer's words. */
export function nextWords({ request, viewer, otherName }: RequestView): readonly string[] {
  const hours = formatHours(shownTerms(request).amount);
  const isRequester = viewer === 'REQUESTER';
  const words: Readonly<Record<Milestone, string>> = {
    HELD: $localize`:@@next.held:${hours}:hours: set aside`,
    ANSWER: isRequester
      ? $localize`:@@next.answer:${otherName}:name: answers`
      : $localize`:@@next.answer.mine:You answer`,
    WORK: isRequester
      ? $localize`:@@next.work:${otherName}:name: does the work`
      : $localize`:@@next.work.mine:You do the work`,
    CONFIRM: isRequester
      ? $localize`:@@next.confirm.mine:You confirm it`
      : $localize`:@@next.confirm:${otherName}:name: confirms it`,
    PAY: isRequester
      ? $localize`:@@next.pay:${otherName}:name: receives ${hours}:hours:`
      : $localize`:@@next.pay.mine:You receive ${hours}:hours:`,
    DECIDE: $localize`:@@next.decide:${hours}:hours: paid, given back or divided`,
  };
  return (AHEAD[request.status] ?? []).map((milestone) => words[milestone]);
}
