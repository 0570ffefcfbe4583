import { a } from '@aws-amplify/backend';
import { COMMAND_SOURCES, commandOf } from './command.ts';

/** What the parties of a request say to and of each other. */
export const conversationCommands = {
  MessageResult: a.customType({
    id: a.id().required(),
    requestId: a.id().required(),
    authorId: a.id().required(),
    text: a.string().required(),
    createdAt: a.datetime().required(),
    /** Time of the server when it answered. */
    now: a.datetime().required(),
  }),

  postMessage: a
    .mutation()
    .arguments({
      requestId: a.id().required(),
      text: a.string().required(),
      /** UUID made by the client: a repeat is harmless. */
      messageId: a.id(),
    })
    .returns(a.ref('MessageResult'))
    .authorization((allow) => [allow.authenticated()])
    .handler(commandOf(COMMAND_SOURCES.requestCommands)),

  ReviewResult: a.customType({
    requestId: a.id().required(),
    rating: a.integer().required(),
    comment: a.string(),
    /** Others see it: both parties have written, or the seal has expired. */
    published: a.boolean().required(),
    /** When it is published at the latest. */
    publishedBy: a.datetime(),
    createdAt: a.datetime().required(),
    /** Time of the server when it answered. */
    now: a.datetime().required(),
  }),

  leaveReview: a
    .mutation()
    .arguments({ requestId: a.id().required(), rating: a.integer().required(), comment: a.string() })
    .returns(a.ref('ReviewResult'))
    .authorization((allow) => [allow.authenticated()])
    .handler(commandOf(COMMAND_SOURCES.requestCommands)),

  /** The caller's own review of a request, sealed or published; null if there is none. */
  getMyReview: a
    .query()
    .arguments({ requestId: a.id().required() })
    .returns(a.ref('ReviewResult'))
    .authorization((allow) => [allow.authenticated()])
    .handler(commandOf(COMMAND_SOURCES.requestCommands)),
};
