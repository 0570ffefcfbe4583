import type { Party, Transition } from './life-cycle.ts';
import type { RequestRecord } from './request.ts';
import type { Instant } from './instant.ts';

/** What a member is told. The app words it; a notification carries no prose. */
export const NOTIFICATION_KINDS = [
  'REQUEST_RECEIVED',
  'REQUEST_REFUSED',
  'REQUEST_ACCEPTED',
  'REQUEST_DECLINED',
  'COUNTER_OFFER_RECEIVED',
  'HOURS_SHORT',
  'REQUEST_WITHDRAWN',
  'REQUEST_EXPIRED',
  'WORK_DELIVERED',
  'WORK_CALLED_OFF',
  'WORK_LAPSED',
  'CHANGES_REQUESTED',
  'CONFIRMATION_DUE',
  'HOURS_RECEIVED',
  'HOURS_PAID',
  'HOURS_REFUNDED',
  'HOURS_PARTLY_REFUNDED',
  'HOURS_PARTLY_RECEIVED',
  'DISPUTE_OPENED',
  'DISPUTE_DISMISSED',
  'DISPUTE_UNDECIDED',
  'REQUEST_FAILED',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** What the app needs to word a notification. Names are looked up by `otherId`: they may change, a row does not. */
export interface NotificationParameters {
  readonly title: string;
  /** Hours held or moved. */
  readonly hours: number;
  /** The other party. */
  readonly otherId: string;
  readonly statusReason?: string;
  /** Until when an answer is awaited. */
  readonly until?: Instant;
}

/** A row of the model Notification. */
export interface NotificationRecord {
  /** `<requestId>#<revision>#<userId>`, for a reminder with `#<number>` after it. */
  readonly id: string;
  readonly userId: string;
  readonly kind: NotificationKind;
  readonly requestId: string;
  readonly parameters: NotificationParameters;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

const memberOf = (request: RequestRecord, party: Party): string =>
  party === 'REQUESTER' ? request.requesterId : request.providerId;

const otherParty = (party: Party): Party => (party === 'REQUESTER' ? 'PROVIDER' : 'REQUESTER');

/** The notification of one party about the request as it now stands. */
export function notification(
  request: RequestRecord,
  party: Party,
  kind: NotificationKind,
  now: Instant,
  reminder?: number,
): NotificationRecord {
  const userId = memberOf(request, party);
  const id = `${request.id}#${request.revision}#${userId}`;
  return {
    id: reminder === undefined ? id : `${id}#${reminder}`,
    userId,
    kind,
    requestId: request.id,
    parameters: {
      title: request.serviceTitle,
      hours: request.amount,
      otherId: memberOf(request, otherParty(party)),
      ...(request.statusReason !== undefined && { statusReason: request.statusReason }),
      ...(request.expiresAt !== undefined && { until: request.expiresAt }),
    },
    createdAt: now,
    updatedAt: now,
  };
}

/** Whom a transition tells, and what; `request` is the request after it. */
export function notificationsOf(
  transition: Transition,
  request: RequestRecord,
  actorId: string,
  now: Instant,
): readonly NotificationRecord[] {
  const { requester, provider, other } = transition.tells;
  const told: NotificationRecord[] = [];
  if (requester) told.push(notification(request, 'REQUESTER', requester, now));
  if (provider) told.push(notification(request, 'PROVIDER', provider, now));
  if (other) {
    const party = actorId === request.requesterId ? 'PROVIDER' : 'REQUESTER';
    told.push(notification(request, party, other, now));
  }
  return told;
}
