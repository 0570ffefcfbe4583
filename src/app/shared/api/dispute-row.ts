import type { DisputeDecision, DisputeStatus } from '../../../../domain/dispute';
import type { EvidenceKind } from '../../../../domain/evidence';
import type { Party, RequestEvent, Status } from '../../../../domain/life-cycle';
import type { Dispute, DisputeChanged, Evidence, Proposal } from './dispute';

/** What is read of a dispute. */
export const DISPUTE_FIELDS = [
  'id',
  'requestId',
  'serviceTitle',
  'escrowId',
  'requesterId',
  'providerId',
  'openedByRole',
  'reason',
  'statement',
  'status',
  'statusBefore',
  'amount',
  'expiresAt',
  'proposedRefundHours',
  'proposedBy',
  'proposals',
  'decision',
  'refundHours',
  'decidedAt',
  'decisionNote',
  'createdAt',
  'updatedAt',
] as const;

/** A dispute as GraphQL answers it. */
export interface DisputeRow {
  readonly id: string;
  readonly requestId: string;
  readonly serviceTitle: string;
  readonly escrowId: string;
  readonly requesterId: string;
  readonly providerId: string;
  readonly openedByRole: Party;
  readonly reason: string;
  readonly statement: string;
  readonly status: DisputeStatus;
  readonly statusBefore: Status;
  readonly amount: number;
  readonly expiresAt: string | null;
  readonly proposedRefundHours: number | null;
  readonly proposedBy: string | null;
  readonly proposals: number;
  readonly decision: DisputeDecision | null;
  readonly refundHours: number | null;
  readonly decidedAt: string | null;
  readonly decisionNote: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What a command about a dispute answers. */
export interface DisputeCommandRow {
  readonly id: string;
  readonly requestId: string;
  readonly status: DisputeStatus;
  readonly expiresAt?: string | null;
  readonly proposedRefundHours?: number | null;
  readonly proposedBy?: string | null;
  readonly decision?: DisputeDecision | null | undefined;
  readonly refundHours?: number | null;
  readonly pendingEvent?: string | null;
  readonly updatedAt: string;
  readonly now: string;
}

export const EVIDENCE_FIELDS = [
  'id',
  'authorRole',
  'kind',
  'text',
  'fileName',
  'fileType',
  'fileSize',
  'createdAt',
] as const;

export interface EvidenceRow {
  readonly id: string;
  readonly authorRole: Party;
  readonly kind: EvidenceKind;
  readonly text: string | null;
  readonly fileName: string | null;
  readonly fileType: string | null;
  readonly fileSize: number | null;
  readonly createdAt: string;
}

/** Names are looked up by id: a dispute has no relation to its members. */
export interface PartyNames {
  readonly requesterName: string;
  readonly providerName: string;
}

export const toDispute = (
  { proposedRefundHours, proposedBy, ...row }: DisputeRow,
  names: PartyNames,
): Dispute => ({
  ...row,
  ...names,
  expiresAt: row.expiresAt ?? undefined,
  proposal: toProposal(row, proposedRefundHours, proposedBy),
  decision: row.decision ?? undefined,
  refundHours: row.refundHours ?? undefined,
  decidedAt: row.decidedAt ?? undefined,
  decisionNote: row.decisionNote ?? undefined,
});

/** A dispute after a command about it. */
export const withChange = (dispute: Dispute, changed: DisputeChanged): Dispute => ({
  ...dispute,
  status: changed.status,
  expiresAt: changed.expiresAt,
  proposal: toProposal(dispute, changed.proposed?.refundHours, changed.proposed?.by),
  decision: changed.decision,
  refundHours: changed.refundHours,
  updatedAt: changed.updatedAt,
});

function toProposal(
  { requesterId }: Pick<Dispute, 'requesterId'>,
  refundHours: number | null | undefined,
  by: string | null | undefined,
): Proposal | undefined {
  if (refundHours == null || by == null) return undefined;
  return { refundHours, by: by === requesterId ? 'REQUESTER' : 'PROVIDER' };
}

export const toDisputeChanged = (row: DisputeCommandRow): DisputeChanged => ({
  id: row.id,
  requestId: row.requestId,
  status: row.status,
  expiresAt: row.expiresAt ?? undefined,
  proposed:
    row.proposedRefundHours == null || row.proposedBy == null
      ? undefined
      : { refundHours: row.proposedRefundHours, by: row.proposedBy },
  decision: row.decision ?? undefined,
  refundHours: row.refundHours ?? undefined,
  // Events travel as strings, so that a new one does not break an old schema; the backend writes domain's events only.
  pendingEvent: row.pendingEvent == null ? undefined : (row.pendingEvent as RequestEvent),
  updatedAt: row.updatedAt,
});

export function toEvidence(row: EvidenceRow): Evidence {
  const { id, authorRole, createdAt: at } = row;
  return row.kind === 'STATEMENT'
    ? { kind: 'STATEMENT', id, authorRole, at, text: row.text ?? '' }
    : {
        kind: 'FILE',
        id,
        authorRole,
        at,
        fileName: row.fileName ?? '',
        fileType: row.fileType ?? '',
        fileSize: row.fileSize ?? 0,
      };
}
