import type { DisputeDecision, DisputeStatus } from '../../../../domain/dispute';
import type { Party, RequestEvent, Status } from '../../../../domain/life-cycle';

/** A dispute as its two parties and the admins see it. */
export interface Dispute {
  readonly id: string;
  readonly requestId: string;
  readonly serviceTitle: string;
  readonly escrowId: string;
  readonly requesterId: string;
  readonly requesterName: string;
  readonly providerId: string;
  readonly providerName: string;
  readonly openedByRole: Party;
  readonly reason: string;
  readonly statement: string;
  readonly status: DisputeStatus;
  /** Status that the request returns to when the dispute is dismissed. */
  readonly statusBefore: Status;
  /** Hours at stake. */
  readonly amount: number;
  /** When the hours go back unless somebody decides, ISO 8601. */
  readonly expiresAt: string | undefined;
  /** The settlement on the table. */
  readonly proposal: Proposal | undefined;
  /** How many settlements were proposed. */
  readonly proposals: number;
  readonly decision: DisputeDecision | undefined;
  /** Hours that went back to the requester. */
  readonly refundHours: number | undefined;
  readonly decidedAt: string | undefined;
  readonly decisionNote: string | undefined;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface Proposal {
  /** Hours for the requester; the provider gets the rest. */
  readonly refundHours: number;
  readonly by: Party;
}

/** What changed by a command, as the server answered it. */
export type DisputeChanged = Pick<
  Dispute,
  'id' | 'requestId' | 'status' | 'expiresAt' | 'decision' | 'refundHours' | 'updatedAt'
> & {
  /** By member id: the command does not know who is who. */
  readonly proposed: { readonly refundHours: number; readonly by: string } | undefined;
  /** An answer or a decision that is being carried out. */
  readonly pendingEvent: RequestEvent | undefined;
};

/** What a party laid before the admin after the dispute was opened. */
export type Evidence = Statement | EvidenceFile;

interface Laid {
  readonly id: string;
  readonly authorRole: Party;
  readonly at: string;
}

export interface Statement extends Laid {
  readonly kind: 'STATEMENT';
  readonly text: string;
}

export interface EvidenceFile extends Laid {
  readonly kind: 'FILE';
  readonly fileName: string;
  /** MIME type, by what the file contains. */
  readonly fileType: string;
  /** Bytes. */
  readonly fileSize: number;
}

/** Where a file can be fetched for a few minutes. */
export interface FileAddress {
  readonly url: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}
