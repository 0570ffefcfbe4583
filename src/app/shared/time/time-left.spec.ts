import { describe, expect, it } from 'vitest';
import { timeLeft } from './time-left';

const HOUR = 3_600_000;

describe('the time that is left', () => {
  it.each([
    [72 * HOUR + 5 * HOUR, '3 days 5 h'],
    [47 * HOUR, '1 day 23 h'],
    [4 * HOUR + 600_000, '4 h 10 min'],
    [9 * 60_000, '9 min'],
    [34_200, '35 s'],
    [0, 'time is up'],
    [-5 * HOUR, 'time is up'],
  ])('%i ms reads "%s"', (milliseconds, words) => {
    expect(timeLeft(milliseconds)).toBe(words);
  });
});
