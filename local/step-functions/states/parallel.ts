import type { Json } from '../definition/json.ts';
import type { StateOf, SubMachine } from '../definition/machine-definition.ts';
import { Failure } from '../engine/failure.ts';
import { newFrame, type FanOutProgress } from '../engine/frame.ts';
import type { Leave, Step } from '../engine/step.ts';
import { fanOut } from './fan-out.ts';

export async function runParallel(step: Step<StateOf<'Parallel'>>): Promise<Leave> {
  const { thread, state, runtime } = step;
  const progress = step.visit.fanOut ?? (await begin(step));
  const branch = (index: number): SubMachine => {
    const machine = state.Branches[index];
    if (!machine) throw new Failure('States.Runtime', `There is no branch ${index}`);
    return machine;
  };
  let result: Json[];
  try {
    result = await fanOut(
      thread,
      {
        count: state.Branches.length,
        concurrency: state.Branches.length,
        machine: branch,
        start: (index) =>
          Promise.resolve(
            newFrame(
              thread.childPath(index),
              branch(index).StartAt,
              progress.items[index] ?? null,
              progress.startedEvent,
            ),
          ),
      },
      runtime,
    );
  } catch (error) {
    if (error instanceof Failure) thread.record('ParallelStateFailed');
    throw error;
  }
  thread.record('ParallelStateSucceeded');
  return step.leave(state, result, { result });
}

async function begin(step: Step<StateOf<'Parallel'>>): Promise<FanOutProgress> {
  const { thread, state, visit } = step;
  const input =
    state.Arguments === undefined ? step.input : (await step.evaluate(state.Arguments, 'Arguments')).value;
  const startedEvent = thread.record('ParallelStateStarted');
  visit.fanOut = { startedEvent, items: state.Branches.map(() => input), maxConcurrency: 0 };
  return visit.fanOut;
}
