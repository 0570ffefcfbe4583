import { deadlineSeconds } from './deadlines.ts';
import { after, secondsBetween, type Instant } from './instant.ts';
import { findTransition, type RequestEvent, type Status, type Transition } from './life-cycle.ts';
import { notificationsOf, type NotificationRecord } from './notifications.ts';
import { stepIdOf, type Actor, type RequestRecord, type RequestStepRecord } from './request.ts';

/** What happens to a request, as its workflow hands it over. */
export interface StatusChange {
  readonly event: RequestEvent;
  readonly actor: Actor;
  readonly now: Instant;
  /** What the actor said. */
  readonly note?: string;
  /** Why the request is where it now is, as a code such as `INSUFFICIENT_HOURS`. */
  readonly statusReason?: string;
  /** What else the event settles. */
  readonly terms?: Partial<
    Pick<RequestRecord, 'estimatedHours' | 'agreedHours' | 'agreedRate' | 'amount' | 'escrowId'>
  >;
}

/** Everything that one change of status writes. */
export interface ChangedRequest {
  readonly before: RequestRecord;
  readonly transition: Transition;
  readonly request: RequestRecord;
  readonly step: RequestStepRecord;
  readonly notifications: readonly NotificationRecord[];
}

/** After a confirmation, its deadline or a decision nothing refunds: the payment is retried instead. */
export class PaymentDecided extends Error {
  override readonly name = 'PaymentDecided';
}

/**
 * Moves a request along the life-cycle table. Throws `PaymentDecided` where a failure of ours would refund what is
 * already decided to be paid; Error for an event that its status does not know, since whoever calls has asked the table.
 */
export function changeStatus(request: RequestRecord, change: StatusChange): ChangedRequest {
  const transition = findTransition(request.status, change.event, change.actor.role);
  if (!transition)
    throw new Error(
      `${change.event} by ${change.actor.role} cannot happen to a request in ${request.status}`,
    );
  if (transition.onlyUndecided && paymentIsDecided(request))
    throw new PaymentDecided(`Request ${request.id}`);
  const changed = move(request, transition, change);
  return {
    before: request,
    transition,
    request: changed,
    step: stepOf(changed, change),
    notifications: notificationsOf(transition, changed, change.actor.id, change.now),
  };
}

/** Whether what is being carried out ends in a payment. */
export function paymentIsDecided(request: Pick<RequestRecord, 'status' | 'pendingEvent'>): boolean {
  const decided = request.pendingEvent && findTransition(request.status, request.pendingEvent);
  return decided !== undefined && (decided.ledger === 'RELEASE' || decided.ledger === 'PARTIAL');
}

/** The first line of a request's timeline. */
export const submissionStep = (request: RequestRecord, note?: string): RequestStepRecord =>
  stepOf(request, {
    event: 'SUBMIT',
    actor: { id: request.requesterId, role: 'REQUESTER' },
    now: request.createdAt,
    ...(note !== undefined && { note }),
  });

function move(request: RequestRecord, transition: Transition, change: StatusChange): RequestRecord {
  const {
    pendingEvent: _carriedOut,
    statusReason: _outdated,
    expiresAt: _over,
    statusBeforeDispute: _resumed,
    secondsLeft: _spent,
    ...kept
  } = request;
  const status = targetOf(transition, request);
  const deadline = deadlineOf(request, transition, status, change.now);
  return {
    ...kept,
    ...change.terms,
    status,
    revision: request.revision + 1,
    updatedAt: change.now,
    ...(transition.counts && { [transition.counts]: (request[transition.counts] ?? 0) + 1 }),
    ...(change.statusReason !== undefined && { statusReason: change.statusReason }),
    ...(deadline !== undefined && { expiresAt: deadline }),
    ...(status === 'DISPUTED' && {
      statusBeforeDispute: request.status,
      secondsLeft: Math.max(0, secondsBetween(change.now, request.expiresAt ?? change.now)),
    }),
  };
}

function targetOf(transition: Transition, request: RequestRecord): Status {
  if (transition.to !== 'BEFORE_DISPUTE') return transition.to;
  if (!request.statusBeforeDispute)
    throw new Error(`Request ${request.id} was in no status before its dispute`);
  return request.statusBeforeDispute;
}

function deadlineOf(
  request: RequestRecord,
  transition: Transition,
  status: Status,
  now: Instant,
): Instant | undefined {
  if (transition.to === 'BEFORE_DISPUTE') return after(now, request.secondsLeft ?? 0);
  if (transition.keepsDeadline) return request.expiresAt;
  const seconds = deadlineSeconds(status, request);
  return seconds === undefined ? undefined : after(now, seconds);
}

function stepOf(
  request: RequestRecord,
  { event, actor, now, note }: Pick<StatusChange, 'event' | 'actor' | 'now' | 'note'>,
): RequestStepRecord {
  return {
    id: stepIdOf(request.id, request.revision),
    requestId: request.id,
    requesterId: request.requesterId,
    providerId: request.providerId,
    revision: request.revision,
    status: request.status,
    event,
    actor: actor.id,
    actorRole: actor.role,
    at: now,
    ...(note !== undefined && { note }),
    createdAt: now,
    updatedAt: now,
  };
}
