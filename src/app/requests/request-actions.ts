import type { RequestEvent } from '../../../domain/life-cycle';
import type { RequestClient } from '../shared/api/request-client';
import type { Changed, ServiceRequest } from '../shared/api/service-request';
import type { Question } from '../shared/feedback/confirm-dialog';
import { formatHours } from '../shared/hours/format-hours';

/** How an action of the life cycle is offered, asked about, carried out and told. */
export interface ActionFace {
  readonly label: string;
  /** `main` moves on, `other` is an alternative, `leave` gives up. */
  readonly weight: 'main' | 'other' | 'leave';
  readonly question: Question;
  readonly done: string;
  readonly run: (client: RequestClient, note: string) => Promise<Changed>;
}

/** The face of an action, or nothing for one that this edition of the app has no screen for. */
export function actionFace(
  event: RequestEvent,
  request: ServiceRequest,
  otherName: string,
): ActionFace | undefined {
  const hours = formatHours(request.amount);
  switch (event) {
    case 'ACCEPT':
      return {
        label: $localize`:@@action.accept:Accept`,
        weight: 'main',
        question: {
          heading: $localize`:@@action.accept.ask:Accept this request?`,
          text: $localize`:@@action.accept.text:You agree to do it for ${hours}:hours:, set aside for you already and yours once ${otherName}:name: confirms.`,
          confirm: $localize`:@@action.accept:Accept`,
          note: $localize`:@@action.accept.note:A word to ${otherName}:name: (optional)`,
        },
        done: $localize`:@@action.accept.done:Accepted. ${otherName}:name: is being told.`,
        run: (client, note) => client.accept(request, note),
      };
    case 'REJECT':
      return {
        label: $localize`:@@action.reject:Decline`,
        weight: 'leave',
        question: {
          heading: $localize`:@@action.reject.ask:Decline this request?`,
          text: $localize`:@@action.reject.text:${otherName}:name: gets the ${hours}:hours: back at once. This cannot be undone.`,
          confirm: $localize`:@@action.reject:Decline`,
          note: $localize`:@@action.reject.note:Why, in a word (optional)`,
          grave: true,
        },
        done: $localize`:@@action.reject.done:Declined. ${otherName}:name: is being told, and gets the hours back.`,
        run: (client, note) => client.decline(request, note),
      };
    case 'WITHDRAW':
      return {
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
