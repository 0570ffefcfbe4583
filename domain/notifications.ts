import { negate, plus, type SignedHours } from './hours.ts';
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
  'SETTLEMENT_PROPOSED',
  'SETTLEMENT_DECLINED',
  'EVIDENCE_ADDED',
  'MESSAGE_RECEIVED',
  'REVIEW_PUBLISHED',
  'HOURS_ADJUSTED',
  'ACCOUNT_LOCKED',
  'ACCOUNT_UNLOCKED',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** What the app needs to word a notification. Names are looked up by `otherId`: they may change, a row does not. */
export interface NotificationParameters {
  /** Of the offer; '' where no request is concerned. */
  readonly title: string;
  /** Hours held, moved or proposed; signed in an adjustment. */
  readonly hours: number;
  /** The other party; '' where there is none. */
  readonly otherId: string;
  readonly disputeId?: string;
  /** What an admin gave as the reason. */
  readonly reason?: string;
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
  /** Absent where no request is concerned. */
  readonly requestId?: string;
  readonly parameters: NotificationParameters;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export const memberOf = (request: RequestRecord, party: Party): string =>
  party === 'REQUESTER' ? request.requesterId : request.providerId;

export const otherParty = (party: Party): Party => (party === 'REQUESTER' ? 'PROVIDER' : 'REQUESTER');

/** The notification of one party about the request as it now stands. */
export function notification(
  request: RequestRecord,
  party: Party,
  kind: NotificationKind,
  now: Instant,
  reminder?: number,
  hours: number = request.amount,
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
      hours,
      otherId: memberOf(request, otherParty(party)),
      ...(request.disputeId !== undefined && { disputeId: request.disputeId }),
      ...(request.statusReason !== undefined && { statusReason: request.statusReason }),
      ...(request.expiresAt !== undefined && { until: request.expiresAt }),
    },
    createdAt: now,
    updatedAt: now,
  };
}

/** Stands for all admins: a hint to it reaches each of them, and a row of it marks that they were reminded. */
export const ADMINS = 'ADMINS';

/** The reminder of the admins that a request waits for one of them. */
export const adminReminder = (
  request: RequestRecord,
  kind: NotificationKind,
  now: Instant,
  reminder: number,
): NotificationRecord => ({
  ...notification(request, 'REQUESTER', kind, now, reminder),
  id: `${request.id}#${request.revision}#${ADMINS}#${reminder}`,
  userId: ADMINS,
});

/** Whom a transition tells, and what; `request` is the request after it, `refundHours` what a decision gave back. */
export function notificationsOf(
  transition: Transition,
  request: RequestRecord,
  actorId: string,
  now: Instant,
  refundHours?: SignedHours,
): readonly NotificationRecord[] {
  const { requester, provider, other } = transition.tells;
  const tell = (party: Party, kind: NotificationKind) =>
    notification(request, party, kind, now, undefined, hoursOf(kind, request, refundHours));
  return [
    ...(requester ? [tell('REQUESTER', requester)] : []),
    ...(provider ? [tell('PROVIDER', provider)] : []),
    ...(other ? [tell(actorId === request.requesterId ? 'PROVIDER' : 'REQUESTER', other)] : []),
  ];
}

/** The hours that a notification is about. */
function hoursOf(
  kind: NotificationKind,
  request: RequestRecord,
  refundHours: SignedHours | undefined,
): number | undefined {
  switch (kind) {
    case 'COUNTER_OFFER_RECEIVED':
    case 'HOURS_SHORT':
      return request.offeredAmount;
    case 'HOURS_PARTLY_REFUNDED':
      return refundHours;
    case 'HOURS_PARTLY_RECEIVED':
      return refundHours === undefined ? undefined : plus(request.amount, negate(refundHours));
    default:
      return undefined;
  }
}
