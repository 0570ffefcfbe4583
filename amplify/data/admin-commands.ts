import { a } from '@aws-amplify/backend';
import { ADMIN_GROUP } from './authority.ts';
import { COMMAND_SOURCES, commandOf } from './command.ts';

/** What admins do to accounts and books. */
export const adminCommands = {
  /** What an admin asked for, as it now stands. */
  AdminCommandResult: a.customType({
    id: a.id().required(),
    kind: a.ref('AdminActionKind').required(),
    userId: a.id().required(),
    hours: a.float(),
    allowBelowZero: a.boolean(),
    reason: a.string().required(),
    status: a.ref('AdminActionStatus').required(),
    refusal: a.string(),
    createdAt: a.datetime().required(),
    /** Time of the server when it answered. */
    now: a.datetime().required(),
  }),

  adjustBalance: a
    .mutation()
    .arguments({
      /** UUID made by the client: a repeat is harmless. */
      adjustmentId: a.id().required(),
      userId: a.id().required(),
      /** Signed. */
      hours: a.float().required(),
      reason: a.string().required(),
      /** Without it nothing takes a member below zero. */
      allowBelowZero: a.boolean(),
    })
    .returns(a.ref('AdminCommandResult'))
    .authorization((allow) => [allow.group(ADMIN_GROUP)])
    .handler(commandOf(COMMAND_SOURCES.adminCommands)),

  setAccountLock: a
    .mutation()
    .arguments({ userId: a.id().required(), locked: a.boolean().required(), reason: a.string().required() })
    .returns(a.ref('AdminCommandResult'))
    .authorization((allow) => [allow.group(ADMIN_GROUP)])
    .handler(commandOf(COMMAND_SOURCES.adminCommands)),

  ReconciliationStarted: a.customType({
    /** Of the report that it will write. */
    reportId: a.id().required(),
    /** Time of the server when it answered. */
    now: a.datetime().required(),
  }),

  /** Checks the books now, and not only every day. */
  startReconciliation: a
    .mutation()
    .returns(a.ref('ReconciliationStarted'))
    .authorization((allow) => [allow.group(ADMIN_GROUP)])
    .handler(commandOf(COMMAND_SOURCES.adminCommands)),
};
