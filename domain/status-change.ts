import { deadlineSeconds } from './deadlines.ts';
import { disputeIdOf } from './dispute.ts';
import { disputeChangeOf, type DisputeChange } from './dispute-change.ts';
import type { Hours, Rate, SignedHours } from './hours.ts';
import { after, secondsBetween, type Instant } from './instant.ts';
import { findTransition, type Party, type RequestEvent, type Status, type Transition } from './life-cycle.ts';
import { termsOf, termsOnTable } from './negotiation.ts';
import { notificationsOf, type NotificationRecord } from './notifications.ts';
import { stepIdOf, type Actor, type RequestRecord, type RequestStepRecord } from './request.ts';

/** What an event says beyond its name. */
export interface EventDetails {
  /** The terms of a counter-offer. */
  readonly hours?: Hours;
  readonly rate?: Rate;
  /** The dispute that an event ends, and the hours that it gives back to the requester. */
  readonly disputeId?: string;
  readonly refundHours?: SignedHours;
}

/** What happens to a request, as its workflow hands it over. */
export interface StatusChange extends EventDetails {
  readonly event: RequestEvent;
  readonly actor: Actor;
  readonly now: Instant;
  /** What the actor said. */
  readonly note?: string;
  /** Why the request is where it now is, as a code such as `INSUFFICIENT_HOURS`. */
  readonly statusReason?: string;
  /** What the posting that goes with the event settles. */
  readonly terms?: Partial<Pick<RequestRecord, 'amount' | 'escrowId'>>;
}

/** Everything that one change of status writes. */
export interface ChangedRequest {
  readonly before: RequestRecord;
  readonly transition: Transition;
  readonly request: RequestRecord;
  readonly step: RequestStepRecord;
  readonly notifications: readonly NotificationRecord[];
  /** The dispute that begins to wait for its decision, or has its end. */
  readonly dispute?: DisputeChange;
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
  const dispute = disputeChangeOf(request, changed, change);
  return {
    before: request,
    transition,
    request: changed,
    step: stepOf(changed, change),
    notifications: notificationsOf(transition, changed, change.actor.id, change.now, change.refundHours),
    ...(dispute && { dispute }),
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
    offeredHours: _hours,
    offeredRate: _rate,
    offeredAmount: _amount,
    ...kept
  } = request;
  const status = targetOf(transition, request);
  const deadline = deadlineOf(request, transition, status, change.now);
  return {
    ...kept,
    ...termsAfter(request, status, change),
    ...change.terms,
    status,
    revision: request.revision + 1,
    updatedAt: change.now,
    ...(transition.counts && { [transition.counts]: (request[transition.counts] ?? 0) + 1 }),
    ...(change.statusReason !== undefined && { statusReason: change.statusReason }),
    ...(deadline !== undefined && { expiresAt: deadline }),
    ...(status === 'DISPUTED' && {
      disputeId: disputeIdOf(request.id, openedBy(change.actor)),
      statusBeforeDispute: request.status,
      secondsLeft: Math.max(0, secondsBetween(change.now, request.expiresAt ?? change.now)),
    }),
  };
}

/** The terms that a step leaves on the table, or agrees. */
function termsAfter(request: RequestRecord, status: Status, change: StatusChange): Partial<RequestRecord> {
  if (change.event === 'COUNTER_OFFER') {
    if (change.hours === undefined || change.rate === undefined)
      throw new Error(`A counter-offer to request ${request.id} names no terms`);
    const { hours, rate, amount } = termsOf(change.hours, change.rate);
    return { offeredHours: hours, offeredRate: rate, offeredAmount: amount };
  }
  const { hours, rate, amount } = termsOnTable(request);
  if (status === 'NEGOTIATING') return { offeredHours: hours, offeredRate: rate, offeredAmount: amount };
  return status === 'ACCEPTED' ? { agreedHours: hours, agreedRate: rate } : {};
}

function openedBy({ id, role }: Actor): Party {
  if (role === 'REQUESTER' || role === 'PROVIDER') return role;
  throw new Error(`${id} is no party and opens no dispute`);
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
    ...(TELLS_TERMS.has(event) && termsOnTable(request)),
    createdAt: now,
    updatedAt: now,
  };
}

/** Steps that put terms on the table, or agree to them. */
const TELLS_TERMS: ReadonlySet<RequestEvent> = new Set(['SUBMIT', 'COUNTER_OFFER', 'ACCEPT']);
