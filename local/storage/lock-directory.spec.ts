import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDirectory } from './lock-directory.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lock-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

describe('a data directory', () => {
  it('belongs to one at a time', () => {
    const unlock = lockDirectory(join(directory, 'new'));
    expect(() => lockDirectory(join(directory, 'new'))).toThrow('is in use by another embedded AWS');
    unlock();
    lockDirectory(join(directory, 'new'))();
  });
});
