import type { DatabaseSync } from 'node:sqlite';

interface Waiter {
  resolve(): void;
  reject(error: unknown): void;
}

/** Gathers writes and commits them together, once for each turn of the event loop: one synced commit serves them all. */
export class Commits {
  private readonly database: DatabaseSync;
  private writes: (() => void)[] = [];
  private waiters: Waiter[] = [];
  private scheduled: NodeJS.Immediate | undefined;

  constructor(database: DatabaseSync) {
    this.database = database;
  }

  enqueue(write: () => void): void {
    this.writes.push(write);
    this.scheduled ??= setImmediate(() => {
      this.flush();
    });
  }

  /** Resolves once everything enqueued so far is on disk; rejects where it could not be written. */
  async durable(): Promise<void> {
    if (this.writes.length === 0) return;
    await new Promise<void>((resolve, reject) => {
      this.waiters.push({ resolve, reject });
    });
  }

  /** Writes at once what waits. */
  flush(): void {
    clearImmediate(this.scheduled);
    this.scheduled = undefined;
    const { writes, waiters } = this;
    this.writes = [];
    this.waiters = [];
    if (writes.length === 0) return;
    try {
      this.database.exec('BEGIN IMMEDIATE');
      for (const write of writes) write();
      this.database.exec('COMMIT');
    } catch (error) {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      for (const waiter of waiters) waiter.reject(error);
      if (waiters.length === 0) throw error;
      return;
    }
    for (const waiter of waiters) waiter.resolve();
  }
}
