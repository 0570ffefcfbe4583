import { a } from '@aws-amplify/backend';
import { ADMIN_ACTION_KINDS, ADMIN_ACTION_STATUSES } from '../../domain/admin-action.ts';
import { ESCROW_STATUSES } from '../../domain/ledger.ts';
import { ADMIN_GROUP, partiesAndAdminsRead } from './authority.ts';

/**
 * Hours: balances, holds and the log. Written only by the ledger. No relation joins them to User: Amplify would demand
 * the reverse field, whose generated resolver reads anybody's balance. They are looked up by userId.
 */
export const money = {
  UserBalance: a
    .model({
      userId: a.id().required(),
      totalBalance: a.float().required(),
      availableBalance: a.float().required(),
      escrowedBalance: a.float().required(),
      version: a.integer().required(),
      lastTransactionId: a.string(),
      lockedAt: a.datetime(),
      lockedBy: a.string(),
      createdAt: a.datetime().required(),
      updatedAt: a.datetime().required(),
    })
    .identifier(['userId'])
    .disableOperations(['mutations', 'subscriptions'])
    .authorization(partiesAndAdminsRead('userId')),

  EscrowStatus: a.enum(ESCROW_STATUSES),
  EscrowType: a.enum(['SERVICE_REQUEST', 'REFUND', 'DISPUTE_RESOLUTION']),

  Escrow: a
    .model({
      requestId: a.id().required(),
      fromUserId: a.id().required(),
      toUserId: a.id().required(),
      amount: a.float().required(),
      releasedAmount: a.float().required(),
      refundedAmount: a.float().required(),
      status: a.ref('EscrowStatus').required(),
      escrowType: a.ref('EscrowType').required(),
      /** The dispute that alone may move it. */
      frozenBy: a.id(),
      stepFunctionExecutionArn: a.string(),
      createdAt: a.datetime().required(),
      releasedAt: a.datetime(),
      cancelledAt: a.datetime(),
      updatedAt: a.datetime().required(),

      /** The reverse that `ServiceRequest.escrow` demands; nobody needs it. */
      request: a
        .hasOne('ServiceRequest', 'escrowId')
        .authorization((allow) => [allow.group(ADMIN_GROUP).to(['read'])]),
    })
    .secondaryIndexes((index) => [
      index('requestId').name('byRequestId').queryField('escrowsByRequest'),
      index('fromUserId').name('byFromUserId').sortKeys(['createdAt']).queryField('escrowsByPayer'),
      index('toUserId').name('byToUserId').sortKeys(['createdAt']).queryField('escrowsByPayee'),
      index('status').name('byStatus').sortKeys(['updatedAt']).queryField('escrowsByStatus'),
    ])
    .disableOperations(['mutations', 'subscriptions'])
    .authorization(partiesAndAdminsRead('fromUserId', 'toUserId')),

  TransactionType: a.enum([
    'ESCROW',
    'TRANSFER',
    'REFUND',
    'WELCOME_BONUS',
    'DISPUTE_RESOLUTION',
    'ADMIN_ADJUSTMENT',
  ]),

  /** One entry an account and posting, id `<transactionId>#<userId>`; never updated, never deleted. */
  TransactionLog: a
    .model({
      transactionId: a.id().required(),
      userId: a.id().required(),
      transactionType: a.ref('TransactionType').required(),
      /** Added to the available balance. */
      amount: a.float().required(),
      /** Added to the escrowed balance. */
      heldDelta: a.float().required(),
      balanceBefore: a.float().required(),
      balanceAfter: a.float().required(),
      description: a.string(),
      relatedEntityId: a.id(),
      stepFunctionExecutionArn: a.string(),
      createdAt: a.datetime().required(),
      updatedAt: a.datetime().required(),
    })
    .secondaryIndexes((index) => [
      index('transactionId').name('byTransactionId').queryField('logByTransaction'),
      index('userId').name('byUserId').sortKeys(['createdAt']).queryField('logByUser'),
      index('transactionType').name('byTransactionType').sortKeys(['createdAt']).queryField('logByType'),
    ])
    .disableOperations(['mutations', 'subscriptions'])
    .authorization(partiesAndAdminsRead('userId')),

  AdminActionKind: a.enum(ADMIN_ACTION_KINDS),
  AdminActionStatus: a.enum(ADMIN_ACTION_STATUSES),

  /** What admins did to accounts, each with its reason: never updated once done, never deleted. */
  AdminAction: a
    .model({
      kind: a.ref('AdminActionKind').required(),
      adminId: a.id().required(),
      userId: a.id().required(),
      /** Of an adjustment, signed. */
      hours: a.float(),
      allowBelowZero: a.boolean(),
      reason: a.string().required(),
      status: a.ref('AdminActionStatus').required(),
      /** Why it was refused. */
      refusal: a.string(),
      stepFunctionExecutionArn: a.string(),
      createdAt: a.datetime().required(),
      updatedAt: a.datetime().required(),
    })
    .secondaryIndexes((index) => [
      index('kind').name('byKind').sortKeys(['createdAt']).queryField('adminActionsByKind'),
      index('userId').name('byUserId').sortKeys(['createdAt']).queryField('adminActionsByUser'),
    ])
    .disableOperations(['mutations', 'subscriptions'])
    .authorization((allow) => [allow.group(ADMIN_GROUP).to(['read'])]),

  /** One check of all accounts. Every member may know whether the books balance; what does not is for admins. */
  ReconciliationReport: a
    .model({
      /** BALANCES; so that the latest can be asked for. */
      kind: a.string().required(),
      status: a.ref('ReconciliationStatus').required(),
      startedAt: a.datetime().required(),
      finishedAt: a.datetime(),
      accountsChecked: a.integer().required(),
      mismatches: a.integer().required(),
      /** SCHEDULE, or the admin who asked for it. */
      requestedBy: a.id().authorization((allow) => [allow.group(ADMIN_GROUP).to(['read'])]),
      /** What did not agree, account by account. */
      findings: a.json().authorization((allow) => [allow.group(ADMIN_GROUP).to(['read'])]),
      stepFunctionExecutionArn: a.string().authorization((allow) => [allow.group(ADMIN_GROUP).to(['read'])]),
      createdAt: a.datetime().required(),
      updatedAt: a.datetime().required(),
    })
    .secondaryIndexes((index) => [
      index('kind').name('byKind').sortKeys(['startedAt']).queryField('reconciliationReportsByKind'),
    ])
    .disableOperations(['mutations', 'subscriptions'])
    .authorization((allow) => [allow.authenticated().to(['read'])]),

  /** BALANCED and MISMATCHED are ends. */
  ReconciliationStatus: a.enum(['RUNNING', 'BALANCED', 'MISMATCHED']),
};
