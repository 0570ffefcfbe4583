import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passesFilter, readSubscriptionFilter, toSubscriptionFilter } from './subscription-filter.ts';

const rule = (fieldName: string, operator: string, value: unknown) => ({ fieldName, operator, value });

describe('a GraphQL filter becomes groups', () => {
  it.each([
    [{}, []],
    [{ a: { eq: 1 } }, [[rule('a', 'eq', 1)]]],
    [{ a: { gt: 1, lt: 5 }, b: null }, [[rule('a', 'gt', 1), rule('a', 'lt', 5)]]],
    [{ or: [{ a: { eq: 1 } }, { b: { eq: 2 } }] }, [[rule('a', 'eq', 1)], [rule('b', 'eq', 2)]]],
    [
      { and: [{ or: [{ a: { eq: 1 } }, { b: { eq: 2 } }] }, { c: { eq: 3 } }] },
      [
        [rule('a', 'eq', 1), rule('c', 'eq', 3)],
        [rule('b', 'eq', 2), rule('c', 'eq', 3)],
      ],
    ],
  ])('%j', (filter, groups) => {
    expect(toSubscriptionFilter(filter).filterGroup.map(({ filters }) => filters)).toEqual(groups);
  });

  it('without ignored fields, and with one of the strict rules', () => {
    const filter = toSubscriptionFilter({ a: { eq: 1 }, b: { eq: 2 } }, ['b'], {
      c: { eq: 3 },
      d: { eq: 4 },
    });
    expect(filter.filterGroup.map(({ filters }) => filters.map(({ fieldName }) => fieldName))).toEqual([
      ['a', 'c'],
      ['a', 'd'],
    ]);
  });
});

describe('an operator', () => {
  it.each([
    ['eq', 1, 1, true],
    ['eq', '1', 1, false],
    ['eq', undefined, null, true],
    ['ne', 'a', 'b', true],
    ['ne', null, null, false],
    ['lt', 1, 2, true],
    ['le', 2, 2, true],
    ['gt', 'b', 'a', true],
    ['ge', 1, 2, false],
    ['gt', 'b', 1, false],
    ['contains', 'abc', 'b', true],
    ['contains', ['a', 'b'], 'b', true],
    ['contains', 'abc', 1, false],
    ['notContains', ['a'], 'b', true],
    ['containsAny', ['a', 'b'], ['x', 'b'], true],
    ['containsAny', 'abc', ['x', 'b'], true],
    ['containsAny', [], ['x'], false],
    ['beginsWith', 'abc', 'ab', true],
    ['beginsWith', null, 'ab', false],
    ['in', 2, [1, 2], true],
    ['in', 3, [1, 2], false],
    ['notIn', 3, [1, 2], true],
    ['between', 2, [1, 3], true],
    ['between', 'b', ['a', 'c'], true],
    ['between', 4, [1, 3], false],
  ])('%s of %j with %j is %s', (operator, actual, expected, passes) => {
    const filter = { filterGroup: [{ filters: [rule('a', operator, expected)] }] };
    expect(passesFilter(filter, { a: actual })).toBe(passes);
  });

  it('reaches into fields of fields', () => {
    const filter = { filterGroup: [{ filters: [rule('a.b', 'eq', 1)] }] };
    expect(passesFilter(filter, { a: { b: 1 } })).toBe(true);
    expect(passesFilter(filter, { a: null })).toBe(false);
  });

  it('that there is not is refused when the filter is set', () => {
    const wrong = { filterGroup: [{ filters: [rule('a', 'like', 1)] }] };
    expect(() => readSubscriptionFilter(wrong)).toThrow("Subscription filters have no operator 'like'");
    expect(() => readSubscriptionFilter(JSON.stringify(wrong))).toThrow("no operator 'like'");
  });
});

/** What a filter means, read straight from its tree. */
function means(filter: Record<string, unknown>, item: Record<string, unknown>): boolean {
  return Object.entries(filter).every(([key, member]) => {
    if (key === 'and') return (member as Record<string, unknown>[]).every((part) => means(part, item));
    if (key === 'or') return (member as Record<string, unknown>[]).some((part) => means(part, item));
    return Object.entries(member as object).every(([operator, value]) =>
      operator === 'eq' ? item[key] === value : item[key] !== value,
    );
  });
}

it('the groups of a filter let through exactly what the filter means', () => {
  const operators = fc.record({ eq: fc.nat(2), ne: fc.nat(2) }, { requiredKeys: [] });
  const fields = { a: operators, b: operators };
  const flat = fc.record(fields, { requiredKeys: [] });
  const list = (filter: fc.Arbitrary<object>) => fc.array(filter, { minLength: 1, maxLength: 2 });
  const nested = fc.record({ ...fields, and: list(flat), or: list(flat) }, { requiredKeys: [] });
  const filter = fc.record({ ...fields, and: list(nested), or: list(nested) }, { requiredKeys: [] });
  const item = fc.record({ a: fc.nat(2), b: fc.nat(2) });
  fc.assert(
    fc.property(filter, item, (input, value) => {
      expect(passesFilter(toSubscriptionFilter(input), value)).toBe(means(input, value));
    }),
  );
});

it('a filter whose alternatives multiply beyond measure is refused', () => {
  const or = [{ a: { eq: 1 } }, { b: { eq: 2 } }];
  const filter = { and: Array.from({ length: 30 }, () => ({ or })) };
  expect(() => toSubscriptionFilter(filter)).toThrow('at most 1000 groups');
});
