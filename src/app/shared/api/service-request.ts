import type { WaitingFor } from '../../../../domain/deadlines';
import type { ActorRole, RequestEvent, Status } from '../../../../domain/life-cycle';

/** A request as its two parties see it. */
export interface ServiceRequest {
  readonly id: string;
  readonly serviceId: string;
  /** The offer's title when it was asked for. */
  readonly serviceTitle: string;
  readonly requesterId: string;
  readonly requesterName: string;
  readonly providerId: string;
  readonly providerName: string;
  readonly status: Status;
  readonly statusReason: string | undefined;
  readonly estimatedHours: number;
  readonly agreedRate: number;
  readonly agreedHours: number | undefined;
  /** Hours at stake: what is or was held. */
  readonly amount: number;
  readonly message: string;
  /** The last counter-offer, while the terms are negotiated: hours, rate, and what they cost. */
  readonly offeredHours: number | undefined;
  readonly offeredRate: number | undefined;
  readonly offeredAmount: number | undefined;
  /** How many counter-offers were made. */
  readonly negotiationRound: number;
  /** How often the hours for accepted terms were gone. */
  readonly shortfalls: number;
  readonly changesRequested: number;
  readonly disputesByRequester: number;
  readonly disputesByProvider: number;
  /** The present or last dispute. */
  readonly disputeId: string | undefined;
  /** Deadline of the present wait, ISO 8601. */
  readonly expiresAt: string | undefined;
  readonly revision: number;
  /** An answer was given and is being carried out. */
  readonly pendingEvent: RequestEvent | undefined;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** One line of the timeline. */
export interface Step {
  readonly revision: number;
  readonly status: Status;
  readonly event: RequestEvent;
  readonly actorRole: ActorRole;
  readonly at: string;
  readonly note: string | undefined;
  /** The terms that were asked for, offered or agreed; nothing in a step that was not about terms. */
  readonly terms: OfferedTerms | undefined;
}

/** Hours of work, at hours credited for each, and what that costs. */
export interface OfferedTerms {
  readonly hours: number;
  readonly rate: number;
  readonly amount: number;
}

/** Where a request stands: what was done, who must act next, and until when. */
export interface Standing {
  readonly revision: number;
  readonly waitingFor: WaitingFor;
  readonly waitingUntil: string | undefined;
  readonly steps: readonly Step[];
}

/** What changed by a command, as the server answered it. */
export type Changed = Pick<
  ServiceRequest,
  | 'id'
  | 'status'
  | 'statusReason'
  | 'revision'
  | 'pendingEvent'
  | 'agreedHours'
  | 'agreedRate'
  | 'amount'
  | 'offeredHours'
  | 'offeredRate'
  | 'offeredAmount'
  | 'negotiationRound'
  | 'disputeId'
  | 'expiresAt'
  | 'updatedAt'
>;

export interface Submission {
  /** A UUID made by the caller: repeating a submission with it is harmless. */
  readonly requestId: string;
  readonly serviceId: string;
  readonly estimatedHours: number;
  /** The rate as it was shown. */
  readonly rate: number;
  readonly message: string;
}

/** A counter-offer as it is made. */
export interface CounterOffer {
  readonly hours: number;
  readonly rate: number;
  readonly message: string;
}
