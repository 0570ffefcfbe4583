import type { Json, JsonObject } from '../definition/json.ts';
import type { Journal } from '../journal/journal.ts';
import type { ExecutionRecord } from '../journal/records.ts';
import { Failure } from './failure.ts';
import type { Frame } from './frame.ts';
import { MOST_HISTORY_EVENTS } from './limits.ts';
import type { Machine } from './machines.ts';

/** The reason of all signals of an execution, and of a part of it, that is no longer to run. */
export class Aborted extends Error {
  override readonly name: string = 'Aborted';
}

/** Nothing ended: the embedded Step Functions itself stops, and goes on from here when it starts again. */
export class Closed extends Aborted {
  override readonly name = 'Closed';
}

/** An execution at work: its record, its frames, and the end that all its threads listen for. */
export class Execution {
  readonly record: ExecutionRecord;
  readonly machine: Machine;
  private readonly journal: Journal;
  private readonly now: () => number;
  private readonly input: Json;
  private readonly frames = new Map<string, Frame>();
  private readonly controller = new AbortController();

  constructor(record: ExecutionRecord, machine: Machine, journal: Journal, now: () => number) {
    this.record = record;
    this.machine = machine;
    this.journal = journal;
    this.now = now;
    this.input = JSON.parse(record.input) as Json;
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Ends every thread; nothing is recorded of it. */
  abort(reason: Aborted): void {
    this.controller.abort(reason);
  }

  frame(path: string): Frame | undefined {
    return this.frames.get(path);
  }

  /** Takes frames as the journal has them. */
  restore(frames: readonly Frame[]): void {
    for (const frame of frames) this.frames.set(frame.path, frame);
  }

  saveFrame(frame: Frame): void {
    this.frames.set(frame.path, frame);
    this.journal.saveFrame(this.record.arn, frame);
  }

  /** Forgets the threads below a Parallel or Map. */
  deleteFramesBelow(path: string): void {
    for (const known of [...this.frames.keys()]) if (known.startsWith(`${path}/`)) this.frames.delete(known);
    this.journal.deleteFramesBelow(this.record.arn, path);
  }

  save(): void {
    this.journal.saveExecution(this.record);
  }

  countTransition(): void {
    this.record.transitions += 1;
    this.save();
  }

  /** Part of the context object. */
  context(): JsonObject {
    const { arn, name, startedAt, redriveCount, redrivenAt, machineArn } = this.record;
    return {
      Execution: {
        Id: arn,
        Input: this.input,
        Name: name,
        RoleArn: this.machine.roleArn,
        StartTime: new Date(startedAt).toISOString(),
        RedriveCount: redriveCount,
        ...(redrivenAt !== null && { RedriveTime: new Date(redrivenAt).toISOString() }),
      },
      StateMachine: { Id: machineArn, Name: this.machine.name },
    };
  }

  /** Adds an event and returns its id. Throws the failure `States.Runtime` where only the last event may still follow. */
  append(
    previous: number,
    type: string,
    member?: string,
    details?: Readonly<Record<string, unknown>>,
  ): number {
    if (this.record.lastEvent + 2 > MOST_HISTORY_EVENTS)
      throw new Failure(
        'States.Runtime',
        `The execution reached the maximum number of history events (${MOST_HISTORY_EVENTS}).`,
      );
    return this.appendLast(previous, type, member, details);
  }

  /** The same for the event that ends the execution, for which there is always room. */
  appendLast(
    previous: number,
    type: string,
    member?: string,
    details?: Readonly<Record<string, unknown>>,
  ): number {
    const id = ++this.record.lastEvent;
    this.journal.appendEvent(this.record.arn, {
      id,
      previousEventId: previous,
      timestamp: this.now(),
      type,
      ...(member !== undefined && { member, details: details ?? {} }),
    });
    this.save();
    return id;
  }
}
