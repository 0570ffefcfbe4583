import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { oneAtATime } from './one-at-a-time.ts';

let directory: string;
let lock: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'one-at-a-time-'));
  lock = join(directory, 'lock');
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe('work under one lock', () => {
  it('begins only when the other has ended', async () => {
    const story: string[] = [];
    const first = Promise.withResolvers<undefined>();
    const work = (name: string, wait: Promise<unknown>) =>
      oneAtATime(lock, async () => {
        story.push(`${name} begins`);
        await wait;
        story.push(`${name} ends`);
      });
    const both = [work('first', first.promise), work('second', Promise.resolve())];
    expect(story).toEqual(['first begins']);
    first.resolve(undefined);
    await Promise.all(both);
    expect(story).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  });

  it('gives the lock back when it throws', async () => {
    await expect(oneAtATime(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(lock)).toBe(false);
  });

  it('takes over the lock of a process that is gone', async () => {
    const { pid } = spawnSync('true');
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), String(pid));
    expect(await oneAtATime(lock, () => Promise.resolve('done'))).toBe('done');
  });
});
