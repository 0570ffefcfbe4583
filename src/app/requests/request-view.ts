import { allowedActions, waitingFor } from '../../../domain/actions';
import type { Action } from '../../../domain/actions';
import type { WaitingFor } from '../../../domain/deadlines';
import { isTerminal } from '../../../domain/life-cycle';
import type { Party } from '../../../domain/life-cycle';
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
}

/** @param memberId of the one who looks; whoever is not the requester sees it as the provider does */
export function viewOf(request: ServiceRequest, memberId: string | undefined): RequestView {
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
    needsMe: waits === viewer,
    ended: isTerminal(request.status),
    actions: allowedActions(facts, viewer),
  };
}

/** The life cycle tells "nothing pending" by the field's absence. */
const factsOf = ({ status, pendingEvent, negotiationRound, changesRequested }: ServiceRequest) => ({
  status,
  negotiationRound,
  changesRequested,
  ...(pendingEvent !== undefined && { pendingEvent }),
});

/** What needs the member first, then the latest moved. */
export const byUrgency = (one: RequestView, other: RequestView): number =>
  Number(other.needsMe) - Number(one.needsMe) ||
  (one.needsMe ? (one.request.expiresAt ?? '').localeCompare(other.request.expiresAt ?? '') : 0) ||
  other.request.updatedAt.localeCompare(one.request.updatedAt);
