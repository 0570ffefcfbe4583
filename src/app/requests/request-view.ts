import { allowedActions, waitingFor } from '../../../domain/actions';
import type { Action } from '../../../domain/actions';
import type { WaitingFor } from '../../../domain/deadlines';
import { isTerminal } from '../../../domain/life-cycle';
import type { Party } from '../../../domain/life-cycle';
import type { Dispute } from '../shared/api/dispute';
import { factsOf } from '../shared/api/request-facts';
import type { ServiceRequest } from '../shared/api/service-request';

/** A request as one of its two parties sees it. */
export interface RequestView {
  readonly request: ServiceRequest;
  readonly viewer: Party;
  readonly otherId: string;
  readonly otherName: string;
  readonly waitingFor: WaitingFor;
  /** It is the viewer who must act next. */
  readonly needsMe: boolean;
  readonly ended: boolean;
  /** What the life cycle lets the viewer do now. */
  readonly actions: readonly Action[];
  /** The present or last dispute; nothing in a list, and while it is not read. */
  readonly dispute: Dispute | undefined;
}

/** @param memberId of the party that looks */
export function viewOf(
  request: ServiceRequest,
  memberId: string | undefined,
  dispute?: Dispute,
): RequestView {
  const viewer: Party = request.requesterId === memberId ? 'REQUESTER' : 'PROVIDER';
  const facts = factsOf(request);
  const waits = waitingFor(facts);
  const asked = viewer === 'REQUESTER';
  return {
    request,
    viewer,
    otherId: asked ? request.providerId : request.requesterId,
    otherName: asked ? request.providerName : request.requesterName,
    waitingFor: waits,
    needsMe: waits === viewer || isAskedToSettle(request, viewer, dispute),
    ended: isTerminal(request.status),
    actions: allowedActions(facts, viewer),
    dispute,
  };
}

/** An admin is awaited, but the other party has proposed a settlement meanwhile. */
const isAskedToSettle = (
  { status, pendingEvent }: ServiceRequest,
  viewer: Party,
  dispute: Dispute | undefined,
): boolean =>
  status === 'DISPUTED' &&
  pendingEvent === undefined &&
  dispute?.proposal !== undefined &&
  dispute.proposal.by !== viewer;

/** What needs the member first, then the latest moved. */
export const byUrgency = (one: RequestView, other: RequestView): number =>
  Number(other.needsMe) - Number(one.needsMe) ||
  (one.needsMe ? (one.request.expiresAt ?? '').localeCompare(other.request.expiresAt ?? '') : 0) ||
  other.request.updatedAt.localeCompare(one.request.updatedAt);
