import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { MovableClock } from './clock.ts';

/**
 * A clock whose offset outlives a restart, in a file with the milliseconds as JSON. Throws where the file is not that:
 * time must not silently fall back.
 */
export function clockFromFile(file: string): MovableClock {
  const clock = new MovableClock(existsSync(file) ? readOffset(file) : 0);
  mkdirSync(dirname(file), { recursive: true });
  clock.onMove((offset) => {
    write(file, JSON.stringify({ offset }));
  });
  return clock;
}

function readOffset(file: string): number {
  const { offset } = JSON.parse(readFileSync(file, 'utf8')) as { offset?: unknown };
  if (typeof offset !== 'number' || !(offset >= 0))
    throw new Error(`${file} does not hold the clock's offset`);
  return offset;
}

/** In one piece or not at all, whatever happens to this process or machine. */
function write(file: string, text: string): void {
  const next = `${file}.next`;
  const descriptor = openSync(next, 'w');
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(next, file);
}
