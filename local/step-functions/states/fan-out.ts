import type { Json } from '../definition/json.ts';
import type { SubMachine } from '../definition/machine-definition.ts';
import type { Frame } from '../engine/frame.ts';
import { runThread } from '../engine/run-thread.ts';
import type { Runtime } from '../engine/runtime.ts';
import { Thread } from '../engine/thread.ts';

/** How the children of a Parallel or Map are made, and what is said of their ends. */
export interface Children {
  readonly count: number;
  /** How many may run at once. */
  readonly concurrency: number;
  machine(index: number): SubMachine;
  /** The child's first frame; not called for a child that a crash or a redrive left. */
  start(index: number): Promise<Frame>;
  succeeded?(child: Thread, index: number): void;
  failed?(child: Thread, index: number): void;
  aborted?(child: Thread, index: number): void;
}

/** States whose abortion the history tells. */
const ABORTABLE = new Set(['Task', 'Wait', 'Parallel', 'Map']);

/**
 * Runs the children, and returns their outputs in order. The first failure aborts the others and is thrown once all have
 * ended. The parent then stands after the last event of its children.
 */
export async function fanOut(parent: Thread, children: Children, runtime: Runtime): Promise<Json[]> {
  const outputs: Json[] = [];
  const threads = new Map<number, Thread>();
  const failures: unknown[] = [];

  const fail = (error: unknown, child?: Thread) => {
    failures.push(error);
    for (const sibling of threads.values()) if (sibling !== child) sibling.abort();
  };

  const runChild = async (index: number): Promise<void> => {
    const frame = parent.childFrame(index) ?? (await children.start(index));
    const endedBefore = frame.result !== undefined;
    const child = new Thread(parent.execution, children.machine(index), frame, parent);
    threads.set(index, child);
    if (failures.length > 0) child.abort();
    try {
      outputs[index] = await runThread(child, runtime);
      if (!endedBefore) children.succeeded?.(child, index);
    } catch (error) {
      if (child.signal.aborted) return;
      threads.delete(index);
      parent.frame.lastEvent = Math.max(parent.frame.lastEvent, frame.lastEvent);
      children.failed?.(child, index);
      fail(error, child);
    }
  };

  let next = 0;
  const work = async (): Promise<void> => {
    while (next < children.count && failures.length === 0)
      await runChild(next++).catch((error: unknown) => {
        fail(error);
      });
  };
  await Promise.all(Array.from({ length: Math.min(children.count, children.concurrency) }, work));

  parent.signal.throwIfAborted();
  if (failures.length > 0) tellAborted(threads, children);
  const lastEvents = [...threads.values()].map((child) => child.frame.lastEvent);
  parent.frame.lastEvent = Math.max(parent.frame.lastEvent, ...lastEvents);
  if (failures.length > 0) throw failures[0];
  return outputs;
}

function tellAborted(threads: ReadonlyMap<number, Thread>, children: Children): void {
  for (const [index, child] of threads) {
    if (child.frame.result) continue;
    const state = child.machine.States[child.frame.state];
    if (child.frame.visit && state && ABORTABLE.has(state.Type))
      child.recordAnyway(`${state.Type}StateAborted`);
    children.aborted?.(child, index);
  }
}
