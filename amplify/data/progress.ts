import { a } from '@aws-amplify/backend';

/** A group that is never created: naming it shuts every member out, and Amplify adds IAM by itself. */
const NOBODY = 'nobody';

/** Hints that something happened. What happened is in the rows; the app refetches what a hint names. */
export const progress = {
  ProgressKind: a.enum(['REQUEST', 'BALANCE', 'NOTIFICATION', 'MESSAGE']),

  RequestProgress: a.customType({
    userId: a.id().required(),
    kind: a.ref('ProgressKind').required(),
    requestId: a.id(),
    revision: a.integer(),
    at: a.datetime().required(),
  }),

  /** Called by the rules of the event bus with IAM, by nobody else. */
  publishRequestProgress: a
    .mutation()
    .arguments({
      userId: a.id().required(),
      kind: a.ref('ProgressKind').required(),
      requestId: a.id(),
      revision: a.integer(),
      at: a.datetime().required(),
    })
    .returns(a.ref('RequestProgress'))
    .authorization((allow) => [allow.group(NOBODY)])
    .handler(a.handler.custom({ entry: './resolvers/publish-progress.js' })),

  /** No arguments: the resolver filters by the caller's sub. */
  onRequestProgress: a
    .subscription()
    .for(a.ref('publishRequestProgress'))
    .authorization((allow) => [allow.authenticated()])
    .handler(a.handler.custom({ entry: './resolvers/subscribe-progress.js' })),
};
