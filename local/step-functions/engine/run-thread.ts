import { setImmediate } from 'node:timers/promises';
import type { Json } from '../definition/json.ts';
import type { State } from '../definition/machine-definition.ts';
import { Failure } from './failure.ts';
import type { Visit } from './frame.ts';
import { runState } from './run-state.ts';
import type { Runtime } from './runtime.ts';
import type { Leave } from './step.ts';
import type { Thread } from './thread.ts';

/** After so many states the thread lets others have the event loop. */
const STATES_IN_A_ROW = 20;

/**
 * Runs a thread from where its frame stands to its end, and returns its output. Throws Failure, or Aborted where the
 * thread is ended from outside.
 */
export async function runThread(thread: Thread, runtime: Runtime): Promise<Json> {
  const { frame, machine } = thread;
  for (let count = 1; !frame.result; count++) {
    const state = machine.States[frame.state];
    if (!state) throw new Failure('States.Runtime', `The state '${frame.state}' does not exist`);
    const visit = frame.visit ?? enter(thread, state, runtime.clock.now());
    exit(thread, state, await runState(thread, state, visit, runtime));
    if (count % STATES_IN_A_ROW === 0) await setImmediate();
  }
  return frame.result.output;
}

function enter(thread: Thread, state: State, now: number): Visit {
  const { frame, execution } = thread;
  const enteredEvent = thread.record(`${state.Type}StateEntered`, 'stateEnteredEventDetails', {
    input: JSON.stringify(frame.input),
    inputDetails: { truncated: false },
    name: frame.state,
  });
  execution.countTransition();
  const visit: Visit = { enteredEvent, enteredAt: now, retryCount: 0, retriesUsed: {} };
  frame.visit = visit;
  return visit;
}

function exit(thread: Thread, state: State, { output, assigned, next }: Leave): void {
  const { frame, execution } = thread;
  thread.record(`${state.Type}StateExited`, 'stateExitedEventDetails', {
    ...(assigned && {
      assignedVariables: Object.fromEntries(
        Object.entries(assigned).map(([name, value]) => [name, JSON.stringify(value)]),
      ),
      assignedVariablesDetails: { truncated: false },
    }),
    name: frame.state,
    output: JSON.stringify(output),
    outputDetails: { truncated: false },
  });
  Object.assign(frame.variables, assigned);
  if (frame.visit?.fanOut) execution.deleteFramesBelow(frame.path);
  delete frame.visit;
  if (next === undefined) {
    frame.result = { output };
  } else {
    frame.state = next;
    frame.input = output;
  }
}
