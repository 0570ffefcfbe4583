import { a } from '@aws-amplify/backend';
import { STATUSES } from '../../domain/life-cycle.ts';
import { partiesAndAdminsRead } from './authority.ts';

/** Service requests and their timeline. Written only by the ledger and the request writer (Lambda). */
export const requests = {
  RequestStatus: a.enum(STATUSES),

  ServiceRequest: a
    .model({
      serviceId: a.id().required(),
      /** Snapshot: the offer may be renamed while the request runs. */
      serviceTitle: a.string().required(),
      requesterId: a.id().required(),
      providerId: a.id().required(),
      status: a.ref('RequestStatus').required(),
      statusReason: a.string(),
      stepFunctionExecutionArn: a.string(),
      estimatedHours: a.float().required(),
      agreedRate: a.float().required(),
      agreedHours: a.float(),
      /** Hours held: hours x rate, rounded half up to a quarter. */
      amount: a.float().required(),
      message: a.string(),
      escrowId: a.id(),
      /** The terms on the table while they are negotiated: the last counter-offer. */
      offeredHours: a.float(),
      offeredRate: a.float(),
      offeredAmount: a.float(),
      negotiationRound: a.integer().required(),
      changesRequested: a.integer().required(),
      shortfalls: a.integer(),
      disputesByRequester: a.integer(),
      disputesByProvider: a.integer(),
      /** The present or last dispute. */
      disputeId: a.id(),
      /** Deadline of the wait that the request is in. */
      expiresAt: a.datetime(),
      /** 1 when submitted, one more with each change of status. */
      revision: a.integer().required(),
      /** A command was given and the workflow has not carried it out yet. */
      pendingEvent: a.string(),
      /** Which version of the workflow runs it. */
      engine: a.string().required(),
      createdAt: a.datetime().required(),
      updatedAt: a.datetime().required(),

      service: a.belongsTo('Service', 'serviceId'),
      requester: a.belongsTo('User', 'requesterId'),
      provider: a.belongsTo('User', 'providerId'),
      escrow: a.belongsTo('Escrow', 'escrowId'),
    })
    .secondaryIndexes((index) => [
      index('serviceId').name('byServiceId').sortKeys(['createdAt']).queryField('requestsByService'),
      index('requesterId').name('byRequesterId').sortKeys(['createdAt']).queryField('requestsByRequester'),
      index('providerId').name('byProviderId').sortKeys(['createdAt']).queryField('requestsByProvider'),
      index('status').name('byStatus').sortKeys(['updatedAt']).queryField('requestsByStatus'),
      index('escrowId').name('byEscrowId').queryField('requestsByEscrow'),
    ])
    .disableOperations(['mutations', 'subscriptions'])
    .authorization(partiesAndAdminsRead('requesterId', 'providerId')),

  ActorRole: a.enum(['REQUESTER', 'PROVIDER', 'ADMIN', 'SYSTEM', 'CLOCK']),

  /** The timeline: one row a change of status, id `<requestId>#<revision>`. */
  RequestStep: a
    .model({
      requestId: a.id().required(),
      requesterId: a.id().required(),
      providerId: a.id().required(),
      revision: a.integer().required(),
      status: a.ref('RequestStatus').required(),
      event: a.string().required(),
      actor: a.string().required(),
      actorRole: a.ref('ActorRole').required(),
      at: a.datetime().required(),
      note: a.string(),
      /** The terms that were asked for, offered or agreed in this step. */
      hours: a.float(),
      rate: a.float(),
      amount: a.float(),
      createdAt: a.datetime().required(),
      updatedAt: a.datetime().required(),
    })
    .secondaryIndexes((index) => [
      index('requestId').name('byRequestId').sortKeys(['revision']).queryField('stepsByRequest'),
    ])
    .disableOperations(['mutations', 'subscriptions'])
    .authorization(partiesAndAdminsRead('requesterId', 'providerId')),
};
