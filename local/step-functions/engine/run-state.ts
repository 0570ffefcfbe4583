import type { State } from '../definition/machine-definition.ts';
import { runChoice } from '../states/choice.ts';
import { runFail } from '../states/fail.ts';
import { runMap } from '../states/map.ts';
import { runParallel } from '../states/parallel.ts';
import { runPass } from '../states/pass.ts';
import { runSucceed } from '../states/succeed.ts';
import { runTask } from '../states/task.ts';
import { runWait } from '../states/wait.ts';
import { EngineFailure, Failure, QueryFailure } from './failure.ts';
import type { Visit } from './frame.ts';
import { findCatcher, nextRetry } from './recovery.ts';
import type { Runtime } from './runtime.ts';
import { Step, type Leave } from './step.ts';
import type { Thread } from './thread.ts';

/** Runs one state, with its Retry and Catch, from where `visit` stands. Throws Failure or Aborted. */
export async function runState(thread: Thread, state: State, visit: Visit, runtime: Runtime): Promise<Leave> {
  for (;;) {
    try {
      if (visit.retryAt !== undefined) await awaitRetry(thread, visit, visit.retryAt, runtime);
      return await tryOnce(thread, state, visit, runtime);
    } catch (error) {
      thread.signal.throwIfAborted();
      const failure = locate(error, thread, visit);
      const delay = nextRetry(state, failure, visit, Math.random);
      if (delay !== undefined) {
        planRetry(thread, visit, runtime.clock.now() + delay);
        continue;
      }
      const catcher = findCatcher(state, failure);
      if (!catcher) throw failure;
      return await leaveByCatch(new Step(thread, state, visit, runtime), catcher, failure);
    }
  }
}

function tryOnce(thread: Thread, state: State, visit: Visit, runtime: Runtime): Promise<Leave> {
  switch (state.Type) {
    case 'Pass':
      return runPass(new Step(thread, state, visit, runtime));
    case 'Task':
      return runTask(new Step(thread, state, visit, runtime));
    case 'Choice':
      return runChoice(new Step(thread, state, visit, runtime));
    case 'Wait':
      return runWait(new Step(thread, state, visit, runtime));
    case 'Succeed':
      return runSucceed(new Step(thread, state, visit, runtime));
    case 'Fail':
      return runFail(new Step(thread, state, visit, runtime));
    case 'Parallel':
      return runParallel(new Step(thread, state, visit, runtime));
    case 'Map':
      return runMap(new Step(thread, state, visit, runtime));
  }
}

async function leaveByCatch(
  step: Step<State>,
  catcher: Parameters<Step<State>['leave']>[0],
  failure: Failure,
): Promise<Leave> {
  const errorOutput = failure.output();
  try {
    return await step.leave(catcher, errorOutput, { errorOutput });
  } catch (error) {
    step.signal.throwIfAborted();
    throw locate(error, step.thread, step.visit);
  }
}

async function awaitRetry(thread: Thread, visit: Visit, time: number, { clock }: Runtime): Promise<void> {
  await clock.until(time, thread.signal);
  delete visit.retryAt;
  visit.retryCount += 1;
  thread.execution.countTransition();
  thread.save();
}

/** A retry begins anew: with the arguments evaluated again, a new token, and all branches from their start. */
function planRetry(thread: Thread, visit: Visit, time: number): void {
  visit.retryAt = time;
  delete visit.task;
  delete visit.fanOut;
  delete visit.waitUntil;
  thread.execution.deleteFramesBelow(thread.frame.path);
  thread.save();
}

/** Says of a failure that arose in this state where that was, and writes down a failed evaluation. */
function locate(error: unknown, thread: Thread, visit: Visit): Failure {
  if (error instanceof QueryFailure)
    thread.record('EvaluationFailed', 'evaluationFailedEventDetails', {
      cause: error.reason,
      error: error.error,
      location: error.location,
      state: thread.frame.state,
    });
  if (error instanceof EngineFailure) return error.locatedIn(thread.frame.state, visit.enteredEvent);
  if (error instanceof Failure) return error;
  return new EngineFailure(
    'States.Runtime',
    error instanceof Error ? error.message : String(error),
  ).locatedIn(thread.frame.state, visit.enteredEvent);
}
