/** Publishing stores nothing: the mutation's result is what subscribers receive. */
export function request(ctx) {
  return { payload: ctx.args };
}

export function response(ctx) {
  return ctx.result;
}
