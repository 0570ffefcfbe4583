import * as z from 'zod/mini';
import type { AwsOperation } from '../gateway/aws-service.ts';
import { invalidParameter } from './cognito-errors.ts';
import type { UserPool, UserPools } from './user-pool.ts';

export const text = z.string().check(z.minLength(1));
export const metadata = z.optional(z.record(z.string(), z.string()));
export const attributes = z.array(z.object({ Name: text, Value: z._default(z.string(), '') }));
export const page = {
  Limit: z.optional(z.int().check(z.minimum(0), z.maximum(60))),
  NextToken: z.optional(text),
};

type Fields = z.core.$ZodLooseShape;
type InputOf<F extends Fields> = z.output<z.ZodMiniObject<F>>;

/** An operation that members and strangers call; what it needs to know of them is in its input. */
export function publicOperation<F extends Fields>(
  fields: F,
  run: (input: InputOf<F>) => unknown,
): AwsOperation {
  const schema = z.object(fields);
  return { run: (input) => Promise.resolve().then(() => run(parse(schema, input))) };
}

/** An operation on a pool that IAM guards as `cognito-idp:<name>`. */
export function poolOperation<F extends Fields>(
  pools: UserPools,
  name: string,
  fields: F,
  run: (pool: UserPool, input: InputOf<F>) => unknown,
): AwsOperation {
  const schema = z.object(fields);
  const poolOf = (input: Readonly<Record<string, unknown>>) =>
    pools.byId(parse(z.object({ UserPoolId: text }), input).UserPoolId);
  return {
    permissions: (input) => [{ action: `cognito-idp:${name}`, resource: poolOf(input).config.arn }],
    run: (input) => Promise.resolve().then(() => run(poolOf(input), parse(schema, input))),
  };
}

/** Throws InvalidParameterException in the words of AWS's request validation. */
function parse<T extends z.core.$ZodType>(schema: T, input: unknown): z.output<T> {
  const result = z.safeParse(schema, input);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => {
    const name = issue.path.map((part) => lowerFirst(String(part))).join('.');
    const isMissing = issue.code === 'invalid_type' && valueAt(input, issue.path) === undefined;
    const constraint = isMissing ? 'Member must not be null' : issue.message;
    return `Value at '${name}' failed to satisfy constraint: ${constraint}`;
  });
  const count = problems.length === 1 ? '1 validation error' : `${problems.length} validation errors`;
  throw invalidParameter(`${count} detected: ${problems.join('; ')}`);
}

const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    input,
  );
}
