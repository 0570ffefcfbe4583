import { isOver } from '../../../domain/dispute';
import type { Party, RequestEvent } from '../../../domain/life-cycle';
import { partyOf } from '../../../domain/request';
import type { Dispute } from '../shared/api/dispute';
import type { ServiceRequest } from '../shared/api/service-request';
import { sharesFor } from '../shared/disputes/shares';

/** A dispute as one of its two parties sees it. */
export interface DisputeView {
  readonly dispute: Dispute;
  readonly request: ServiceRequest;
  readonly viewer: Party;
  readonly otherId: string;
  readonly otherName: string;
  readonly over: boolean;
  /** What the system carries out just now. */
  readonly pendingEvent: RequestEvent | undefined;
  /** Nothing is decided or carried out: statements, files and settlements are taken. */
  readonly arguable: boolean;
  /** The other party proposed a settlement and waits for the viewer's answer. */
  readonly needsMe: boolean;
}

/** Nothing for whoever is no party. */
export function viewOf(
  dispute: Dispute,
  request: ServiceRequest,
  memberId: string | undefined,
): DisputeView | undefined {
  const viewer = memberId === undefined ? undefined : partyOf(dispute, memberId);
  if (!viewer) return undefined;
  const over = isOver(dispute);
  const pendingEvent = over ? undefined : (request.pendingEvent ?? opening(dispute));
  const arguable = !over && pendingEvent === undefined;
  const asked = viewer === 'REQUESTER';
  return {
    dispute,
    request,
    viewer,
    otherId: asked ? dispute.providerId : dispute.requesterId,
    otherName: asked ? dispute.providerName : dispute.requesterName,
    over,
    pendingEvent,
    arguable,
    needsMe: arguable && dispute.proposal !== undefined && dispute.proposal.by !== viewer,
  };
}

const opening = ({ status }: Dispute): RequestEvent | undefined =>
  status === 'OPEN' ? 'OPEN_DISPUTE' : undefined;

/** A division of the hours at stake from one side: what is mine, and what is the other's. */
export interface SidedShares {
  readonly mine: number;
  readonly theirs: number;
}

export function sidesOf(dispute: Dispute, viewer: Party, refundHours: number): SidedShares {
  const { requester, provider } = sharesFor(dispute, refundHours);
  return viewer === 'REQUESTER'
    ? { mine: requester, theirs: provider }
    : { mine: provider, theirs: requester };
}

/** Hours that go back to the requester where the viewer gets `mine` of them. */
export const refundFor = ({ amount }: Dispute, viewer: Party, mine: number): number =>
  viewer === 'REQUESTER' ? mine : amount - mine;

/** A party by name, and as the viewer calls them. */
export function authorOf({ dispute, viewer }: DisputeView, party: Party) {
  const author = party === 'REQUESTER' ? dispute.requesterName : dispute.providerName;
  return { author, by: party === viewer ? $localize`:@@dispute.you:You` : author };
}
