import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Where an embedded service keeps its state: a folder, or memory (gone at the end). */
export type Storage = { readonly directory: string } | 'memory';

/** Opens a service's own database, creating its tables by `schema`. A committed write survives `kill -9` and power loss. */
export function openDatabase(storage: Storage, name: string, schema: string): DatabaseSync {
  if (storage !== 'memory') mkdirSync(storage.directory, { recursive: true });
  const database = new DatabaseSync(
    storage === 'memory' ? ':memory:' : join(storage.directory, `${name}.sqlite`),
  );
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  database.exec(schema);
  return database;
}
