import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Claims a data directory for this process; returns how to give it back. The claim is a lock on a file, which the
 * operating system takes back however the process ends, so that no stale one is left.
 * Throws Error where another process, or this one, has it.
 */
export function lockDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true });
  const lock = new DatabaseSync(join(directory, 'lock.sqlite'));
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw new Error(
      `${directory} is in use by another embedded AWS. Stop that one, or choose another directory.`,
    );
  }
  return () => {
    lock.close();
  };
}
