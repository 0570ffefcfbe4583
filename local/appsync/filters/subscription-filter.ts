import { ResolverError } from '../resolver-error.ts';

/** One comparison of an enhanced subscription filter. */
export interface FilterRule {
  readonly fieldName: string;
  readonly operator: string;
  readonly value: unknown;
}

/** Any group lets an item through; a group wants all its filters. Without a group everything passes. */
export interface SubscriptionFilter {
  readonly filterGroup: readonly { readonly filters: readonly FilterRule[] }[];
}

type FilterInput = Readonly<Record<string, unknown>>;
type Conjunction = readonly FilterRule[];

/**
 * Turns a GraphQL filter into an enhanced subscription filter. `ignoredFields` are left out; of `rules` at least one
 * holds as well.
 */
export function toSubscriptionFilter(
  filter: FilterInput,
  ignoredFields: readonly string[] = [],
  rules: FilterInput = {},
): SubscriptionFilter {
  const asked = alternatives(filter, ignoredFields);
  const strict = Object.entries(rules).flatMap(([key, rule]) => alternatives({ [key]: rule }, []));
  const all = strict.length === 0 ? asked : combine(asked, strict);
  const everythingPasses = all.some((group) => group.length === 0);
  return { filterGroup: everythingPasses ? [] : all.map((filters) => ({ filters })) };
}

/** Reads what a resolver gave `setSubscriptionFilter`; an empty one lets everything through. */
export function readSubscriptionFilter(value: unknown): SubscriptionFilter {
  const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  const groups = (parsed as Partial<SubscriptionFilter> | null)?.filterGroup ?? [];
  for (const rule of groups.flatMap((group) => group.filters)) requireOperator(rule.operator);
  return { filterGroup: groups };
}

/** Whether an item passes. Fields of fields are named with dots; an absent field counts as null. */
export function passesFilter(filter: SubscriptionFilter, item: FilterInput): boolean {
  if (filter.filterGroup.length === 0) return true;
  return filter.filterGroup.some(({ filters }) =>
    filters.every((rule) => requireOperator(rule.operator)(fieldOf(item, rule.fieldName), rule.value)),
  );
}

/** The filter as alternatives ("or") of conjunctions ("and"). */
function alternatives(filter: FilterInput, ignored: readonly string[]): readonly Conjunction[] {
  return Object.entries(filter)
    .filter(([key, member]) => member !== null && member !== undefined && !ignored.includes(key))
    .map(([key, member]) => {
      if (key === 'and')
        return filtersOf(member)
          .map((part) => alternatives(part, ignored))
          .reduce(combine, [[]]);
      if (key === 'or') return anyOf(filtersOf(member), ignored);
      return [conditions(key, member)];
    })
    .reduce(combine, [[]]);
}

/** An empty "or" asks nothing. */
function anyOf(parts: readonly FilterInput[], ignored: readonly string[]): readonly Conjunction[] {
  return parts.length === 0 ? [[]] : parts.flatMap((part) => alternatives(part, ignored));
}

function conditions(fieldName: string, operators: unknown): Conjunction {
  return Object.entries(operators as FilterInput).map(([operator, value]) => {
    requireOperator(operator);
    return { fieldName, operator, value };
  });
}

/** Alternatives multiply; a filter beyond this many is a mistake, and would fill the memory. */
const MOST_GROUPS = 1000;

function combine(left: readonly Conjunction[], right: readonly Conjunction[]): readonly Conjunction[] {
  if (left.length * right.length > MOST_GROUPS)
    throw new ResolverError(`A subscription filter has at most ${MOST_GROUPS} groups`, 'BadRequestException');
  return left.flatMap((first) => right.map((second) => [...first, ...second]));
}

function filtersOf(member: unknown): readonly FilterInput[] {
  return (Array.isArray(member) ? member : [member]) as readonly FilterInput[];
}

function fieldOf(item: FilterInput, path: string): unknown {
  return (
    path
      .split('.')
      .reduce<unknown>(
        (value, name) =>
          value !== null && typeof value === 'object' ? (value as FilterInput)[name] : undefined,
        item,
      ) ?? null
  );
}

type Operator = (actual: unknown, expected: unknown) => boolean;

const ordered =
  (holds: (order: number) => boolean): Operator =>
  (actual, expected) => {
    if (typeof actual === 'number' && typeof expected === 'number') return holds(actual - expected);
    if (typeof actual !== 'string' || typeof expected !== 'string') return false;
    return holds(actual < expected ? -1 : actual > expected ? 1 : 0);
  };
const includes: Operator = (actual, expected) =>
  typeof actual === 'string'
    ? typeof expected === 'string' && actual.includes(expected)
    : Array.isArray(actual) && actual.includes(expected);
const isIn: Operator = (actual, expected) => Array.isArray(expected) && expected.includes(actual);

const OPERATORS: Readonly<Record<string, Operator>> = {
  eq: (actual, expected) => actual === expected,
  ne: (actual, expected) => actual !== expected,
  lt: ordered((order) => order < 0),
  le: ordered((order) => order <= 0),
  gt: ordered((order) => order > 0),
  ge: ordered((order) => order >= 0),
  contains: includes,
  notContains: (actual, expected) => !includes(actual, expected),
  containsAny: (actual, expected) =>
    Array.isArray(expected) && expected.some((item) => includes(actual, item)),
  beginsWith: (actual, expected) =>
    typeof actual === 'string' && typeof expected === 'string' && actual.startsWith(expected),
  in: isIn,
  notIn: (actual, expected) => !isIn(actual, expected),
  between: (actual, expected) => {
    const [from, to] = Array.isArray(expected) ? (expected as readonly unknown[]) : [];
    return ordered((order) => order >= 0)(actual, from) && ordered((order) => order <= 0)(actual, to);
  },
};

function requireOperator(name: string): Operator {
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (operator === undefined)
    throw new ResolverError(`Subscription filters have no operator '${name}'`, 'BadRequestException');
  return operator;
}
