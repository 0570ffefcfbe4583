import type { AttributeMap } from './attribute-values.ts';

/** An expression with its placeholders, as request handlers write it. */
export interface Expression {
  readonly expression?: string;
  readonly expressionNames?: Readonly<Record<string, string>> | null;
  readonly expressionValues?: AttributeMap | null;
}

export interface Condition extends Expression {
  /** Attributes that do not count when a failed put is compared with what is stored. */
  readonly equalsIgnore?: readonly string[];
}

/** Leaves out what is null, undefined or empty: DynamoDB refuses empty members. */
export function optional(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  );
}

/** The names and values of several expressions in one request. */
export function mergedExpressions(
  ...expressions: readonly (Expression | null | undefined)[]
): Record<string, unknown> {
  const names = Object.assign(
    {},
    ...expressions.map((expression) => expression?.expressionNames ?? {}),
  ) as object;
  const values = Object.assign(
    {},
    ...expressions.map((expression) => expression?.expressionValues ?? {}),
  ) as object;
  return {
    ...(Object.keys(names).length > 0 ? { ExpressionAttributeNames: names } : {}),
    ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {}),
  };
}

export function conditionInput(condition: Condition | null | undefined): Record<string, unknown> {
  return { ...optional({ ConditionExpression: condition?.expression }), ...mergedExpressions(condition) };
}
