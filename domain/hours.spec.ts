import fc from 'fast-check';
import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';

import {
  MAX_HOURS,
  MIN_HOURS,
  amountFor,
  hoursSchema,
  negate,
  parseHours,
  parseRate,
  plus,
} from './hours.ts';

const quarters = (from: number, to: number) => fc.integer({ min: from * 4, max: to * 4 }).map((n) => n / 4);
const hours = quarters(MIN_HOURS, MAX_HOURS).map(parseHours);
const rates = quarters(0.25, 10).map(parseRate);

describe('parseHours', () => {
  it('takes every multiple of a quarter from 0.25 to 1000', () => {
    fc.assert(fc.property(quarters(MIN_HOURS, MAX_HOURS), (value) => parseHours(value) === value));
  });

  it('takes nothing else, and so does the schema', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.anything()), (value) => {
        const isHours = typeof value === 'number' && value >= 0.25 && value <= 1000 && value % 0.25 === 0;
        expect(z.safeParse(hoursSchema, value).success).toBe(isHours);
        if (!isHours)
          expect(() => parseHours(value)).toThrow(expect.objectContaining({ code: 'INVALID_HOURS' }));
      }),
    );
  });

  it.each([
    0,
    -1,
    0.1,
    0.30000000000000004,
    Number.NaN,
    Infinity,
    -Infinity,
    1000.25,
    1e9,
    '2',
    null,
    undefined,
    [2],
  ])('refuses %j', (value) => {
    expect(() => parseHours(value)).toThrow(expect.objectContaining({ code: 'INVALID_HOURS' }));
  });
});

describe('parseRate', () => {
  it.each([0, -1, 0.1, 10.25, Number.NaN, '1'])('refuses %j', (value) => {
    expect(() => parseRate(value)).toThrow(expect.objectContaining({ code: 'INVALID_RATE' }));
  });
});

describe('amountFor', () => {
  it.each([
    [2, 1, 2],
    [0.5, 0.25, 0.25], // 0.125 is half a quarter: up
    [2.5, 0.25, 0.75], // 0.625 is half way: up
    [0.75, 0.75, 0.5], // 0.5625: down
    [1.25, 1.25, 1.5], // 1.5625: down
    [1.5, 1.25, 2], // 1.875: up
  ])('rounds %d h at %d half up to a quarter: %d', (worked, rate, expected) => {
    expect(amountFor(parseHours(worked), parseRate(rate))).toBe(expected);
  });

  it('is a quarter step and never further from the product than an eighth', () => {
    fc.assert(
      fc.property(hours, rates, (worked, rate) => {
        const exact = worked * rate;
        fc.pre(exact >= 0.125 && exact < 1000.125);
        const amount = amountFor(worked, rate);
        expect(amount % 0.25).toBe(0);
        expect(amount - exact).toBeLessThanOrEqual(0.125);
        expect(amount - exact).toBeGreaterThan(-0.125);
      }),
    );
  });

  it.each([
    [0.25, 0.25],
    [1000, 2],
  ])('refuses %d h at %d: not an amount that can be held', (worked, rate) => {
    expect(() => amountFor(parseHours(worked), parseRate(rate))).toThrow(
      expect.objectContaining({ code: 'INVALID_HOURS' }),
    );
  });
});

describe('sums', () => {
  it('are exact in any order', () => {
    fc.assert(
      fc.property(fc.array(hours), (amounts) => {
        expect(plus(...amounts, ...amounts.map(negate))).toBe(0);
        expect(plus(...[...amounts].reverse())).toBe(plus(...amounts));
      }),
    );
  });

  it('never give minus zero', () => {
    expect(Object.is(negate(plus()), 0)).toBe(true);
  });
});
