import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const ROOT = dirname(import.meta.dirname);

/** A hash of all files that the patterns (globs from the project's root) match, by path and content. */
export function fingerprint(patterns: readonly string[]): string {
  const hash = createHash('sha256');
  const files = globSync(patterns, { cwd: ROOT }).filter((file) => statSync(join(ROOT, file)).isFile());
  for (const file of files.sort())
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}

export interface Made {
  /** Globs of what it is made from. */
  readonly inputs: readonly string[];
  /** A file that exists once it is made. */
  readonly output: string;
  /** The file that remembers what it was made from. */
  readonly mark: string;
}

/** Runs `make` where the output is missing or its inputs have changed since; says whether it did. */
export async function makeIfChanged(
  { inputs, output, mark }: Made,
  make: () => Promise<void>,
): Promise<boolean> {
  const print = fingerprint(inputs);
  if (existsSync(output) && existsSync(mark) && readFileSync(mark, 'utf8') === print) return false;
  await make();
  mkdirSync(dirname(mark), { recursive: true });
  writeFileSync(mark, print);
  return true;
}
