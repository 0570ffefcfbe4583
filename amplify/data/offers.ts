import { a } from '@aws-amplify/backend';
import { MAX_TEXT } from '../../domain/commands.ts';
import { MAX_RATE, MIN_RATE } from '../../domain/hours.ts';
import { CATEGORIES, MAX_TITLE, MIN_TITLE, PLACES } from '../../domain/offer.ts';
import { ADMIN_GROUP } from './authority.ts';

/** What members offer. */
export const offers = {
  ServiceCategory: a.enum(CATEGORIES),
  ServicePlace: a.enum(PLACES),

  /** An offer. Its provider makes and edits it; it is deactivated, never deleted, because requests point to it. */
  Service: a
    .model({
      /** Left out by the client: the server fills it with the caller's sub, and no update may name it. */
      providerId: a
        .id()
        .authorization((allow) => [
          allow.ownerDefinedIn('providerId').identityClaim('sub').to(['create', 'read']),
          allow.authenticated().to(['read']),
        ]),
      title: a
        .string()
        .required()
        .validate((value) => value.minLength(MIN_TITLE).maxLength(MAX_TITLE)),
      description: a
        .string()
        .required()
        .validate((value) => value.maxLength(MAX_TEXT)),
      category: a.ref('ServiceCategory').required(),
      /** Hours credited per hour worked. */
      rate: a
        .float()
        .required()
        .validate((value) => value.gte(MIN_RATE).lte(MAX_RATE)),
      place: a.ref('ServicePlace').required(),
      active: a.boolean().required(),

      /** The reverse that `ServiceRequest.service` demands; nobody needs it. */
      requests: a
        .hasMany('ServiceRequest', 'serviceId')
        .authorization((allow) => [allow.group(ADMIN_GROUP).to(['read'])]),
    })
    .secondaryIndexes((index) => [
      index('providerId').name('byProviderId').queryField('servicesByProvider'),
      index('category').name('byCategory').queryField('servicesByCategory'),
    ])
    .disableOperations(['delete', 'subscriptions'])
    .authorization((allow) => [
      allow.ownerDefinedIn('providerId').identityClaim('sub').to(['create', 'read', 'update']),
      allow.authenticated().to(['read']),
    ]),

  ServiceStats: a
    .model({
      serviceId: a.id().required(),
      timesPaid: a.integer().required(),
      hoursPaid: a.float().required(),
      ratingSum: a.integer().required(),
      ratingCount: a.integer().required(),
      createdAt: a.datetime().required(),
      updatedAt: a.datetime().required(),
    })
    .identifier(['serviceId'])
    .disableOperations(['mutations', 'subscriptions'])
    .authorization((allow) => [allow.authenticated().to(['read'])]),
};
