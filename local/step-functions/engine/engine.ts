import { setMaxListeners } from 'node:events';
import type { Clock } from '../../clock/clock.ts';
import { AwsServiceError, type AwsApi } from '../../gateway/aws-service.ts';
import { executionArn } from '../arns.ts';
import type { Json } from '../definition/json.ts';
import type { Journal } from '../journal/journal.ts';
import type { ExecutionRecord, ExecutionStatus } from '../journal/records.ts';
import { JsonataQuery } from '../query/jsonata-query.ts';
import { Callbacks } from './callbacks.ts';
import { Aborted, Closed, Execution } from './execution.ts';
import { Failure } from './failure.ts';
import { newFrame } from './frame.ts';
import { LONGEST_EXECUTION_MS, MOST_OPEN_EXECUTIONS, REDRIVABLE_MS } from './limits.ts';
import type { Machine, Machines } from './machines.ts';
import { checkRedrivable, prepareForRedrive } from './redrive.ts';
import { runThread } from './run-thread.ts';
import type { Runtime } from './runtime.ts';
import { Thread } from './thread.ts';

export interface EngineOptions {
  readonly aws: AwsApi;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly machines: Machines;
  onStatusChange(record: ExecutionRecord): void;
}

interface Ending {
  readonly status: ExecutionStatus;
  readonly event: string;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
}

/** Starts, runs, ends and resumes executions. */
export class Engine {
  readonly callbacks: Callbacks;
  private readonly options: EngineOptions;
  private readonly runtime: Runtime;
  private readonly running = new Map<string, Execution>();
  private readonly waiting = new Map<string, Set<() => void>>();

  constructor(options: EngineOptions) {
    this.options = options;
    const { aws, clock, journal } = options;
    const now = () => clock.now();
    this.callbacks = new Callbacks(journal, now);
    this.runtime = {
      aws,
      clock,
      journal,
      query: new JsonataQuery(now),
      callbacks: this.callbacks,
      whenFinished: (arn, signal) => this.whenFinished(arn, signal),
    };
  }

  /** The present state of an execution, be it running or not. */
  find(arn: string): ExecutionRecord | undefined {
    return this.running.get(arn)?.record ?? this.options.journal.execution(arn);
  }

  /**
   * Starts an execution; it is durable when this resolves. The same name and input while it runs gives the same
   * execution. Throws AwsServiceError `ExecutionAlreadyExists` or `ExecutionLimitExceeded`.
   */
  async start(machine: Machine, name: string, input: string): Promise<ExecutionRecord> {
    const { clock, journal } = this.options;
    const arn = executionArn(machine.arn, name);
    const known = this.find(arn);
    if (known) {
      if (known.status !== 'RUNNING' || known.input !== input)
        throw new AwsServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
      await journal.durable();
      return known;
    }
    if (this.running.size >= MOST_OPEN_EXECUTIONS)
      throw new AwsServiceError('ExecutionLimitExceeded', 'Too many executions are running');

    const now = clock.now();
    const record: ExecutionRecord = {
      arn,
      machineArn: machine.arn,
      revision: machine.revision,
      name,
      status: 'RUNNING',
      input,
      output: null,
      error: null,
      cause: null,
      startedAt: now,
      stoppedAt: null,
      runStartedAt: now,
      redriveCount: 0,
      redrivenAt: null,
      redriveToken: null,
      lastEvent: 0,
      transitions: 0,
    };
    const execution = this.open(record, machine);
    execution.append(0, 'ExecutionStarted', 'executionStartedEventDetails', {
      input,
      inputDetails: { truncated: false },
      roleArn: machine.roleArn,
    });
    execution.saveFrame(newFrame('', machine.definition.StartAt, JSON.parse(input) as Json, 0));
    await journal.durable();
    this.options.onStatusChange({ ...record });
    this.run(execution);
    return record;
  }

  /** Ends a running execution as ABORTED; one that has ended stays as it is. Resolves when it is durable. */
  async stop(arn: string, error?: string, cause?: string): Promise<ExecutionRecord | undefined> {
    const execution = this.running.get(arn);
    if (!execution) return this.find(arn);
    await this.end(execution, {
      status: 'ABORTED',
      event: 'ExecutionAborted',
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause }),
    });
    return execution.record;
  }

  /** Goes on where the execution failed. Throws AwsServiceError `ExecutionNotRedrivable`. Resolves when it is durable. */
  async redrive(record: ExecutionRecord, clientToken?: string): Promise<ExecutionRecord> {
    const { clock, journal, machines } = this.options;
    if (clientToken !== undefined && record.redriveToken === clientToken) return record;
    const now = clock.now();
    checkRedrivable(record, now);
    const previous = record.lastEvent;
    const redriven: ExecutionRecord = {
      ...record,
      status: 'RUNNING',
      output: null,
      error: null,
      cause: null,
      stoppedAt: null,
      runStartedAt: now,
      redriveCount: record.redriveCount + 1,
      redrivenAt: now,
      redriveToken: clientToken ?? null,
    };
    const frames = journal.frames(record.arn);
    const execution = this.open(redriven, machines.revision(record.machineArn, record.revision));
    const event = execution.append(previous, 'ExecutionRedriven', 'executionRedrivenEventDetails', {
      redriveCount: redriven.redriveCount,
    });
    redriven.transitions += prepareForRedrive(frames, event);
    for (const frame of frames) execution.saveFrame(frame);
    await journal.durable();
    this.options.onStatusChange({ ...redriven });
    this.run(execution);
    return redriven;
  }

  /** Goes on with everything that ran when the journal was last written. Returns how many executions that are. */
  resume(): number {
    const { journal, machines, clock } = this.options;
    journal.deleteFramesEndedBefore(clock.now() - REDRIVABLE_MS);
    const executions = journal.runningExecutions().map((record) => {
      const execution = this.open(record, machines.revision(record.machineArn, record.revision));
      execution.restore(journal.frames(record.arn));
      return execution;
    });
    for (const execution of executions) this.run(execution);
    return executions.length;
  }

  /** Stops all work without ending anything. */
  close(): void {
    for (const execution of this.running.values()) execution.abort(new Closed());
    this.running.clear();
  }

  private open(record: ExecutionRecord, machine: Machine): Execution {
    const { journal, clock } = this.options;
    const execution = new Execution(record, machine, journal, () => clock.now());
    // Every wait of every thread listens to it: many listeners are no leak here.
    setMaxListeners(0, execution.signal);
    this.running.set(record.arn, execution);
    return execution;
  }

  private run(execution: Execution): void {
    void this.runToEnd(execution);
    void this.endAtDeadline(execution);
  }

  private async runToEnd(execution: Execution): Promise<void> {
    const frame = execution.frame('');
    if (!frame) throw new Error(`The journal has no thread of ${execution.record.arn}`);
    try {
      const main = new Thread(execution, execution.machine.definition, frame);
      const output = await runThread(main, this.runtime);
      await this.end(execution, { status: 'SUCCEEDED', event: 'ExecutionSucceeded', output });
    } catch (error) {
      if (execution.signal.aborted) return;
      const failure = error instanceof Failure ? error : new Failure('States.Runtime', String(error));
      await this.end(execution, { status: 'FAILED', event: 'ExecutionFailed', ...failure.details() });
    }
  }

  private async endAtDeadline(execution: Execution): Promise<void> {
    const { TimeoutSeconds } = execution.machine.definition;
    const longest =
      TimeoutSeconds === undefined
        ? LONGEST_EXECUTION_MS
        : Math.min(TimeoutSeconds * 1000, LONGEST_EXECUTION_MS);
    try {
      await this.options.clock.until(execution.record.runStartedAt + longest, execution.signal);
    } catch (error) {
      if (error instanceof Aborted) return;
      throw error;
    }
    await this.end(execution, { status: 'TIMED_OUT', event: 'ExecutionTimedOut', error: 'States.Timeout' });
  }

  /** The first end counts. */
  private async end(execution: Execution, ending: Ending): Promise<void> {
    const { record } = execution;
    if (record.status !== 'RUNNING' || execution.signal.aborted) return;
    const { journal, clock } = this.options;
    const { status, event, output, error, cause } = ending;
    record.status = status;
    record.stoppedAt = clock.now();
    record.output = output === undefined ? null : JSON.stringify(output);
    record.error = error ?? null;
    record.cause = cause ?? null;
    const last = execution.frame('')?.lastEvent ?? 0;
    execution.appendLast(last, event, `${event.charAt(0).toLowerCase()}${event.slice(1)}EventDetails`, {
      ...(cause !== undefined && { cause }),
      ...(error !== undefined && { error }),
      ...(record.output !== null && { output: record.output, outputDetails: { truncated: false } }),
    });
    if (status === 'SUCCEEDED') journal.deleteAllFrames(record.arn);
    execution.abort(new Aborted());
    await journal.durable();
    this.running.delete(record.arn);
    for (const wake of this.waiting.get(record.arn) ?? []) wake();
    this.waiting.delete(record.arn);
    this.options.onStatusChange({ ...record });
  }

  private whenFinished(arn: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (!this.running.has(arn)) {
        resolve();
        return;
      }
      const wakers = this.waiting.get(arn) ?? new Set<() => void>();
      this.waiting.set(arn, wakers);
      const abort = () => {
        wakers.delete(wake);
        reject(signal.reason as Error);
      };
      const wake = () => {
        signal.removeEventListener('abort', abort);
        resolve();
      };
      if (signal.aborted) {
        abort();
        return;
      }
      wakers.add(wake);
      signal.addEventListener('abort', abort, { once: true });
    });
  }
}
