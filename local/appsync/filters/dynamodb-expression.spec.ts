import { expect, it } from 'vitest';
import { toDynamoDBExpression } from './dynamodb-expression.ts';

it('names what it compares and keeps values apart', () => {
  expect(toDynamoDBExpression({ title: { contains: 'Hello World' } })).toEqual({
    expression: 'contains(#title, :title_contains)',
    expressionNames: { '#title': 'title' },
    expressionValues: { ':title_contains': { S: 'Hello World' } },
  });
});

it.each([
  [{}, ''],
  [{ a: null, and: [], or: [{}] }, ''],
  [{ a: { gt: 1, lt: 5 } }, '#a > :a_gt AND #a < :a_lt'],
  [{ a: { eq: 1 }, b: { ne: 2 } }, '#a = :a_eq AND #b <> :b_ne'],
  [{ or: [{ a: { eq: 1 } }, { a: { eq: 2 } }] }, '#a = :a_eq OR #a = :a_eq_1'],
  [{ or: [{ a: { eq: 1 } }] }, '#a = :a_eq'],
  [
    { and: [{ or: [{ a: { eq: 1 } }, { b: { eq: 2 } }] }, { c: { eq: 3 } }] },
    '(#a = :a_eq OR #b = :b_eq) AND #c = :c_eq',
  ],
  [{ not: { a: { eq: 1 } } }, 'NOT #a = :a_eq'],
  [{ not: { a: { eq: 1 }, b: { eq: 2 } } }, 'NOT (#a = :a_eq AND #b = :b_eq)'],
  [{ a: { between: [1, 2] } }, '#a BETWEEN :a_between_0 AND :a_between_1'],
  [{ a: { in: ['x', 'y'] } }, '#a IN (:a_in_0, :a_in_1)'],
  [
    { a: { size: { ge: 2, between: [1, 3] } } },
    'size(#a) >= :a_size_ge AND size(#a) BETWEEN :a_size_between_0 AND :a_size_between_1',
  ],
  [{ a: { attributeExists: false } }, 'attribute_not_exists(#a)'],
  [{ 'a#b': { attributeType: 'stringSet' } }, 'attribute_type(#a_b, :a_b_attributeType)'],
])('%j is "%s"', (filter, expression) => {
  expect(toDynamoDBExpression(filter).expression).toBe(expression);
});

it('refuses operators that there are not', () => {
  expect(() => toDynamoDBExpression({ a: { like: 'x' } })).toThrow(
    "Unknown filter operator 'like' on field 'a'",
  );
  expect(() => toDynamoDBExpression({ a: 1 })).toThrow('Unable to process the filter expression 1');
});
