import { describe, expect, it } from 'vitest';
import { formatHours } from './format-hours';

describe('hours as members read them', () => {
  it('shows whole hours and quarters without noise', () => {
    expect([2, 1.75, 0.25, 0].map((hours) => formatHours(hours))).toEqual(['2 h', '1.75 h', '0.25 h', '0 h']);
  });

  it('writes what goes out with a minus, and what comes in with a plus when asked', () => {
    expect(formatHours(-2)).toBe('−2 h');
    expect(formatHours(2, { signed: true })).toBe('+2 h');
    expect(formatHours(0, { signed: true })).toBe('0 h');
  });
});
