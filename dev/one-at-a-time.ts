import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds between two looks at a lock that another process holds. */
const PATIENCE = 200;

/**
 * Runs `work` while no other process on this machine runs it under the same lock (a directory). A lock left by a process
 * that is gone is taken over.
 */
export async function oneAtATime<Result>(lock: string, work: () => Promise<Result>): Promise<Result> {
  while (!take(lock)) {
    if (!holderLives(lock)) rmSync(lock, { recursive: true, force: true });
    else await pause(PATIENCE);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function take(lock: string): boolean {
  try {
    mkdirSync(lock); // atomic: it fails where the directory exists
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(join(lock, 'pid'), String(process.pid));
  return true;
}

function holderLives(lock: string): boolean {
  try {
    process.kill(Number(readFileSync(join(lock, 'pid'), 'utf8')), 0);
    return true;
  } catch (error) {
    // No pid yet: the holder is between the two steps of taking it.
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}
