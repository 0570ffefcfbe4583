import { openDatabase } from '../storage/open-database.ts';
import type { Storage } from '../storage/open-database.ts';
import type { BusEvent } from './event.ts';

/** One event on its way to one target. */
export interface Delivery {
  readonly id: number;
  readonly rule: string;
  readonly target: string;
  readonly event: BusEvent;
  readonly attempts: number;
  /** Epoch milliseconds. */
  readonly nextAttempt: number;
}

const SCHEMA = `CREATE TABLE IF NOT EXISTS delivery (
  id INTEGER PRIMARY KEY AUTOINCREMENT, rule TEXT NOT NULL, target TEXT NOT NULL,
  event TEXT NOT NULL, attempts INTEGER NOT NULL, nextAttempt REAL NOT NULL) STRICT`;

/** What was accepted and not yet delivered; survives a crash, so that delivery is at least once. */
export class DeliveryJournal {
  private readonly database;

  constructor(storage: Storage) {
    this.database = openDatabase(storage, 'event-bridge', SCHEMA);
  }

  /** Keeps all deliveries of one PutEvents, or none. */
  add(deliveries: readonly Omit<Delivery, 'id' | 'attempts'>[]): Delivery[] {
    const insert = this.database.prepare(
      'INSERT INTO delivery (rule, target, event, attempts, nextAttempt) VALUES (?, ?, ?, 0, ?)',
    );
    this.database.exec('BEGIN');
    const added = deliveries.map((delivery) => {
      const { lastInsertRowid } = insert.run(
        delivery.rule,
        delivery.target,
        JSON.stringify(delivery.event),
        delivery.nextAttempt,
      );
      return { ...delivery, id: Number(lastInsertRowid), attempts: 0 };
    });
    this.database.exec('COMMIT');
    return added;
  }

  retryLater(delivery: Delivery): void {
    this.database
      .prepare('UPDATE delivery SET attempts = ?, nextAttempt = ? WHERE id = ?')
      .run(delivery.attempts, delivery.nextAttempt, delivery.id);
  }

  remove(delivery: Delivery): void {
    this.database.prepare('DELETE FROM delivery WHERE id = ?').run(delivery.id);
  }

  pending(): Delivery[] {
    const rows = this.database.prepare('SELECT * FROM delivery ORDER BY id').all();
    return rows.map((row) => ({
      id: Number(row['id']),
      rule: String(row['rule']),
      target: String(row['target']),
      event: JSON.parse(String(row['event'])) as BusEvent,
      attempts: Number(row['attempts']),
      nextAttempt: Number(row['nextAttempt']),
    }));
  }

  close(): void {
    this.database.close();
  }
}
