import { a } from '@aws-amplify/backend';
import { MAX_TEXT } from '../../domain/commands.ts';
import { MAX_RESPONSE_HOURS, MIN_RESPONSE_HOURS } from '../../domain/deadlines.ts';
import { MAX_NAME, MAX_NEIGHBOURHOOD } from '../../domain/profile.ts';
import { ADMIN_GROUP, partiesAndAdminsRead } from './authority.ts';

/** Members, what they are told, and how others rate them. */
export const members = {
  /** A member's public face; id is the Cognito sub. Never the e-mail. Made by the welcome posting, not by a client. */
  User: a
    .model({
      id: a.id().required(),
      displayName: a
        .string()
        .required()
        .validate((value) => value.minLength(1).maxLength(MAX_NAME)),
      about: a.string().validate((value) => value.maxLength(MAX_TEXT)),
      skills: a.string().array(),
      neighbourhood: a.string().validate((value) => value.maxLength(MAX_NEIGHBOURHOOD)),
      /** Hours the member takes to answer a request; DEFAULT_RESPONSE_HOURS if absent. */
      responseTimeHours: a
        .integer()
        .validate((value) => value.gte(MIN_RESPONSE_HOURS).lte(MAX_RESPONSE_HOURS)),
      /** The badge counts the notifications newer than this. */
      notificationsSeenAt: a
        .datetime()
        .authorization((allow) => [allow.ownerDefinedIn('id').identityClaim('sub').to(['read', 'update'])]),

      /** The reverses that `ServiceRequest.requester` and `.provider` demand; nobody needs them. */
      requestsMade: a
        .hasMany('ServiceRequest', 'requesterId')
        .authorization((allow) => [allow.group(ADMIN_GROUP).to(['read'])]),
      requestsReceived: a
        .hasMany('ServiceRequest', 'providerId')
        .authorization((allow) => [allow.group(ADMIN_GROUP).to(['read'])]),
    })
    .disableOperations(['create', 'delete', 'subscriptions'])
    .authorization((allow) => [
      allow.ownerDefinedIn('id').identityClaim('sub').to(['read', 'update']),
      allow.authenticated().to(['read']),
    ]),

  /** What a member is told: kind and parameters, no prose. id `<requestId>#<revision>#<userId>`. */
  Notification: a
    .model({
      userId: a.id().required(),
      kind: a.string().required(),
      requestId: a.id(),
      parameters: a.json(),
      createdAt: a.datetime().required(),
      updatedAt: a.datetime().required(),
    })
    .secondaryIndexes((index) => [
      index('userId').name('byUserId').sortKeys(['createdAt']).queryField('notificationsByUser'),
    ])
    .disableOperations(['mutations', 'subscriptions'])
    .authorization((allow) => [allow.ownerDefinedIn('userId').identityClaim('sub').to(['read'])]),

  Message: a
    .model({
      requestId: a.id().required(),
      requesterId: a.id().required(),
      providerId: a.id().required(),
      authorId: a.id().required(),
      text: a.string().required(),
      createdAt: a.datetime().required(),
      updatedAt: a.datetime().required(),
    })
    .secondaryIndexes((index) => [
      index('requestId').name('byRequestId').sortKeys(['createdAt']).queryField('messagesByRequest'),
    ])
    .disableOperations(['mutations', 'subscriptions'])
    .authorization(partiesAndAdminsRead('requesterId', 'providerId')),

  Review: a
    .model({
      requestId: a.id().required(),
      serviceId: a.id().required(),
      authorId: a.id().required(),
      authorRole: a.ref('Party').required(),
      subjectId: a.id().required(),
      rating: a.integer().required(),
      comment: a.string(),
      createdAt: a.datetime().required(),
      updatedAt: a.datetime().required(),
    })
    .secondaryIndexes((index) => [
      index('requestId').name('byRequestId').queryField('reviewsByRequest'),
      index('serviceId').name('byServiceId').sortKeys(['createdAt']).queryField('reviewsByService'),
      index('subjectId').name('bySubjectId').sortKeys(['createdAt']).queryField('reviewsBySubject'),
    ])
    .disableOperations(['mutations', 'subscriptions'])
    .authorization((allow) => [allow.authenticated().to(['read'])]),

  MemberStats: a
    .model({
      userId: a.id().required(),
      requestsPaid: a.integer().required(),
      servicesDelivered: a.integer().required(),
      hoursGiven: a.float().required(),
      hoursReceived: a.float().required(),
      ratingSum: a.integer().required(),
      ratingCount: a.integer().required(),
      createdAt: a.datetime().required(),
      updatedAt: a.datetime().required(),
    })
    .identifier(['userId'])
    .disableOperations(['mutations', 'subscriptions'])
    .authorization((allow) => [allow.authenticated().to(['read'])]),
};
