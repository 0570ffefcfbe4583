import type { Json, JsonObject } from '../definition/json.ts';
import type { SubMachine } from '../definition/machine-definition.ts';
import { Aborted, type Execution } from './execution.ts';
import type { Frame } from './frame.ts';

/** A frame at work. */
export class Thread {
  readonly execution: Execution;
  readonly machine: SubMachine;
  readonly frame: Frame;
  readonly signal: AbortSignal;
  private readonly parent: Thread | undefined;
  private readonly controller = new AbortController();

  constructor(execution: Execution, machine: SubMachine, frame: Frame, parent?: Thread) {
    this.execution = execution;
    this.machine = machine;
    this.frame = frame;
    this.parent = parent;
    this.signal = AbortSignal.any([parent?.signal ?? execution.signal, this.controller.signal]);
  }

  /** Ends this thread and those below it. */
  abort(): void {
    this.controller.abort(new Aborted());
  }

  /** Variables of this scope and of those around it, as they stood when the state was entered. */
  variables(): JsonObject {
    return { ...this.parent?.variables(), ...this.frame.variables };
  }

  /** The context object (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html). */
  context(): JsonObject {
    const { visit, state } = this.frame;
    return {
      ...this.execution.context(),
      State: {
        Name: state,
        EnteredTime: new Date(visit?.enteredAt ?? 0).toISOString(),
        RetryCount: visit?.retryCount ?? 0,
      },
      ...this.itemContext(),
      ...(visit?.task?.token !== undefined && { Task: { Token: visit.task.token } }),
    };
  }

  /** A frame one level below, as left by a crash or a redrive. */
  childFrame(index: number): Frame | undefined {
    return this.execution.frame(this.childPath(index));
  }

  childPath(index: number): string {
    return `${this.frame.path}/${index}`;
  }

  /**
   * Adds an event to the history and to this thread. Throws Aborted once the thread is ended, and the failure
   * `States.Runtime` at the limit of the history.
   */
  record(type: string, member?: string, details?: Readonly<Record<string, unknown>>): number {
    this.signal.throwIfAborted();
    return this.recordAnyway(type, member, details);
  }

  /** The same for what is said of a thread after its end. */
  recordAnyway(type: string, member?: string, details?: Readonly<Record<string, unknown>>): number {
    this.frame.lastEvent = this.execution.append(this.frame.lastEvent, type, member, details);
    this.execution.saveFrame(this.frame);
    return this.frame.lastEvent;
  }

  /** Throws Aborted once the thread is ended. */
  save(): void {
    this.signal.throwIfAborted();
    this.execution.saveFrame(this.frame);
  }

  private itemContext(): { Map?: Json } {
    const { item } = this.frame;
    if (item) return { Map: { Item: { Index: item.Index, Value: item.Value } } };
    return this.parent?.itemContext() ?? {};
  }
}
