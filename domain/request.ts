import type { Hours, Rate } from './hours.ts';
import type { Instant } from './instant.ts';
import type { ActorRole, Party, RequestEvent, Status } from './life-cycle.ts';

/** A row of the model ServiceRequest. */
export interface RequestRecord {
  readonly id: string;
  readonly serviceId: string;
  /** The offer's title when it was asked for. */
  readonly serviceTitle: string;
  readonly requesterId: string;
  readonly providerId: string;
  readonly status: Status;
  readonly statusReason?: string;
  readonly stepFunctionExecutionArn?: string;
  readonly estimatedHours: Hours;
  readonly agreedRate: Rate;
  readonly agreedHours?: Hours;
  /** The hours at stake: what is or will be held. */
  readonly amount: Hours;
  readonly message?: string;
  readonly escrowId?: string;
  /** The terms on the table while they are negotiated: the last counter-offer. */
  readonly offeredHours?: Hours;
  readonly offeredRate?: Rate;
  readonly offeredAmount?: Hours;
  readonly negotiationRound: number;
  readonly changesRequested: number;
  readonly shortfalls?: number;
  readonly disputesByRequester?: number;
  readonly disputesByProvider?: number;
  /** The present or last dispute. */
  readonly disputeId?: string;
  readonly statusBeforeDispute?: Status;
  /** What was left of the deadline when a dispute stopped it. */
  readonly secondsLeft?: number;
  /** The provider's own time to respond, as it was at submission. */
  readonly responseTimeHours: number;
  /** Until when the present status waits; absent where it waits for nobody. */
  readonly expiresAt?: Instant;
  /** 1 on submission, one more with every change of status. */
  readonly revision: number;
  /** An answer was given and the workflow has not carried it out yet. */
  readonly pendingEvent?: RequestEvent;
  /** The edition of the workflow that carries this request. */
  readonly engine: 'v1';
  /** Of what was submitted, so that a repeat is told from another request with the same id. */
  readonly submissionHash: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** A row of the model RequestStep: one line of the timeline. */
export interface RequestStepRecord {
  /** `<requestId>#<revision>` */
  readonly id: string;
  readonly requestId: string;
  readonly requesterId: string;
  readonly providerId: string;
  readonly revision: number;
  readonly status: Status;
  readonly event: RequestEvent;
  /** User id, `SYSTEM` or `CLOCK`. */
  readonly actor: string;
  readonly actorRole: ActorRole;
  readonly at: Instant;
  readonly note?: string;
  /** The terms that were asked for, offered or agreed in this step. */
  readonly hours?: Hours;
  readonly rate?: Rate;
  readonly amount?: Hours;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export interface Actor {
  /** User id, `SYSTEM` or `CLOCK`. */
  readonly id: string;
  readonly role: ActorRole;
}

export const SYSTEM: Actor = { id: 'SYSTEM', role: 'SYSTEM' };
export const CLOCK: Actor = { id: 'CLOCK', role: 'CLOCK' };

export const escrowIdOf = (requestId: string): string => `escrow-${requestId}`;
export const stepIdOf = (requestId: string, revision: number): string => `${requestId}#${revision}`;
/** Every wait has a row of its own: one for each revision of the request. */
export const waitIdOf = stepIdOf;

/** Who a member is to a request; undefined for a stranger. */
export function partyOf(
  request: Pick<RequestRecord, 'requesterId' | 'providerId'>,
  userId: string,
): Party | undefined {
  if (userId === request.requesterId) return 'REQUESTER';
  if (userId === request.providerId) return 'PROVIDER';
  return undefined;
}
