import { extensions, util } from '@aws-appsync/utils';

export function request() {
  return { payload: null };
}

/** A member hears only what is addressed to them, whatever they ask for; admins also what is for all of them. */
export function response(ctx) {
  if (!ctx.identity || !ctx.identity.sub) util.unauthorized();
  const isAdmin = ctx.identity.groups && ctx.identity.groups.includes('admin');
  const addressees = isAdmin ? [ctx.identity.sub, 'ADMINS'] : [ctx.identity.sub];
  extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter({ userId: { in: addressees } }));
  return null;
}
