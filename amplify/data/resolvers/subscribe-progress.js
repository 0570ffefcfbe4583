import { extensions, util } from '@aws-appsync/utils';

export function request() {
  return { payload: null };
}

/** A member hears only what is addressed to them, whatever they ask for. */
export function response(ctx) {
  if (!ctx.identity || !ctx.identity.sub) util.unauthorized();
  extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter({ userId: { eq: ctx.identity.sub } }));
  return null;
}
