import { util } from '@aws-appsync/utils';

/** Hands the field, its arguments and the caller to the Lambda that serves it. */
export function request(ctx) {
  return {
    operation: 'Invoke',
    payload: {
      field: ctx.info.fieldName,
      arguments: ctx.args,
      identity: {
        sub: ctx.identity.sub,
        username: ctx.identity.username,
        groups: ctx.identity.groups,
      },
    },
  };
}

/** A refusal becomes a GraphQL error whose errorType is its stable code. */
export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  if (ctx.result.refusal) util.error(ctx.result.refusal.message, ctx.result.refusal.code);
  return ctx.result.value;
}
