import { a } from '@aws-amplify/backend';
import { DECISIONS, DISPUTE_STATUSES } from '../../domain/dispute.ts';
import { EVIDENCE_KINDS } from '../../domain/evidence.ts';
import { partiesAndAdminsRead } from './authority.ts';

/** Disputes between the two parties of a request, decided by an admin or settled between them. */
export const disputes = {
  DisputeStatus: a.enum(DISPUTE_STATUSES),
  DisputeDecision: a.enum(DECISIONS),
  Party: a.enum(['REQUESTER', 'PROVIDER']),

  Dispute: a
    .model({
      requestId: a.id().required(),
      /** Snapshot, as on the request. */
      serviceTitle: a.string().required(),
      escrowId: a.id().required(),
      requesterId: a.id().required(),
      providerId: a.id().required(),
      openedBy: a.id().required(),
      openedByRole: a.ref('Party').required(),
      reason: a.string().required(),
      statement: a.string().required(),
      status: a.ref('DisputeStatus').required(),
      /** Status that the request returns to when the dispute is dismissed. */
      statusBefore: a.ref('RequestStatus').required(),
      /** Hours at stake. */
      amount: a.float().required(),
      /** When the hours go back unless somebody decides. */
      expiresAt: a.datetime(),
      /** The settlement on the table, as hours for the requester. */
      proposedRefundHours: a.float(),
      proposedBy: a.id(),
      proposedAt: a.datetime(),
      proposals: a.integer().required(),
      decision: a.ref('DisputeDecision'),
      /** Hours that went back to the requester. */
      refundHours: a.float(),
      decidedBy: a.id(),
      decidedAt: a.datetime(),
      decisionNote: a.string(),
      createdAt: a.datetime().required(),
      updatedAt: a.datetime().required(),
    })
    .secondaryIndexes((index) => [
      index('requestId').name('byRequestId').queryField('disputesByRequest'),
      index('status').name('byStatus').sortKeys(['createdAt']).queryField('disputesByStatus'),
    ])
    .disableOperations(['mutations', 'subscriptions'])
    .authorization(partiesAndAdminsRead('requesterId', 'providerId')),

  EvidenceKind: a.enum(EVIDENCE_KINDS),

  /** What a party lays before the admin: words, or a file that `getEvidenceUrl` gives access to. */
  Evidence: a
    .model({
      disputeId: a.id().required(),
      requestId: a.id().required(),
      requesterId: a.id().required(),
      providerId: a.id().required(),
      authorId: a.id().required(),
      authorRole: a.ref('Party').required(),
      kind: a.ref('EvidenceKind').required(),
      text: a.string(),
      fileName: a.string(),
      fileType: a.string(),
      /** Bytes. */
      fileSize: a.integer(),
      createdAt: a.datetime().required(),
      updatedAt: a.datetime().required(),
    })
    .secondaryIndexes((index) => [
      index('disputeId').name('byDisputeId').sortKeys(['createdAt']).queryField('evidenceByDispute'),
    ])
    .disableOperations(['mutations', 'subscriptions'])
    .authorization(partiesAndAdminsRead('requesterId', 'providerId')),
};
