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
  readonly negotiationRound: number;
  readonly changesRequested: number;
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
  | 'amount'
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
