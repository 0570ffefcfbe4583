import type { Json } from '../definition/json.ts';
import type { StateOf } from '../definition/machine-definition.ts';
import { Failure, QueryFailure } from '../engine/failure.ts';
import { newFrame, type FanOutProgress, type MapItem } from '../engine/frame.ts';
import type { Leave, Step } from '../engine/step.ts';
import type { Thread } from '../engine/thread.ts';
import { expectArray, expectInteger, expectNumber, typeName } from '../query/expect-type.ts';
import { fanOut } from './fan-out.ts';

/** An inline Map runs no more iterations at once, whatever `MaxConcurrency` says. */
const MOST_AT_ONCE = 40;

/** The inline Map: the first iteration that fails, fails it; tolerated failures are of the distributed Map only. */
export async function runMap(step: Step<StateOf<'Map'>>): Promise<Leave> {
  const { thread, state, runtime } = step;
  const progress = step.visit.fanOut ?? (await begin(step));
  const tell = (event: string) => (child: Thread, index: number) => {
    child.recordAnyway(`MapIteration${event}`, `mapIteration${event}EventDetails`, {
      index,
      name: step.name,
    });
  };
  let result: Json[];
  try {
    result = await fanOut(
      thread,
      {
        count: progress.items.length,
        concurrency:
          progress.maxConcurrency === 0 ? MOST_AT_ONCE : Math.min(progress.maxConcurrency, MOST_AT_ONCE),
        machine: () => state.ItemProcessor,
        start: (index) => startIteration(step, progress, index),
        succeeded: tell('Succeeded'),
        failed: tell('Failed'),
        aborted: tell('Aborted'),
      },
      runtime,
    );
  } catch (error) {
    if (error instanceof Failure) thread.record('MapStateFailed');
    throw error;
  }
  thread.record('MapStateSucceeded');
  return step.leave(state, result, { result });
}

async function begin(step: Step<StateOf<'Map'>>): Promise<FanOutProgress> {
  const { thread, state, visit } = step;
  const items = await itemsOf(step);
  const maxConcurrency =
    state.MaxConcurrency === undefined
      ? 0
      : expectInteger(
          await step.evaluate(state.MaxConcurrency, 'MaxConcurrency'),
          0,
          Number.MAX_SAFE_INTEGER,
        );
  await checkTolerance(step);
  const startedEvent = thread.record('MapStateStarted', 'mapStateStartedEventDetails', {
    length: items.length,
  });
  visit.fanOut = { startedEvent, items, maxConcurrency };
  return visit.fanOut;
}

async function itemsOf(step: Step<StateOf<'Map'>>): Promise<Json[]> {
  if (step.state.Items !== undefined) return expectArray(await step.evaluate(step.state.Items, 'Items'));
  if (Array.isArray(step.input)) return step.input;
  throw new QueryFailure('Items', `Map state input must be an array but was: ${typeName(step.input)}`);
}

async function checkTolerance(step: Step<StateOf<'Map'>>): Promise<void> {
  const { ToleratedFailureCount, ToleratedFailurePercentage } = step.state;
  if (ToleratedFailureCount !== undefined)
    expectInteger(
      await step.evaluate(ToleratedFailureCount, 'ToleratedFailureCount'),
      0,
      Number.MAX_SAFE_INTEGER,
    );
  if (ToleratedFailurePercentage !== undefined)
    expectNumber(await step.evaluate(ToleratedFailurePercentage, 'ToleratedFailurePercentage'), 0, 100);
}

async function startIteration(step: Step<StateOf<'Map'>>, progress: FanOutProgress, index: number) {
  const { thread, state } = step;
  const item: MapItem = { Index: index, Value: progress.items[index] ?? null };
  const frame = newFrame(
    thread.childPath(index),
    state.ItemProcessor.StartAt,
    item.Value,
    progress.startedEvent,
    item,
  );
  if (state.ItemSelector !== undefined) {
    const context = { Map: { Item: { Index: item.Index, Value: item.Value } } };
    frame.input = (await step.evaluate(state.ItemSelector, 'ItemSelector', context)).value;
  }
  thread.signal.throwIfAborted();
  frame.lastEvent = thread.execution.append(
    frame.lastEvent,
    'MapIterationStarted',
    'mapIterationStartedEventDetails',
    { index, name: step.name },
  );
  thread.execution.saveFrame(frame);
  return frame;
}
