import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { openDatabase, type Storage } from '../../storage/open-database.ts';
import type { Frame } from '../engine/frame.ts';
import { Commits } from './commits.ts';
import type {
  ExecutionRecord,
  ExecutionStatus,
  HistoryEvent,
  MachineRecord,
  RevisionRecord,
} from './records.ts';
import { SCHEMA } from './schema.ts';

type Parameters = SQLInputValue[] | [Record<string, SQLInputValue>];

const EXECUTION_COLUMNS = `
  arn, machine_arn AS machineArn, revision, name, status, input, output, error, cause, started_at AS startedAt,
  stopped_at AS stoppedAt, run_started_at AS runStartedAt, redrive_count AS redriveCount, redriven_at AS redrivenAt,
  redrive_token AS redriveToken, last_event AS lastEvent, transitions`;

export interface ExecutionFilter {
  readonly machineArn: string;
  readonly status?: ExecutionStatus;
  readonly redriven?: boolean;
  readonly limit: number;
  readonly offset: number;
}

/**
 * All that must survive a crash: definitions, executions, their threads, histories and task tokens. Writes are gathered;
 * `durable()` says when they are on disk.
 *
 * Executions and frames are written as they are when the commit happens. A commit never happens in the middle of
 * synchronous code, so code that changes a frame and records its event without an `await` between them changes both or none.
 */
export class Journal {
  private readonly database: DatabaseSync;
  private readonly commits: Commits;
  private readonly statements = new Map<string, StatementSync>();
  /** What is to be written in the next commit, in the form it will have by then. */
  private readonly dirty = new Set<object>();

  constructor(storage: Storage) {
    this.database = openDatabase(storage, 'step-functions', SCHEMA);
    this.commits = new Commits(this.database);
  }

  durable(): Promise<void> {
    return this.commits.durable();
  }

  close(): void {
    this.commits.flush();
    this.database.close();
  }

  saveMachine(machine: MachineRecord, revision: RevisionRecord): void {
    this.write(
      'INSERT INTO revisions VALUES (:id, :machineArn, :definition, :roleArn) ON CONFLICT DO NOTHING',
      { ...revision },
    );
    this.write('INSERT OR REPLACE INTO machines VALUES (:arn, :name, :createdAt, :revision)', { ...machine });
  }

  machines(): MachineRecord[] {
    return this.read<MachineRecord>(
      'SELECT arn, name, created_at AS createdAt, revision FROM machines ORDER BY name',
    );
  }

  revision(id: string): RevisionRecord | undefined {
    return this.read<RevisionRecord>(
      'SELECT id, machine_arn AS machineArn, definition, role_arn AS roleArn FROM revisions WHERE id = ?',
      id,
    )[0];
  }

  saveExecution(execution: ExecutionRecord): void {
    this.writeLatest(
      execution,
      `INSERT OR REPLACE INTO executions (arn, machine_arn, revision, name, status, input, output, error, cause,
         started_at, stopped_at, run_started_at, redrive_count, redriven_at, redrive_token, last_event, transitions)
       VALUES (:arn, :machineArn, :revision, :name, :status, :input, :output, :error, :cause, :startedAt, :stoppedAt,
         :runStartedAt, :redriveCount, :redrivenAt, :redriveToken, :lastEvent, :transitions)`,
      () => [{ ...execution }],
    );
  }

  /** As last committed: one that has just been started or has just ended is known to the engine. */
  execution(arn: string): ExecutionRecord | undefined {
    return this.readDurable<ExecutionRecord>(
      `SELECT ${EXECUTION_COLUMNS} FROM executions WHERE arn = ?`,
      arn,
    )[0];
  }

  runningExecutions(): ExecutionRecord[] {
    return this.read<ExecutionRecord>(
      `SELECT ${EXECUTION_COLUMNS} FROM executions WHERE status = 'RUNNING' ORDER BY started_at`,
    );
  }

  /** Newest first. */
  executions(filter: ExecutionFilter): ExecutionRecord[] {
    return this.read<ExecutionRecord>(
      `SELECT ${EXECUTION_COLUMNS} FROM executions
       WHERE machine_arn = :machineArn AND (:status IS NULL OR status = :status)
         AND (:redriven IS NULL OR (redrive_count > 0) = :redriven)
       ORDER BY started_at DESC, arn LIMIT :limit OFFSET :offset`,
      {
        machineArn: filter.machineArn,
        status: filter.status ?? null,
        redriven: filter.redriven === undefined ? null : Number(filter.redriven),
        limit: filter.limit,
        offset: filter.offset,
      },
    );
  }

  saveFrame(execution: string, frame: Frame): void {
    this.writeLatest(frame, 'INSERT OR REPLACE INTO frames VALUES (?, ?, ?)', () => [
      execution,
      frame.path,
      JSON.stringify(frame),
    ]);
  }

  /** Deletes the frames below `path`. */
  deleteFramesBelow(execution: string, path: string): void {
    this.write(
      `DELETE FROM frames WHERE execution = :execution AND path >= :from AND path < :to`,
      // '0' is the character after '/'.
      { execution, from: `${path}/`, to: `${path}0` },
    );
  }

  deleteAllFrames(execution: string): void {
    this.write('DELETE FROM frames WHERE execution = ?', execution);
  }

  /** Forgets the threads of what ended, and can no longer be redriven, before a time in epoch milliseconds. */
  deleteFramesEndedBefore(time: number): void {
    this.write(
      'DELETE FROM frames WHERE execution IN (SELECT arn FROM executions WHERE stopped_at < ?)',
      time,
    );
  }

  frames(execution: string): Frame[] {
    return this.read<{ frame: string }>('SELECT frame FROM frames WHERE execution = ?', execution).map(
      (row) => JSON.parse(row.frame) as Frame,
    );
  }

  appendEvent(execution: string, event: HistoryEvent): void {
    this.write('INSERT INTO events VALUES (?, ?, ?)', execution, event.id, JSON.stringify(event));
  }

  events(execution: string, limit: number, offset: number, reverse: boolean): HistoryEvent[] {
    return this.read<{ event: string }>(
      `SELECT event FROM events WHERE execution = ? ORDER BY id ${reverse ? 'DESC' : 'ASC'} LIMIT ? OFFSET ?`,
      execution,
      limit,
      offset,
    ).map((row) => JSON.parse(row.event) as HistoryEvent);
  }

  saveToken(token: string, execution: string): void {
    this.write('INSERT INTO tokens VALUES (?, ?)', token, execution);
  }

  /** Whether the token was ever given out, be it still open or not. It is durable before it is given out. */
  hasToken(token: string): boolean {
    return this.readDurable('SELECT token FROM tokens WHERE token = ?', token).length > 0;
  }

  private write(sql: string, ...parameters: Parameters): void {
    const statement = this.prepare(sql);
    this.commits.enqueue(() => {
      run(statement, parameters);
    });
  }

  private writeLatest(source: object, sql: string, parameters: () => Parameters): void {
    if (this.dirty.has(source)) return;
    this.dirty.add(source);
    const statement = this.prepare(sql);
    this.commits.enqueue(() => {
      this.dirty.delete(source);
      run(statement, parameters());
    });
  }

  private read<Row>(sql: string, ...parameters: Parameters): Row[] {
    this.commits.flush();
    return this.readDurable(sql, ...parameters);
  }

  /** Without what waits for the next commit, and so without forcing one. */
  private readDurable<Row>(sql: string, ...parameters: Parameters): Row[] {
    // The columns are those that the statement names for this type.
    return this.prepare(sql).all(...(parameters as SQLInputValue[])) as Row[];
  }

  private prepare(sql: string): StatementSync {
    const known = this.statements.get(sql);
    if (known) return known;
    const statement = this.database.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }
}

function run(statement: StatementSync, parameters: Parameters): void {
  // The overloads of node:sqlite tell named from positional parameters; both are passed on alike.
  statement.run(...(parameters as SQLInputValue[]));
}
