import type { RequestEvent } from '../../../domain/life-cycle';
import type { RequestClient } from '../shared/api/request-client';
import type { Changed } from '../shared/api/service-request';
import type { Question } from '../shared/feedback/confirm-dialog';
import { shownTerms } from '../shared/api/shown-terms';
import { formatHours } from '../shared/hours/format-hours';
import type { RequestView } from './request-view';

/** How an action of the life cycle is offered. */
interface Offered {
  readonly event: RequestEvent;
  readonly label: string;
  /** `main` moves on, `other` is an alternative, `leave` gives up. */
  readonly weight: Weight;
}

type Weight = 'main' | 'other' | 'leave';

/** An action that is asked about first, carried out, and told. */
export interface AskedAction extends Offered {
  readonly question: Question;
  readonly done: string;
  readonly run: (client: RequestClient, note: string) => Promise<Changed>;
}

/** An action that needs more than a note. */
export interface FilledAction extends Offered {
  readonly event: 'COUNTER_OFFER';
}

export type ActionFace = AskedAction | FilledAction;

export const isFilled = (face: ActionFace): face is FilledAction => face.event === 'COUNTER_OFFER';

const WEIGHTS: readonly Weight[] = ['main', 'other', 'leave'];

/** What the viewer may do with a request now, what moves it on first. */
export const actionFaces = (view: RequestView): readonly ActionFace[] =>
  view.actions
    .map(({ event }) => actionFace(event, view))
    .filter((face) => face !== undefined)
    .sort((one, other) => WEIGHTS.indexOf(one.weight) - WEIGHTS.indexOf(other.weight));

/** The face of an action; nothing for one that has a place of its own. */
function actionFace(event: RequestEvent, view: RequestView): ActionFace | undefined {
  const { request, otherName } = view;
  const hours = formatHours(request.amount);
  switch (event) {
    case 'ACCEPT':
      return {
        event,
        label: $localize`:@@action.accept:Accept`,
        weight: 'main',
        question: {
          ...acceptQuestion(view),
          confirm: $localize`:@@action.accept:Accept`,
          note: $localize`:@@action.accept.note:A word to ${otherName}:name: (optional)`,
        },
        done: $localize`:@@action.accept.done:Accepted. ${otherName}:name: is being told.`,
        run: (client, note) => client.accept(request, note),
      };
    case 'COUNTER_OFFER':
      return { event, label: $localize`:@@action.counter:Make a counter-offer`, weight: 'other' };
    case 'REJECT':
      return {
        event,
        label: $localize`:@@action.reject:Decline`,
        weight: 'leave',
        question: {
          ...declineQuestion(view),
          confirm: $localize`:@@action.reject:Decline`,
          note: $localize`:@@action.reject.note:Why, in a word (optional)`,
          grave: true,
        },
        done:
          view.viewer === 'REQUESTER'
            ? $localize`:@@action.reject.done.mine:Declined. ${otherName}:name: is being told, and your hours are on their way back.`
            : $localize`:@@action.reject.done:Declined. ${otherName}:name: is being told, and gets the hours back.`,
        run: (client, note) => client.decline(request, note),
      };
    case 'WITHDRAW':
      return {
        event,
        label: $localize`:@@action.withdraw:Withdraw`,
        weight: 'leave',
        question: {
          heading: $localize`:@@action.withdraw.ask:Withdraw your request?`,
          text: $localize`:@@action.withdraw.text:You get ${hours}:hours: back at once. This cannot be undone.`,
          confirm: $localize`:@@action.withdraw:Withdraw`,
          note: $localize`:@@action.withdraw.note:Why, in a word (optional)`,
          grave: true,
        },
        done: $localize`:@@action.withdraw.done:Withdrawn. Your hours are on their way back.`,
        run: (client, note) => client.cancel(request.id, note),
      };
    case 'DELIVERED':
      return {
        event,
        label: $localize`:@@action.delivered:It is done`,
        weight: 'main',
        question: {
          heading: $localize`:@@action.delivered.ask:Is the work done?`,
          text: $localize`:@@action.delivered.text:${otherName}:name: is asked to confirm. If no answer comes in time, you receive ${hours}:hours: all the same.`,
          confirm: $localize`:@@action.delivered.confirm:Yes, it is done`,
          note: $localize`:@@action.delivered.note:A word to ${otherName}:name: (optional)`,
        },
        done: $localize`:@@action.delivered.done:Well done. ${otherName}:name: is being asked to confirm.`,
        run: (client, note) => client.markDelivered(request.id, note),
      };
    case 'CANNOT_DO':
      return {
        event,
        label: $localize`:@@action.cannot:I cannot do it`,
        weight: 'leave',
        question: {
          heading: $localize`:@@action.cannot.ask:Call it off?`,
          text: $localize`:@@action.cannot.text:${otherName}:name: gets the ${hours}:hours: back at once. This cannot be undone.`,
          confirm: $localize`:@@action.cannot.confirm:Call it off`,
          note: $localize`:@@action.cannot.note:Why, in a word (optional)`,
          grave: true,
        },
        done: $localize`:@@action.cannot.done:Called off. ${otherName}:name: is being told, and gets the hours back.`,
        run: (client, note) => client.cancel(request.id, note),
      };
    case 'CONFIRM':
      return {
        event,
        label: $localize`:@@action.confirm:Confirm and pay`,
        weight: 'main',
        question: {
          heading: $localize`:@@action.confirm.ask:Was it done as agreed?`,
          text: $localize`:@@action.confirm.text:You pay ${hours}:hours: to ${otherName}:name:. This cannot be undone.`,
          confirm: $localize`:@@action.confirm.confirm:Yes, pay ${hours}:hours:`,
          note: $localize`:@@action.confirm.note:A word of thanks (optional)`,
        },
        done: $localize`:@@action.confirm.done:Thank you. Paying ${hours}:hours: to ${otherName}:name:.`,
        run: (client, note) => client.confirm(request.id, note),
      };
    case 'CHANGES':
      return {
        event,
        label: $localize`:@@action.changes:Ask for changes`,
        weight: 'other',
        question: {
          heading: $localize`:@@action.changes.ask:What is still missing?`,
          text: $localize`:@@action.changes.text:The work goes back to ${otherName}:name:. The hours stay set aside.`,
          confirm: $localize`:@@action.changes:Ask for changes`,
          note: $localize`:@@action.changes.note:What should be different`,
        },
        done: $localize`:@@action.changes.done:${otherName}:name: is being told what is missing.`,
        run: (client, note) => client.requestChanges(request.id, note),
      };
    default:
      return undefined;
  }
}

function acceptQuestion({ request, viewer, otherName }: RequestView): Pick<Question, 'heading' | 'text'> {
  const hours = formatHours(request.amount);
  if (request.status !== 'NEGOTIATING') {
    return {
      heading: $localize`:@@action.accept.ask:Accept this request?`,
      text: $localize`:@@action.accept.text:You agree to do it for ${hours}:hours:, set aside for you already and yours once ${otherName}:name: confirms.`,
    };
  }
  const { amount } = shownTerms(request);
  const agreed = formatHours(amount);
  const change = formatHours(Math.abs(amount - request.amount));
  return {
    heading: $localize`:@@action.acceptOffer.ask:Accept this offer?`,
    text:
      viewer === 'REQUESTER'
        ? payingText(agreed, change, amount - request.amount)
        : earningText(agreed, change, amount - request.amount, otherName),
  };
}

function payingText(agreed: string, change: string, extra: number): string {
  if (extra > 0)
    return $localize`:@@action.acceptOffer.more:It costs you ${agreed}:hours: once you have confirmed the work. ${change}:extra: more are set aside now.`;
  return extra < 0
    ? $localize`:@@action.acceptOffer.less:It costs you ${agreed}:hours: once you have confirmed the work. ${change}:extra: come back to you now.`
    : $localize`:@@action.acceptOffer.same:It costs you ${agreed}:hours: once you have confirmed the work. They are set aside already.`;
}

function earningText(agreed: string, change: string, extra: number, otherName: string): string {
  if (extra > 0)
    return $localize`:@@action.acceptOffer.mine.more:You agree to do it for ${agreed}:hours:, yours once ${otherName}:name: confirms. ${change}:extra: of them are set aside as you accept.`;
  return extra < 0
    ? $localize`:@@action.acceptOffer.mine.less:You agree to do it for ${agreed}:hours:, yours once ${otherName}:name: confirms. ${change}:extra: go back to ${otherName}:name:.`
    : $localize`:@@action.acceptOffer.mine.same:You agree to do it for ${agreed}:hours:, set aside already and yours once ${otherName}:name: confirms.`;
}

function declineQuestion({ request, viewer, otherName }: RequestView): Pick<Question, 'heading' | 'text'> {
  const hours = formatHours(request.amount);
  if (viewer === 'REQUESTER')
    return {
      heading: $localize`:@@action.declineOffer.ask:Decline this offer?`,
      text: $localize`:@@action.declineOffer.text:That ends the request. You get ${hours}:hours: back at once. This cannot be undone.`,
    };
  return {
    heading:
      request.status === 'NEGOTIATING'
        ? $localize`:@@action.declineOffer.ask:Decline this offer?`
        : $localize`:@@action.reject.ask:Decline this request?`,
    text: $localize`:@@action.reject.text:${otherName}:name: gets the ${hours}:hours: back at once. This cannot be undone.`,
  };
}
