import { a } from '@aws-amplify/backend';
import { RESPONSES } from '../../domain/commands.ts';
import { COMMAND_SOURCES, commandOf } from './command.ts';

/**
 * The public operations. Each checks in its Lambda who calls and what the life cycle allows. Results may be null: a
 * refusal must not wipe out what else was asked for in the same document.
 */
export const commands = {
  /** The whole request as it now stands; its relations are read by id. */
  RequestCommandResult: a.customType({
    id: a.id().required(),
    status: a.ref('RequestStatus').required(),
    statusReason: a.string(),
    revision: a.integer().required(),
    pendingEvent: a.string(),
    estimatedHours: a.float().required(),
    agreedRate: a.float().required(),
    agreedHours: a.float(),
    amount: a.float().required(),
    expiresAt: a.datetime(),
    updatedAt: a.datetime().required(),
    escrowId: a.id(),
    negotiationRound: a.integer().required(),
    /** The terms on the table while they are negotiated. */
    offeredHours: a.float(),
    offeredRate: a.float(),
    offeredAmount: a.float(),
    disputeId: a.id(),
    /** Time of the server when it answered. */
    now: a.datetime().required(),
  }),

  submitServiceRequest: a
    .mutation()
    .arguments({
      /** UUID made by the client: a repeat is harmless. */
      requestId: a.id().required(),
      serviceId: a.id().required(),
      estimatedHours: a.float().required(),
      /** As shown; another one is refused (TERMS_CHANGED). */
      rate: a.float().required(),
      message: a.string(),
    })
    .returns(a.ref('RequestCommandResult'))
    .authorization((allow) => [allow.authenticated()])
    .handler(commandOf(COMMAND_SOURCES.requestCommands)),

  ProviderResponse: a.enum(RESPONSES),

  respondToServiceRequest: a
    .mutation()
    .arguments({
      requestId: a.id().required(),
      response: a.ref('ProviderResponse').required(),
      /** Round and terms as shown; others are refused (TERMS_CHANGED). With COUNTER_OFFER the new terms. */
      round: a.integer(),
      hours: a.float(),
      rate: a.float(),
      message: a.string(),
    })
    .returns(a.ref('RequestCommandResult'))
    .authorization((allow) => [allow.authenticated()])
    .handler(commandOf(COMMAND_SOURCES.requestCommands)),

  cancelServiceRequest: a
    .mutation()
    .arguments({ requestId: a.id().required(), reason: a.string() })
    .returns(a.ref('RequestCommandResult'))
    .authorization((allow) => [allow.authenticated()])
    .handler(commandOf(COMMAND_SOURCES.requestCommands)),

  markServiceDelivered: a
    .mutation()
    .arguments({ requestId: a.id().required(), note: a.string() })
    .returns(a.ref('RequestCommandResult'))
    .authorization((allow) => [allow.authenticated()])
    .handler(commandOf(COMMAND_SOURCES.requestCommands)),

  requestChanges: a
    .mutation()
    .arguments({ requestId: a.id().required(), note: a.string() })
    .returns(a.ref('RequestCommandResult'))
    .authorization((allow) => [allow.authenticated()])
    .handler(commandOf(COMMAND_SOURCES.requestCommands)),

  confirmServiceCompletion: a
    .mutation()
    .arguments({ requestId: a.id().required(), note: a.string() })
    .returns(a.ref('RequestCommandResult'))
    .authorization((allow) => [allow.authenticated()])
    .handler(commandOf(COMMAND_SOURCES.requestCommands)),

  MemberCommandResult: a.customType({
    id: a.id().required(),
    displayName: a.string().required(),
    /** Time of the server when it answered. */
    now: a.datetime().required(),
  }),

  /** Creates what sign-up failed to create: the member, called as they say, and the welcome bonus. */
  ensureMember: a
    .mutation()
    .arguments({ displayName: a.string() })
    .returns(a.ref('MemberCommandResult'))
    .authorization((allow) => [allow.authenticated()])
    .handler(commandOf(COMMAND_SOURCES.memberCommands)),

  WaitingFor: a.enum(['PROVIDER', 'REQUESTER', 'ADMIN', 'SYSTEM', 'NOBODY']),

  WorkflowStep: a.customType({
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
  }),

  WorkflowStatus: a.customType({
    requestId: a.id().required(),
    status: a.ref('RequestStatus').required(),
    statusReason: a.string(),
    revision: a.integer().required(),
    pendingEvent: a.string(),
    waitingFor: a.ref('WaitingFor').required(),
    waitingUntil: a.datetime(),
    /** RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED or PENDING_REDRIVE; absent before the workflow starts. */
    executionStatus: a.string(),
    steps: a.ref('WorkflowStep').required().array().required(),
    /** Time of the server when it answered. */
    now: a.datetime().required(),
  }),

  getWorkflowStatus: a
    .query()
    .arguments({ requestId: a.id().required() })
    .returns(a.ref('WorkflowStatus'))
    .authorization((allow) => [allow.authenticated()])
    .handler(commandOf(COMMAND_SOURCES.workflowStatus)),
};
