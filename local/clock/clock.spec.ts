import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clockFromFile } from './clock-file.ts';
import { MovableClock } from './clock.ts';
import { parseDuration } from './duration.ts';

const HOUR = 3_600_000;

describe('a movable clock', () => {
  it('is ahead of real time by as much as it was moved', () => {
    const clock = new MovableClock();
    clock.advance(HOUR);
    clock.advance(HOUR);
    expect(clock.offset).toBe(2 * HOUR);
    expect(Math.abs(clock.now() - Date.now() - 2 * HOUR)).toBeLessThan(100);
  });

  it('wakes those who wait in the order of their times, and nobody before their time', async () => {
    const clock = new MovableClock();
    const woken: string[] = [];
    const wait = (name: string, hours: number) =>
      clock.until(clock.now() + hours * HOUR).then(() => woken.push(name));
    const all = [wait('second', 2), wait('first', 1)];
    const never = new AbortController();
    const late = clock.until(clock.now() + 99 * HOUR, never.signal);

    clock.advance(3 * HOUR);
    await Promise.all(all);

    expect(woken).toEqual(['first', 'second']);
    never.abort(new Error('enough'));
    await expect(late).rejects.toThrow('enough');
  });

  it('wakes by itself when real time gets there', async () => {
    const clock = new MovableClock();
    const time = clock.now() + 20;
    await clock.until(time);
    expect(clock.now()).toBeGreaterThanOrEqual(time);
  });

  it('keeps the process alive for those who wait, and no longer', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const clock = new MovableClock();
    const giveUp = new AbortController();
    const waits = [1, 2].map((hours) => clock.until(clock.now() + hours * HOUR, giveUp.signal));
    expect(timers()).toBe(before + 1);
    giveUp.abort(new Error('enough'));
    await Promise.allSettled(waits);
    expect(timers()).toBe(before);
  });

  it('does not wait for what is past, nor for what was given up before', async () => {
    const clock = new MovableClock();
    await clock.until(clock.now() - 1);
    await expect(clock.until(Infinity, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
  });

  it('tells of its moves until told to stop', () => {
    const clock = new MovableClock(5);
    const offsets: number[] = [];
    const stop = clock.onMove((offset) => offsets.push(offset));
    clock.advance(1);
    stop();
    clock.advance(1);
    expect(offsets).toEqual([6]);
  });

  it.each([-1, NaN, Infinity])('does not move by %d', (milliseconds) => {
    expect(() => {
      new MovableClock().advance(milliseconds);
    }).toThrow(RangeError);
  });
});

describe('a clock with a file', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'clock-'));
  });

  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it('goes on where it was', () => {
    const file = join(directory, 'data', 'clock.json');
    clockFromFile(file).advance(HOUR);
    const later = clockFromFile(file);
    expect(later.offset).toBe(HOUR);
    later.advance(HOUR);
    expect(clockFromFile(file).offset).toBe(2 * HOUR);
  });

  it('refuses a file that it did not write', () => {
    const file = join(directory, 'clock.json');
    writeFileSync(file, '{"offset":"-3"}');
    expect(() => clockFromFile(file)).toThrow("does not hold the clock's offset");
  });
});

describe('a duration', () => {
  it.each([
    ['PT48H', 48 * HOUR],
    ['P7D', 168 * HOUR],
    ['P1W', 168 * HOUR],
    ['P1DT1H1M1.5S', 25 * HOUR + 61_500],
    ['PT0S', 0],
  ])('%s is %d milliseconds', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each(['', 'P', 'PT', 'P1DT', '48H', 'P1M', 'P1Y', 'PT-1H', 'PT1.5H'])('is not %j', (text) => {
    expect(() => parseDuration(text)).toThrow(RangeError);
  });
});
