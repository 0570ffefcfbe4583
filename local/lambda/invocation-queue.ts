import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock/clock.ts';
import { openDatabase, type Storage } from '../storage/open-database.ts';
import { deliverOutcome, type QueuedInvocation } from './deliver-outcome.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { Outcome } from './sandbox.ts';
import type { AwsApi } from '../gateway/aws-service.ts';

export interface InvocationQueueOptions {
  readonly functions: readonly FunctionDefinition[];
  readonly aws: AwsApi;
  readonly clock: Clock;
  readonly storage: Storage;
  readonly log: (line: string) => void;
  /** Runs a function once; rejects where the service itself failed. */
  readonly run: (definition: FunctionDefinition, event: string, requestId: string) => Promise<Outcome>;
}

const SCHEMA = `CREATE TABLE IF NOT EXISTS invocation (
  id TEXT PRIMARY KEY, function TEXT NOT NULL, event TEXT NOT NULL, attempts INTEGER NOT NULL,
  nextAttempt REAL NOT NULL, enqueuedAt REAL NOT NULL) STRICT`;

/** Milliseconds before the second and the third attempt. Source: "How Lambda handles errors and retries". */
const RETRY_DELAYS = [60_000, 120_000];

/** Invocations that nobody waits for. They are kept until they are done, so that a crash loses none, and may run twice. */
export class InvocationQueue {
  private readonly options: InvocationQueueOptions;
  private readonly database: DatabaseSync;
  private readonly stopping = new AbortController();
  private readonly underWay = new Set<Promise<void>>();

  constructor(options: InvocationQueueOptions) {
    this.options = options;
    this.database = openDatabase(options.storage, 'lambda', SCHEMA);
  }

  /** Takes up what a crash left behind. */
  start(): void {
    for (const row of this.database.prepare('SELECT * FROM invocation').all())
      this.runWhenDue({
        id: String(row['id']),
        functionName: String(row['function']),
        event: String(row['event']),
        attempts: Number(row['attempts']),
        nextAttempt: Number(row['nextAttempt']),
        enqueuedAt: Number(row['enqueuedAt']),
      });
  }

  /** Accepts an invocation for good. `event` is JSON text. */
  add(functionName: string, event: string): void {
    const now = this.options.clock.now();
    const invocation = {
      id: randomUUID(),
      functionName,
      event,
      attempts: 0,
      nextAttempt: now,
      enqueuedAt: now,
    };
    this.database
      .prepare('INSERT INTO invocation VALUES (?, ?, ?, ?, ?, ?)')
      .run(invocation.id, functionName, event, 0, now, now);
    this.runNow(invocation);
  }

  /** Resolves when none is running; those that wait for another attempt do not count. */
  async idle(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  /** What still runs is left in the queue for the next start. */
  stop(): void {
    if (this.stopping.signal.aborted) return;
    this.stopping.abort();
    this.database.close();
  }

  private runWhenDue(invocation: QueuedInvocation): void {
    this.options.clock.until(invocation.nextAttempt, this.stopping.signal).then(
      () => {
        this.runNow(invocation);
      },
      () => undefined, // stopped
    );
  }

  private runNow(invocation: QueuedInvocation): void {
    const work = this.attempt(invocation).catch((error: unknown) => {
      if (!this.stopping.signal.aborted)
        this.options.log(`An invocation of ${invocation.functionName} failed: ${String(error)}`);
    });
    this.underWay.add(work);
    void work.finally(() => this.underWay.delete(work));
  }

  private async attempt(invocation: QueuedInvocation): Promise<void> {
    const { functions, aws, clock, log } = this.options;
    const definition = functions.find(({ name }) => name === invocation.functionName);
    if (!definition) {
      log(`${invocation.functionName} no longer exists; an invocation that waited for it is dropped`);
      this.remove(invocation);
      return;
    }
    const outcome = await this.options
      .run(definition, invocation.event, invocation.id)
      .catch((error: unknown): Outcome => ({
        kind: 'error',
        error: { errorType: 'ServiceException', errorMessage: String(error) },
      }));
    if (this.stopping.signal.aborted) return;

    const attempts = invocation.attempts + 1;
    const { maximumRetries, maximumAge } = definition.asynchronous;
    const isTooOld = clock.now() - invocation.enqueuedAt > maximumAge;
    if (outcome.kind === 'error' && attempts <= maximumRetries && !isTooOld) {
      this.runLater({ ...invocation, attempts });
      return;
    }
    if (outcome.kind === 'error') log(`${definition.title} failed for good: ${outcome.error.errorMessage}`);
    const condition =
      outcome.kind === 'result' ? 'Success' : isTooOld ? 'EventAgeExceeded' : 'RetriesExhausted';
    await deliverOutcome(aws, clock, definition, { ...invocation, attempts }, outcome, condition);
    this.remove(invocation);
  }

  private runLater(invocation: QueuedInvocation): void {
    const delay = RETRY_DELAYS[Math.min(invocation.attempts, RETRY_DELAYS.length) - 1] ?? 0;
    const later = { ...invocation, nextAttempt: this.options.clock.now() + delay };
    this.database
      .prepare('UPDATE invocation SET attempts = ?, nextAttempt = ? WHERE id = ?')
      .run(later.attempts, later.nextAttempt, later.id);
    this.runWhenDue(later);
  }

  private remove(invocation: QueuedInvocation): void {
    if (this.stopping.signal.aborted) return;
    this.database.prepare('DELETE FROM invocation WHERE id = ?').run(invocation.id);
  }
}
