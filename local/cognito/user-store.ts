import type { DatabaseSync } from 'node:sqlite';
import { openDatabase, type Storage } from '../storage/open-database.ts';
import type { User } from './user.ts';

/** One sign-in: what its refresh token stands for. Times are real epoch milliseconds. */
export interface Session {
  /** `origin_jti` of every token of this sign-in. */
  readonly id: string;
  readonly poolId: string;
  readonly clientId: string;
  readonly username: string;
  /** SHA-256 of the refresh token, hexadecimal: the token itself is not kept. */
  readonly refreshTokenHash: string;
  readonly authenticatedAt: number;
  readonly expiresAt: number;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS signing_keys (pool TEXT PRIMARY KEY, private_key TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS users (
    pool TEXT NOT NULL, username TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (pool, username)) STRICT;
  CREATE TABLE IF NOT EXISTS aliases (
    pool TEXT NOT NULL, alias TEXT NOT NULL, username TEXT NOT NULL, PRIMARY KEY (pool, alias)) STRICT;
  CREATE TABLE IF NOT EXISTS group_members (
    pool TEXT NOT NULL, group_name TEXT NOT NULL, username TEXT NOT NULL,
    PRIMARY KEY (pool, group_name, username)) STRICT;
  CREATE TABLE IF NOT EXISTS sessions (
    id TEXT PRIMARY KEY, pool TEXT NOT NULL, username TEXT NOT NULL, refresh_hash TEXT NOT NULL UNIQUE,
    expires_at INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS sessions_by_user ON sessions (pool, username);
`;

/** Users, groups, sessions and keys in SQLite. Every method returns once its change is on disk. */
export class UserStore {
  private readonly database: DatabaseSync;

  constructor(storage: Storage) {
    this.database = openDatabase(storage, 'cognito', SCHEMA);
  }

  close(): void {
    this.database.close();
  }

  /** The pool's private key (PKCS #8, PEM), made by `create` the first time. */
  signingKey(poolId: string, create: () => string): string {
    const row = this.database
      .prepare('SELECT private_key AS key FROM signing_keys WHERE pool = ?')
      .get(poolId);
    if (row) return String(row['key']);
    const key = create();
    this.database.prepare('INSERT INTO signing_keys VALUES (?, ?)').run(poolId, key);
    return key;
  }

  user(poolId: string, username: string): User | undefined {
    return asUser(
      this.database.prepare('SELECT body FROM users WHERE pool = ? AND username = ?').get(poolId, username),
    );
  }

  userByAlias(poolId: string, alias: string): User | undefined {
    const query = `SELECT body FROM users JOIN aliases USING (pool, username) WHERE pool = ? AND alias = ?`;
    return asUser(this.database.prepare(query).get(poolId, alias));
  }

  /** Ordered by user name. */
  users(poolId: string): User[] {
    return this.database
      .prepare('SELECT body FROM users WHERE pool = ? ORDER BY username')
      .all(poolId)
      .map((row) => asUser(row))
      .filter((user) => user !== undefined);
  }

  /** Inserts or replaces. `aliases` are all of the user's; an alias that was another's becomes this user's. */
  saveUser(poolId: string, user: User, aliases: readonly string[]): void {
    this.atomically(() => {
      this.database
        .prepare('INSERT OR REPLACE INTO users VALUES (?, ?, ?)')
        .run(poolId, user.username, JSON.stringify(user));
      this.database.prepare('DELETE FROM aliases WHERE pool = ? AND username = ?').run(poolId, user.username);
      const insert = this.database.prepare('INSERT OR REPLACE INTO aliases VALUES (?, ?, ?)');
      for (const alias of aliases) insert.run(poolId, alias, user.username);
    });
  }

  deleteUser(poolId: string, username: string): void {
    this.atomically(() => {
      for (const table of ['users', 'aliases', 'group_members', 'sessions'])
        this.database.prepare(`DELETE FROM ${table} WHERE pool = ? AND username = ?`).run(poolId, username);
    });
  }

  groupsOf(poolId: string, username: string): string[] {
    return this.database
      .prepare('SELECT group_name AS name FROM group_members WHERE pool = ? AND username = ?')
      .all(poolId, username)
      .map((row) => String(row['name']));
  }

  addToGroup(poolId: string, group: string, username: string): void {
    this.database
      .prepare('INSERT OR IGNORE INTO group_members VALUES (?, ?, ?)')
      .run(poolId, group, username);
  }

  removeFromGroup(poolId: string, group: string, username: string): void {
    this.database
      .prepare('DELETE FROM group_members WHERE pool = ? AND group_name = ? AND username = ?')
      .run(poolId, group, username);
  }

  session(id: string): Session | undefined {
    return asSession(this.database.prepare('SELECT body FROM sessions WHERE id = ?').get(id));
  }

  sessionByRefreshToken(hash: string): Session | undefined {
    return asSession(this.database.prepare('SELECT body FROM sessions WHERE refresh_hash = ?').get(hash));
  }

  addSession(session: Session): void {
    const { id, poolId, username, refreshTokenHash, expiresAt } = session;
    this.database
      .prepare('INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?)')
      .run(id, poolId, username, refreshTokenHash, expiresAt, JSON.stringify(session));
  }

  endSession(id: string): void {
    this.database.prepare('DELETE FROM sessions WHERE id = ?').run(id);
  }

  endSessionsOf(poolId: string, username: string): void {
    this.database.prepare('DELETE FROM sessions WHERE pool = ? AND username = ?').run(poolId, username);
  }

  forgetExpiredSessions(now: number): void {
    this.database.prepare('DELETE FROM sessions WHERE expires_at <= ?').run(now);
  }

  private atomically(change: () => void): void {
    this.database.exec('BEGIN IMMEDIATE');
    try {
      change();
      this.database.exec('COMMIT');
    } catch (error) {
      this.database.exec('ROLLBACK');
      throw error;
    }
  }
}

type Row = Record<string, unknown> | undefined;

// Only the class above writes the bodies, from values of these types.
const asUser = (row: Row) => row && (JSON.parse(String(row['body'])) as User);
const asSession = (row: Row) => row && (JSON.parse(String(row['body'])) as Session);
