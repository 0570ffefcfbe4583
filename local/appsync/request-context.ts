import type { GraphQLResolveInfo } from 'graphql';
import type { AuthMode } from './appsync-api.ts';
import type { LambdaBatches } from './data-sources/lambda-batches.ts';
import type { SubscriptionFilter } from './filters/subscription-filter.ts';
import type { ResolverError } from './resolver-error.ts';

/** `ctx.identity`, as the caller's auth mode gives it. */
export type Identity = UserPoolIdentity | IamIdentity;

export interface UserPoolIdentity {
  readonly sub: string;
  readonly username: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly groups: readonly string[] | null;
  readonly issuer: string;
  readonly sourceIp: readonly string[];
  readonly defaultAuthStrategy: 'ALLOW';
}

export interface IamIdentity {
  readonly accountId: string;
  readonly userArn: string;
  readonly username: string;
  readonly sourceIp: readonly string[];
  readonly cognitoIdentityPoolId: null;
  readonly cognitoIdentityId: null;
  readonly cognitoIdentityAuthType: null;
  readonly cognitoIdentityAuthProvider: null;
}

export interface Authenticated {
  readonly authMode: AuthMode;
  readonly identity: Identity;
}

/** What all resolvers of one GraphQL request share. */
export interface RequestContext extends Authenticated {
  readonly headers: Readonly<Record<string, string>>;
  readonly batches: LambdaBatches;
  /** Errors reported beside values (`util.appendError`). */
  readonly appended: { readonly error: ResolverError; readonly info: GraphQLResolveInfo }[];
  /** What a subscription was asked with, and what its resolver asked for. */
  readonly subscription: SubscriptionSettings;
  /** Subscriptions that a mutation's resolver ends (`extensions.invalidateSubscriptions`). */
  readonly invalidations: Invalidation[];
}

export interface SubscriptionSettings {
  /** Arguments of the subscription's field. */
  args?: Readonly<Record<string, unknown>>;
  filter?: SubscriptionFilter;
  invalidation?: SubscriptionFilter;
}

export interface Invalidation {
  readonly subscriptionField: string;
  readonly payload: Readonly<Record<string, unknown>>;
}
