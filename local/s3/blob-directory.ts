import { randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Storage } from '../storage/open-database.ts';

/** Files under names made up here: no key of an object ever becomes a path. A file is written once and never changed. */
export class BlobDirectory {
  private readonly directory: string;
  private readonly isTemporary: boolean;

  constructor(storage: Storage) {
    this.isTemporary = storage === 'memory';
    this.directory =
      storage === 'memory' ? mkdtempSync(join(tmpdir(), 's3-')) : join(storage.directory, 's3');
    mkdirSync(this.directory, { recursive: true });
  }

  /** Resolves to the new file's name once it is on disk; leaves nothing behind where `chunks` throws. */
  async write(chunks: AsyncIterable<Uint8Array>): Promise<string> {
    const name = randomUUID();
    const file = await open(this.path(name), 'wx');
    try {
      await file.writeFile(chunks);
      await file.sync();
    } catch (error) {
      this.remove(name);
      throw error;
    } finally {
      await file.close();
    }
    await this.syncEntries();
    return name;
  }

  /** Opened at once, so that what is being read may be removed. `start` and `end` are offsets, both included. */
  read(name: string, start: number, end: number): Readable {
    return createReadStream('', { fd: openSync(this.path(name), 'r'), start, end });
  }

  remove(name: string): void {
    rmSync(this.path(name), { force: true });
  }

  /** Removes what a crash left behind. */
  keepOnly(names: ReadonlySet<string>): void {
    for (const name of readdirSync(this.directory)) if (!names.has(name)) this.remove(name);
  }

  close(): void {
    if (this.isTemporary) rmSync(this.directory, { recursive: true, force: true });
  }

  private path(name: string): string {
    return join(this.directory, name);
  }

  /** A new file is lost with the power, however well written, until its directory is written too. */
  private async syncEntries(): Promise<void> {
    const directory = await open(this.directory, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  }
}
