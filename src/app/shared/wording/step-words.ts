import type { ActorRole, Party, RequestEvent } from '../../../../domain/life-cycle';

/** What is needed to tell what happened from one party's side. */
export interface Told {
  readonly event: RequestEvent;
  readonly actorRole: ActorRole;
  readonly viewer: Party;
  readonly otherName: string;
  /** Hours at stake, worded: "2 h". */
  readonly hours: string;
}

/** What happened, in a sentence to the one who reads it. */
export function stepWords(told: Told): string {
  const mine = told.actorRole === told.viewer;
  const other = told.otherName;
  switch (told.event) {
    case 'SUBMIT':
      return mine
        ? $localize`:@@step.submit.mine:You asked for it`
        : $localize`:@@step.submit:${other}:name: asked you for it`;
    case 'START_VALIDATION':
      return $localize`:@@step.validate:The request was checked`;
    case 'HOLD_HOURS':
      return $localize`:@@step.hold:${told.hours}:hours: set aside`;
    case 'REFUSE':
      return $localize`:@@step.refuse:The request could not be made`;
    case 'TELL_PROVIDER':
      return told.viewer === 'PROVIDER'
        ? $localize`:@@step.tell.mine:You were asked for an answer`
        : $localize`:@@step.tell:${other}:name: was asked for an answer`;
    case 'ACCEPT':
      return mine
        ? $localize`:@@step.accept.mine:You accepted`
        : $localize`:@@step.accept:${other}:name: accepted`;
    case 'REJECT':
      return mine
        ? $localize`:@@step.reject.mine:You declined`
        : $localize`:@@step.reject:${other}:name: declined`;
    case 'COUNTER_OFFER':
      return mine
        ? $localize`:@@step.counter.mine:You made a counter-offer`
        : $localize`:@@step.counter:${other}:name: made a counter-offer`;
    case 'HOURS_GONE':
      return $localize`:@@step.hoursGone:There were not enough hours for the new terms`;
    case 'WITHDRAW':
      return mine
        ? $localize`:@@step.withdraw.mine:You withdrew the request`
        : $localize`:@@step.withdraw:${other}:name: withdrew the request`;
    case 'TIMEOUT':
      return $localize`:@@step.timeout:The time was up`;
    case 'START_WORK':
      return $localize`:@@step.startWork:The work could begin`;
    case 'DELIVERED':
      return mine
        ? $localize`:@@step.delivered.mine:You said it is done`
        : $localize`:@@step.delivered:${other}:name: said it is done`;
    case 'CANNOT_DO':
      return mine
        ? $localize`:@@step.cannot.mine:You called it off`
        : $localize`:@@step.cannot:${other}:name: called it off`;
    case 'CONFIRM':
      return mine
        ? $localize`:@@step.confirm.mine:You confirmed, and ${told.hours}:hours: went to ${other}:name:`
        : $localize`:@@step.confirm:${other}:name: confirmed, and ${told.hours}:hours: went to you`;
    case 'CHANGES':
      return mine
        ? $localize`:@@step.changes.mine:You asked for changes`
        : $localize`:@@step.changes:${other}:name: asked for changes`;
    case 'OPEN_DISPUTE':
      return mine
        ? $localize`:@@step.dispute.mine:You opened a dispute`
        : $localize`:@@step.dispute:${other}:name: opened a dispute`;
    case 'REFUND_TO_REQUESTER':
    case 'SETTLE_REFUND':
      return $localize`:@@step.refund:The hours were given back`;
    case 'PAY_TO_PROVIDER':
    case 'SETTLE_PAY':
      return $localize`:@@step.pay:The hours were paid`;
    case 'PARTIAL_REFUND':
    case 'SETTLE_PARTIAL':
      return $localize`:@@step.partial:The hours were divided`;
    case 'DISMISS_DISPUTE':
      return $localize`:@@step.dismiss:The dispute was dismissed`;
    case 'SYSTEM_FAILURE':
      return $localize`:@@step.failure:Something went wrong on our side, and every held hour was given back`;
  }
}
