import { describe, expect, it, vi } from 'vitest';

import { retryWithFullJitter, type Backoff } from './retry.ts';

const always = () => true;

function backoffOf(overrides: Partial<Backoff> = {}) {
  const waits: number[] = [];
  const sleep = (milliseconds: number) => {
    waits.push(milliseconds);
    return Promise.resolve();
  };
  return { waits, backoff: { attempts: 6, base: 20, longest: 100, random: () => 1, sleep, ...overrides } };
}

describe('retrying with full jitter', () => {
  it('waits up to twice as long each time, and never longer than the longest', async () => {
    const { waits, backoff } = backoffOf();
    await expect(
      retryWithFullJitter(() => Promise.reject(new Error('busy')), always, backoff),
    ).rejects.toThrow('busy');
    expect(waits).toEqual([40, 80, 100, 100, 100]);
  });

  it('waits any part of that time, none at all included', async () => {
    const { waits, backoff } = backoffOf({ attempts: 2, random: () => 0 });
    await expect(
      retryWithFullJitter(() => Promise.reject(new Error('busy')), always, backoff),
    ).rejects.toThrow();
    expect(waits).toEqual([0]);
  });

  it('stops at what another try cannot mend', async () => {
    const { waits, backoff } = backoffOf();
    const attempt = vi.fn(() => Promise.reject(new Error('refused')));
    await expect(retryWithFullJitter(attempt, () => false, backoff)).rejects.toThrow('refused');
    expect(attempt).toHaveBeenCalledTimes(1);
    expect(waits).toEqual([]);
  });

  it('returns what the first success returns', async () => {
    const { backoff } = backoffOf();
    const attempt = vi
      .fn<() => Promise<string>>()
      .mockRejectedValueOnce(new Error('busy'))
      .mockResolvedValue('done');
    expect(await retryWithFullJitter(attempt, always, backoff)).toBe('done');
  });
});
