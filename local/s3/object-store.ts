import type { DatabaseSync } from 'node:sqlite';
import type { Readable } from 'node:stream';
import { openDatabase, type Storage } from '../storage/open-database.ts';
import { BlobDirectory } from './blob-directory.ts';
import type { Checksum } from './checksums.ts';

/** One object as it is kept. */
export interface StoredObject {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Without its quotes. */
  readonly etag: string;
  /** Epoch milliseconds of whole seconds: HTTP has no finer ones. */
  readonly modified: number;
  /** Such as `ContentType`, by S3's names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly checksum?: Checksum;
  /** Name of the file that holds the bytes; copies share it. */
  readonly blob: string;
}

/** Keys are kept as bytes: these are ordered as S3 orders them, and may be any. */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS object (
    bucket TEXT NOT NULL, key BLOB NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL, modified INTEGER NOT NULL,
    headers TEXT NOT NULL, metadata TEXT NOT NULL, checksum TEXT NOT NULL, blob TEXT NOT NULL,
    PRIMARY KEY (bucket, key)) STRICT;
  CREATE INDEX IF NOT EXISTS object_blob ON object (blob);`;

type Row = Readonly<Record<string, unknown>>;

/**
 * Objects of all buckets. Bytes are a file, everything else a row: an object is there when its row is committed, which
 * happens after its file is on disk. What a crash leaves between the two is a file that nobody names.
 */
export class ObjectStore {
  private readonly database: DatabaseSync;
  private readonly blobs: BlobDirectory;

  constructor(storage: Storage) {
    this.database = openDatabase(storage, 's3', SCHEMA);
    this.blobs = new BlobDirectory(storage);
    const rows = this.database.prepare('SELECT DISTINCT blob FROM object').all();
    this.blobs.keepOnly(new Set(rows.map(({ blob }) => String(blob))));
  }

  find(bucket: string, key: string): StoredObject | undefined {
    const row = this.database
      .prepare('SELECT * FROM object WHERE bucket = ? AND key = ?')
      .get(bucket, Buffer.from(key));
    return row && toObject(row);
  }

  /** In the order of their keys' bytes, from `first` on. */
  *from(bucket: string, first: string): Generator<StoredObject> {
    const rows = this.database.prepare('SELECT * FROM object WHERE bucket = ? AND key >= ? ORDER BY key');
    for (const row of rows.iterate(bucket, Buffer.from(first))) yield toObject(row);
  }

  /** Resolves to a file's name for `put`. */
  write(chunks: AsyncIterable<Uint8Array>): Promise<string> {
    return this.blobs.write(chunks);
  }

  /** Offsets are included both. */
  read({ blob }: StoredObject, start: number, end: number): Readable {
    return this.blobs.read(blob, start, end);
  }

  /**
   * Stores or replaces; `allows` is asked with what is there at that very moment and throws to refuse. A refused object's
   * file is removed.
   */
  put(bucket: string, object: StoredObject, allows: (existing: StoredObject | undefined) => void): void {
    const existing = this.find(bucket, object.key);
    try {
      allows(existing);
      this.database
        .prepare('INSERT OR REPLACE INTO object VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
        .run(
          bucket,
          Buffer.from(object.key),
          object.size,
          object.etag,
          object.modified,
          JSON.stringify(object.headers),
          JSON.stringify(object.metadata),
          JSON.stringify(object.checksum ?? null),
          object.blob,
        );
    } catch (error) {
      this.release(object.blob);
      throw error;
    }
    if (existing) this.release(existing.blob);
  }

  delete(bucket: string, key: string): void {
    const existing = this.find(bucket, key);
    if (!existing) return;
    this.database.prepare('DELETE FROM object WHERE bucket = ? AND key = ?').run(bucket, Buffer.from(key));
    this.release(existing.blob);
  }

  close(): void {
    this.database.close();
    this.blobs.close();
  }

  private release(blob: string): void {
    if (!this.database.prepare('SELECT 1 FROM object WHERE blob = ?').get(blob)) this.blobs.remove(blob);
  }
}

function toObject(row: Row): StoredObject {
  const checksum = JSON.parse(String(row['checksum'])) as Checksum | null; // written by `put`, as are the others
  return {
    key: Buffer.from(row['key'] as Uint8Array).toString('utf8'),
    size: Number(row['size']),
    etag: String(row['etag']),
    modified: Number(row['modified']),
    headers: JSON.parse(String(row['headers'])) as Record<string, string>,
    metadata: JSON.parse(String(row['metadata'])) as Record<string, string>,
    ...(checksum && { checksum }),
    blob: String(row['blob']),
  };
}
