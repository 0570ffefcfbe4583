import type { NotificationKind } from '../../../../domain/notifications';

export interface Notified {
  readonly kind: NotificationKind | undefined;
  /** The offer's title. */
  readonly title: string;
  /** Hours held or moved, worded: "2 h". */
  readonly hours: string;
  /** Empty where nobody else is concerned. */
  readonly otherName: string;
  /** What an admin gave as the reason. */
  readonly reason: string | undefined;
}

/** What a member is told, in a sentence. Every kind has one; one of a newer backend gets a general one. */
export function notificationWords({ kind, title, hours, otherName, reason }: Notified): string {
  switch (kind) {
    case 'REQUEST_RECEIVED':
      return $localize`:@@notice.received:${otherName}:name: asks you for “${title}:title:” (${hours}:hours:)`;
    case 'REQUEST_REFUSED':
      return $localize`:@@notice.refused:Your request for “${title}:title:” could not be made`;
    case 'REQUEST_ACCEPTED':
      return $localize`:@@notice.accepted:${otherName}:name: accepted “${title}:title:”`;
    case 'REQUEST_DECLINED':
      return $localize`:@@notice.declined:${otherName}:name: declined “${title}:title:”. You have ${hours}:hours: back`;
    case 'COUNTER_OFFER_RECEIVED':
      return $localize`:@@notice.counter:${otherName}:name: makes a counter-offer for “${title}:title:”: ${hours}:hours: in all`;
    case 'HOURS_SHORT':
      return $localize`:@@notice.short:There were not enough hours for the new terms of “${title}:title:” (${hours}:hours:)`;
    case 'REQUEST_WITHDRAWN':
      return $localize`:@@notice.withdrawn:${otherName}:name: withdrew the request for “${title}:title:”`;
    case 'REQUEST_EXPIRED':
      return $localize`:@@notice.expired:The request for “${title}:title:” expired without an answer`;
    case 'WORK_DELIVERED':
      return $localize`:@@notice.delivered:${otherName}:name: says that “${title}:title:” is done. Please confirm`;
    case 'WORK_CALLED_OFF':
      return $localize`:@@notice.calledOff:${otherName}:name: cannot do “${title}:title:”. You have ${hours}:hours: back`;
    case 'WORK_LAPSED':
      return $localize`:@@notice.lapsed:“${title}:title:” was cancelled because nothing happened for a long time`;
    case 'CHANGES_REQUESTED':
      return $localize`:@@notice.changes:${otherName}:name: asks for changes to “${title}:title:”`;
    case 'CONFIRMATION_DUE':
      return $localize`:@@notice.confirmDue:Please confirm “${title}:title:”. Without your word it is paid when the time is up`;
    case 'HOURS_RECEIVED':
      return $localize`:@@notice.hoursReceived:You received ${hours}:hours: for “${title}:title:”`;
    case 'HOURS_PAID':
      return $localize`:@@notice.hoursPaid:${hours}:hours: went to ${otherName}:name: for “${title}:title:”`;
    case 'HOURS_REFUNDED':
      return $localize`:@@notice.hoursRefunded:The hours for “${title}:title:” were given back`;
    case 'HOURS_PARTLY_REFUNDED':
      return $localize`:@@notice.partlyRefunded:You have ${hours}:hours: back for “${title}:title:”; the rest was paid`;
    case 'HOURS_PARTLY_RECEIVED':
      return $localize`:@@notice.partlyReceived:You received ${hours}:hours: for “${title}:title:”; the rest went back`;
    case 'DISPUTE_OPENED':
      return otherName === ''
        ? $localize`:@@notice.disputeOpened.admin:A dispute about “${title}:title:” was opened`
        : $localize`:@@notice.disputeOpened:${otherName}:name: opened a dispute about “${title}:title:”`;
    case 'DISPUTE_DISMISSED':
      return $localize`:@@notice.disputeDismissed:The dispute about “${title}:title:” was dismissed. It goes on where it stopped`;
    case 'DISPUTE_UNDECIDED':
      return $localize`:@@notice.disputeUndecided:A dispute about “${title}:title:” waits for a decision`;
    case 'SETTLEMENT_PROPOSED':
      return $localize`:@@notice.settlementProposed:${otherName}:name: proposes a settlement for “${title}:title:”`;
    case 'SETTLEMENT_DECLINED':
      return $localize`:@@notice.settlementDeclined:${otherName}:name: declined your settlement for “${title}:title:”`;
    case 'EVIDENCE_ADDED':
      return otherName === ''
        ? $localize`:@@notice.evidenceAdded.admin:Something new was added to the dispute about “${title}:title:”`
        : $localize`:@@notice.evidenceAdded:${otherName}:name: added to the dispute about “${title}:title:”`;
    case 'MESSAGE_RECEIVED':
      return $localize`:@@notice.message:${otherName}:name: wrote to you about “${title}:title:”`;
    case 'REVIEW_PUBLISHED':
      return $localize`:@@notice.review:The reviews of “${title}:title:” can be read now`;
    case 'HOURS_ADJUSTED':
      return withReason($localize`:@@notice.adjusted:An admin changed your hours by ${hours}:hours:`, reason);
    case 'ACCOUNT_LOCKED':
      return withReason(
        $localize`:@@notice.locked:Your account is locked for now. Nothing you have is lost`,
        reason,
      );
    case 'ACCOUNT_UNLOCKED':
      return withReason($localize`:@@notice.unlocked:Your account is open again`, reason);
    case 'REQUEST_FAILED':
      return $localize`:@@notice.failed:“${title}:title:” was cancelled by a fault of ours. Every held hour was given back`;
    case undefined:
      return $localize`:@@notice.unknown:Something new about “${title}:title:”`;
  }
}

const withReason = (words: string, reason: string | undefined): string =>
  reason === undefined ? words : $localize`:@@notice.reason:${words}:words: (“${reason}:reason:”)`;
