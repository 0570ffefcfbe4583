import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../definition/json.ts';
import { JsonataQuery, type Scope } from './jsonata-query.ts';
import { parseTimestamp } from './timestamp.ts';

const NOW = Date.parse('2026-11-24T03:00:00Z');
const query = new JsonataQuery(() => NOW);
const evaluate = (expression: string, variables: Scope['variables'] = {}, input: Json = {}) =>
  query.evaluate(`{% ${expression} %}`, 'Output', { variables, states: { input, context: {} } });

describe('the functions of Step Functions', () => {
  it.each<[string, Json]>([
    ['$partition([1, 2, 3, 4, 5], 2)', [[1, 2], [3, 4], [5]]],
    ['$partition([1], 4)', [[1]]],
    ['$range(0, 10, 5)', [0, 5, 10]],
    ['$range(3, 1, -1)', [3, 2, 1]],
    ['$range(1, 9, 9)', 1],
    ["$hash('input data', 'SHA-1')", 'aaff4a450a104cd177d28d18d74485e8cae074b7'],
    ['$parse(\'{"a": [1, null]}\')', { a: [1, null] }],
    ["$length($hash({'a': 1}, 'SHA-512'))", 128],
    ['$random(7) = $random(7)', true],
    ['$random(7) = $random(8)', false],
    ['$random() < 1', true],
    ['$contains($uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)', true],
  ])('%s is %j', async (expression, expected) => {
    expect(await evaluate(expression)).toEqual(expected);
  });

  it.each([
    '$partition([1], 0)',
    '$range(1, 2, 0)',
    "$hash('a', 'MD4')",
    "$parse('{')",
    "$eval('1')",
    '$range("a", 1, 1)',
    '$nothing',
    '1 / 0',
    '"a" + 1',
    '$sum',
    'function($x) { $x }',
    '{"f": [$sum]}',
    '$range(5, 1, 1)',
  ])('%s fails', async (expression) => {
    await expect(evaluate(expression)).rejects.toMatchObject({
      error: 'States.QueryEvaluationError',
      location: 'Output',
    });
  });

  it('$partition keeps every value in its order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer(), { minLength: 1 }),
        fc.integer({ min: 1, max: 9 }),
        async (array, size) => {
          const parts = (await evaluate('$partition($array, $size)', { array, size })) as number[][];
          expect(parts.flat()).toEqual(array);
          expect(parts.slice(0, -1).every((part) => part.length === size)).toBe(true);
        },
      ),
    );
  });
});

describe('an expression', () => {
  it('sees the time of the embedded clock', async () => {
    expect(await evaluate('[$millis(), $now(), $now("[Y0001]/[M01]", "+0100")]')).toEqual([
      NOW,
      '2026-11-24T03:00:00.000Z',
      '2026/11',
    ]);
  });

  it('gives back any JSON value unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as Json;
        expect(await evaluate('$states.input', {}, plain)).toEqual(plain);
      }),
    );
  });

  it('takes one match for the match itself, unless told to keep the array', async () => {
    const input = { items: [{ n: 1 }, { n: 2 }] };
    expect(await evaluate('$states.input.items[n = 2]', {}, input)).toEqual({ n: 2 });
    expect(await evaluate('$states.input.items[n = 2][]', {}, input)).toEqual([{ n: 2 }]);
    expect(await evaluate('[$states.input.items[n = 3]]', {}, input)).toEqual([]);
  });

  it('stands alone in its string, from the first character to the last', async () => {
    const scope = { variables: {}, states: { input: {}, context: {} } };
    const template = { a: ' {% 1 %} ', b: '{% 1 %}', c: ['{%2%}', 'x {% 1 %}'], 'd.$': '$.x', e: null };
    expect(await query.evaluate(template, 'Output', scope)).toEqual({
      a: ' {% 1 %} ',
      b: 1,
      c: [2, 'x {% 1 %}'],
      'd.$': '$.x',
      e: null,
    });
  });

  it('that fails inside an object names the member', async () => {
    const scope = { variables: {}, states: { input: {}, context: {} } };
    await expect(query.evaluate({ a: [{ b: '{% $x %}' }] }, 'Output', scope)).rejects.toMatchObject({
      location: 'Output/a[0]/b',
      reason:
        "The JSONata expression '$x' specified for the field 'Output/a[0]/b' returned nothing (undefined).",
    });
  });
});

describe('a timestamp', () => {
  it.each([
    ['2026-02-28T23:59:59Z', '2026-02-28T23:59:59.000Z'],
    ['2028-02-29T00:00:00.123456789+02:00', '2028-02-28T22:00:00.123Z'],
  ])('%s is read', (text, expected) => {
    expect(new Date(parseTimestamp(text) ?? 0).toISOString()).toBe(expected);
  });

  it.each([
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-01T25:00:00Z',
    '2026-01-01t00:00:00z',
    '2026-01-01T00:00Z',
    '01-01-2026T00:00:00Z',
    '2026-01-01',
  ])('%s is refused', (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });
});
