import type { Condition } from './policy-document.ts';
import { contextValues, type RequestContext } from './request-context.ts';
import { equalsPattern, matchesArn, matchesPattern } from './wildcards.ts';

/** Whether one value of the request matches one value of the policy. */
type Comparison = (actual: string, wanted: string, context: RequestContext | undefined) => boolean;

interface Operator {
  readonly compare: Comparison;
  readonly negated: boolean;
}

const numeric =
  (holds: (a: number, b: number) => boolean): Comparison =>
  (actual, wanted) =>
    holds(Number(actual), Number(wanted));
/** Dates are ISO 8601 or epoch seconds. */
const instant = (text: string) => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text));
const dated =
  (holds: (a: number, b: number) => boolean): Comparison =>
  (actual, wanted) =>
    holds(instant(actual), instant(wanted));

const equal = (a: number, b: number) => a === b;
const less = (a: number, b: number) => a < b;
const lessOrEqual = (a: number, b: number) => a <= b;
const greater = (a: number, b: number) => a > b;
const greaterOrEqual = (a: number, b: number) => a >= b;

const stringEquals: Comparison = (actual, wanted, context) => equalsPattern(wanted, actual, context);
const equalsIgnoringCase: Comparison = (actual, wanted, context) =>
  equalsPattern(wanted.toLowerCase(), actual.toLowerCase(), context && lowerCase(context));
const lowerCase = (context: RequestContext): RequestContext =>
  new Map([...context].map(([key, values]) => [key, values.map((value) => value.toLowerCase())]));

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const OPERATORS = new Map<string, Operator>([
  ...pair('StringEquals', 'StringNotEquals', stringEquals),
  ...pair('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', equalsIgnoringCase),
  ...pair('StringLike', 'StringNotLike', (actual, wanted, context) =>
    matchesPattern(wanted, actual, context),
  ),
  ...pair('ArnEquals', 'ArnNotEquals', (actual, wanted, context) => matchesArn(wanted, actual, context)),
  ...pair('ArnLike', 'ArnNotLike', (actual, wanted, context) => matchesArn(wanted, actual, context)),
  ...pair('NumericEquals', 'NumericNotEquals', numeric(equal)),
  ...pair('DateEquals', 'DateNotEquals', dated(equal)),
  ...(
    [
      ['LessThan', less],
      ['LessThanEquals', lessOrEqual],
      ['GreaterThan', greater],
      ['GreaterThanEquals', greaterOrEqual],
    ] as const
  ).flatMap(([name, holds]): [string, Operator][] => [
    [`Numeric${name}`, { compare: numeric(holds), negated: false }],
    [`Date${name}`, { compare: dated(holds), negated: false }],
  ]),
  ['Bool', { compare: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(), negated: false }],
]);

/** Name of an operator that is not understood, if the condition has one. */
export function unknownOperator({ operator }: Condition): string | undefined {
  const { name } = parseOperator(operator);
  return name === 'Null' || OPERATORS.has(name) ? undefined : operator;
}

/** Whether the condition holds. Throws RangeError for an unknown operator. */
export function conditionHolds(
  { operator, key, values }: Condition,
  context: RequestContext,
  hasVariables: boolean,
): boolean {
  const { quantifier, name, ifExists } = parseOperator(operator);
  const actual = contextValues(context, key);
  if (name === 'Null') return values.some((value) => (value.toLowerCase() === 'true') === !actual);
  const known = OPERATORS.get(name);
  if (!known) throw new RangeError(`Condition operator ${operator} is not known`);
  const { compare, negated } = known;
  const matches = (one: string) =>
    values.some((wanted) => compare(one, wanted, hasVariables ? context : undefined)) !== negated;
  if (!actual || actual.length === 0)
    return ifExists || quantifier === 'ForAllValues' || (negated && !quantifier);
  if (quantifier === 'ForAllValues') return actual.every(matches);
  // Without a quantifier a key has one value, and a negated operator must hold for whatever it has.
  return quantifier === undefined && negated ? actual.every(matches) : actual.some(matches);
}

function parseOperator(operator: string) {
  const [, quantifier, rest = ''] = /^(?:(ForAllValues|ForAnyValue):)?(.*)$/s.exec(operator) ?? [];
  const ifExists = rest.endsWith('IfExists');
  return { quantifier, ifExists, name: ifExists ? rest.slice(0, -'IfExists'.length) : rest };
}

function pair(name: string, negatedName: string, compare: Comparison): [string, Operator][] {
  return [
    [name, { compare, negated: false }],
    [negatedName, { compare, negated: true }],
  ];
}
