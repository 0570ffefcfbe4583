import { a } from '@aws-amplify/backend';
import { partiesAndAdminsRead } from './authority.ts';

/** Disputes between the two parties of a request, decided by an admin. */
export const disputes = {
  DisputeStatus: a.enum(['OPEN', 'AWAITING_DECISION', 'RESOLVED', 'DISMISSED', 'SETTLED', 'LAPSED']),
  DisputeDecision: a.enum(['REFUND_TO_REQUESTER', 'PAY_TO_PROVIDER', 'PARTIAL_REFUND', 'DISMISS_DISPUTE']),

  Dispute: a
    .model({
      requestId: a.id().required(),
      escrowId: a.id().required(),
      requesterId: a.id().required(),
      providerId: a.id().required(),
      openedBy: a.id().required(),
      reason: a.string().required(),
      statement: a.string().required(),
      status: a.ref('DisputeStatus').required(),
      /** Status that the request returns to when the dispute is dismissed. */
      statusBefore: a.ref('RequestStatus').required(),
      decision: a.ref('DisputeDecision'),
      refundHours: a.float(),
      decidedBy: a.id(),
      decidedAt: a.datetime(),
      decisionNote: a.string(),
      stepFunctionExecutionArn: a.string(),
      createdAt: a.datetime().required(),
      updatedAt: a.datetime().required(),
    })
    .secondaryIndexes((index) => [
      index('requestId').name('byRequestId').queryField('disputesByRequest'),
      index('status').name('byStatus').sortKeys(['createdAt']).queryField('disputesByStatus'),
    ])
    .disableOperations(['mutations', 'subscriptions'])
    .authorization(partiesAndAdminsRead('requesterId', 'providerId')),
};
