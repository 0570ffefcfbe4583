import { a } from '@aws-amplify/backend';
import { ADMIN_GROUP } from './authority.ts';
import { COMMAND_SOURCES, commandOf } from './command.ts';

/** What the parties of a dispute, and the admin who decides it, ask for. */
export const disputeCommands = {
  /** The dispute as it now stands. */
  DisputeCommandResult: a.customType({
    id: a.id().required(),
    requestId: a.id().required(),
    status: a.ref('DisputeStatus').required(),
    amount: a.float().required(),
    expiresAt: a.datetime(),
    proposedRefundHours: a.float(),
    proposedBy: a.id(),
    proposedAt: a.datetime(),
    decision: a.ref('DisputeDecision'),
    refundHours: a.float(),
    /** An answer or a decision that the workflow has not carried out yet. */
    pendingEvent: a.string(),
    updatedAt: a.datetime().required(),
    /** Time of the server when it answered. */
    now: a.datetime().required(),
  }),

  openDispute: a
    .mutation()
    .arguments({
      requestId: a.id().required(),
      reason: a.string().required(),
      statement: a.string().required(),
    })
    .returns(a.ref('DisputeCommandResult'))
    .authorization((allow) => [allow.authenticated()])
    .handler(commandOf(COMMAND_SOURCES.disputeCommands)),

  proposeSettlement: a
    .mutation()
    .arguments({ disputeId: a.id().required(), refundHours: a.float().required() })
    .returns(a.ref('DisputeCommandResult'))
    .authorization((allow) => [allow.authenticated()])
    .handler(commandOf(COMMAND_SOURCES.disputeCommands)),

  answerSettlement: a
    .mutation()
    .arguments({
      disputeId: a.id().required(),
      accept: a.boolean().required(),
      /** As shown; another one is refused (TERMS_CHANGED). */
      refundHours: a.float(),
    })
    .returns(a.ref('DisputeCommandResult'))
    .authorization((allow) => [allow.authenticated()])
    .handler(commandOf(COMMAND_SOURCES.disputeCommands)),

  resolveDispute: a
    .mutation()
    .arguments({
      disputeId: a.id().required(),
      decision: a.ref('DisputeDecision').required(),
      /** Of a partial refund. */
      refundHours: a.float(),
      note: a.string(),
    })
    .returns(a.ref('DisputeCommandResult'))
    .authorization((allow) => [allow.group(ADMIN_GROUP)])
    .handler(commandOf(COMMAND_SOURCES.disputeCommands)),

  EvidenceResult: a.customType({
    id: a.id().required(),
    disputeId: a.id().required(),
    kind: a.ref('EvidenceKind').required(),
    text: a.string(),
    fileName: a.string(),
    fileType: a.string(),
    /** Bytes. */
    fileSize: a.integer(),
    createdAt: a.datetime().required(),
    /** Time of the server when it answered. */
    now: a.datetime().required(),
  }),

  addStatement: a
    .mutation()
    .arguments({ disputeId: a.id().required(), statement: a.string().required() })
    .returns(a.ref('EvidenceResult'))
    .authorization((allow) => [allow.authenticated()])
    .handler(commandOf(COMMAND_SOURCES.disputeCommands)),

  /** Where a file may be put, by HTTP PUT with just these headers, for a few minutes. */
  EvidenceUpload: a.customType({
    uploadId: a.id().required(),
    url: a.string().required(),
    contentType: a.string().required(),
    expiresAt: a.datetime().required(),
    /** Time of the server when it answered. */
    now: a.datetime().required(),
  }),

  requestEvidenceUpload: a
    .mutation()
    .arguments({
      disputeId: a.id().required(),
      fileName: a.string().required(),
      fileType: a.string().required(),
      /** Bytes; at most 5 MB. */
      fileSize: a.integer().required(),
    })
    .returns(a.ref('EvidenceUpload'))
    .authorization((allow) => [allow.authenticated()])
    .handler(commandOf(COMMAND_SOURCES.disputeCommands)),

  /** Takes an uploaded file on record, once its content is what it says it is. */
  addEvidence: a
    .mutation()
    .arguments({
      disputeId: a.id().required(),
      uploadId: a.id().required(),
      fileName: a.string().required(),
    })
    .returns(a.ref('EvidenceResult'))
    .authorization((allow) => [allow.authenticated()])
    .handler(commandOf(COMMAND_SOURCES.disputeCommands)),

  /** A file of a dispute, for its parties and admins, by an address that is good for a few minutes. */
  EvidenceUrl: a.customType({
    url: a.string().required(),
    expiresAt: a.datetime().required(),
    /** Time of the server when it answered. */
    now: a.datetime().required(),
  }),

  getEvidenceUrl: a
    .query()
    .arguments({ evidenceId: a.id().required() })
    .returns(a.ref('EvidenceUrl'))
    .authorization((allow) => [allow.authenticated()])
    .handler(commandOf(COMMAND_SOURCES.disputeCommands)),
};
