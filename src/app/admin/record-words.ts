import type { ActorRole, RequestEvent } from '../../../domain/life-cycle';
import type { Dispute } from '../shared/api/dispute';

type Names = Pick<Dispute, 'requesterName' | 'providerName'>;

/** What happened to a request, in a sentence to who has no part in it. */
export function recordWords(event: RequestEvent, actorRole: ActorRole, names: Names): string {
  const actor = actorWords(actorRole, names);
  switch (event) {
    case 'SUBMIT':
      return $localize`:@@record.submit:${actor}:name: asked for it`;
    case 'START_VALIDATION':
      return $localize`:@@record.validate:The request was checked`;
    case 'HOLD_HOURS':
      return $localize`:@@record.hold:The hours were set aside`;
    case 'REFUSE':
      return $localize`:@@record.refuse:The request could not be made`;
    case 'TELL_PROVIDER':
      return $localize`:@@record.tell:${names.providerName}:name: was asked for an answer`;
    case 'ACCEPT':
      return $localize`:@@record.accept:${actor}:name: accepted`;
    case 'REJECT':
      return $localize`:@@record.reject:${actor}:name: declined`;
    case 'COUNTER_OFFER':
      return $localize`:@@record.counter:${actor}:name: made a counter-offer`;
    case 'HOURS_GONE':
      return $localize`:@@record.hoursGone:There were not enough hours for the new terms`;
    case 'WITHDRAW':
      return $localize`:@@record.withdraw:${actor}:name: withdrew the request`;
    case 'TIMEOUT':
      return $localize`:@@record.timeout:The time was up`;
    case 'START_WORK':
      return $localize`:@@record.startWork:The work could begin`;
    case 'DELIVERED':
      return $localize`:@@record.delivered:${actor}:name: said it is done`;
    case 'CANNOT_DO':
      return $localize`:@@record.cannot:${actor}:name: called it off`;
    case 'CONFIRM':
      return $localize`:@@record.confirm:${actor}:name: confirmed`;
    case 'CHANGES':
      return $localize`:@@record.changes:${actor}:name: asked for changes`;
    case 'OPEN_DISPUTE':
      return $localize`:@@record.dispute:${actor}:name: opened a dispute`;
    case 'REFUND_TO_REQUESTER':
      return $localize`:@@record.refund:${actor}:name: decided: all hours back`;
    case 'PAY_TO_PROVIDER':
      return $localize`:@@record.pay:${actor}:name: decided: all hours paid`;
    case 'PARTIAL_REFUND':
      return $localize`:@@record.partial:${actor}:name: decided: the hours divided`;
    case 'DISMISS_DISPUTE':
      return $localize`:@@record.dismiss:${actor}:name: dismissed the dispute`;
    case 'SETTLE_REFUND':
    case 'SETTLE_PAY':
    case 'SETTLE_PARTIAL':
      return $localize`:@@record.settle:Both agreed on a settlement`;
    case 'SYSTEM_FAILURE':
      return $localize`:@@record.failure:Something went wrong on our side, and every held hour was given back`;
  }
}

function actorWords(role: ActorRole, { requesterName, providerName }: Names): string {
  switch (role) {
    case 'REQUESTER':
      return requesterName;
    case 'PROVIDER':
      return providerName;
    case 'ADMIN':
      return $localize`:@@record.admin:An admin`;
    case 'SYSTEM':
    case 'CLOCK':
      return $localize`:@@record.system:HourBank`;
  }
}
