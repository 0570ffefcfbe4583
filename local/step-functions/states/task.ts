import { randomUUID } from 'node:crypto';
import { isObject, type Json } from '../definition/json.ts';
import type { StateOf } from '../definition/machine-definition.ts';
import { Aborted } from '../engine/execution.ts';
import { checkSize, LONGEST_SECONDS } from '../engine/limits.ts';
import type { TaskProgress } from '../engine/frame.ts';
import type { Leave, Step } from '../engine/step.ts';
import { expectInteger } from '../query/expect-type.ts';
import { serviceFailure } from '../tasks/service-failure.ts';
import { parseTaskResource, type TaskResource } from '../tasks/task-resource.ts';
import { TaskHistory } from './task-history.ts';
import { heartbeatLost, timeUp } from './task-timeouts.ts';
import { work } from './task-work.ts';

export type TaskStep = Step<StateOf<'Task'>>;

/**
 * A Task whose success is in the journal is not run again after a crash; one that was under way is called again with the
 * same arguments, the same token and the same name of a nested execution.
 */
export async function runTask(step: TaskStep): Promise<Leave> {
  const resource = parseTaskResource(step.state.Resource);
  const history = new TaskHistory(step.thread, resource);
  const task = step.visit.task ?? (await schedule(step, resource, history));
  const result = task.succeeded?.result ?? (await succeed(step, resource, task, history));
  return step.leave(step.state, result, { result });
}

async function schedule(step: TaskStep, resource: TaskResource, history: TaskHistory): Promise<TaskProgress> {
  const { state, runtime, visit, thread } = step;
  const waitsForToken = resource.kind !== 'LAMBDA_FUNCTION' && resource.pattern === 'WAIT_FOR_TASK_TOKEN';
  const token = waitsForToken ? runtime.callbacks.newToken() : undefined;
  const context = token === undefined ? {} : { Task: { Token: token } };
  const argument =
    state.Arguments === undefined
      ? step.input
      : (await step.evaluate(state.Arguments, 'Arguments', context)).value;
  checkSize(argument, `The Arguments of the state/task '${step.name}'`);
  const timeoutSeconds = await seconds(step, 'TimeoutSeconds');
  const heartbeatSeconds = await seconds(step, 'HeartbeatSeconds');
  const now = runtime.clock.now();

  const task: TaskProgress = {
    arguments: argument,
    scheduledAt: now,
    heartbeatAt: now,
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    ...(heartbeatSeconds !== undefined && { heartbeatSeconds }),
    ...(token !== undefined && { token }),
    ...(resource.kind === 'START_EXECUTION' && { childName: childName(argument) }),
  };
  history.scheduled(task);
  visit.task = task;
  if (token !== undefined) runtime.journal.saveToken(token, thread.execution.record.arn);
  return task;
}

async function seconds(
  step: TaskStep,
  field: 'TimeoutSeconds' | 'HeartbeatSeconds',
): Promise<number | undefined> {
  const source = step.state[field];
  return source === undefined
    ? undefined
    : expectInteger(await step.evaluate(source, field), 1, LONGEST_SECONDS);
}

function childName(argument: Json): string {
  const name = isObject(argument) ? argument['Name'] : undefined;
  return typeof name === 'string' ? name : randomUUID();
}

async function succeed(
  step: TaskStep,
  resource: TaskResource,
  task: TaskProgress,
  history: TaskHistory,
): Promise<Json> {
  try {
    const result = await perform(step, resource, task, history);
    checkSize(result, `The state/task '${step.name}'`);
    history.succeeded(result);
    task.succeeded = { result };
    return result;
  } catch (error) {
    step.signal.throwIfAborted();
    const failure = serviceFailure(error, resource);
    history.failed(failure);
    throw failure;
  }
}

/** What must be known after a crash is durable before anything outside is touched. */
async function perform(
  step: TaskStep,
  resource: TaskResource,
  task: TaskProgress,
  history: TaskHistory,
): Promise<Json> {
  await step.runtime.journal.durable();
  const ended = new AbortController();
  const signal = AbortSignal.any([step.signal, ended.signal]);
  const { clock } = step.runtime;
  try {
    return await Promise.race([
      work(step, resource, task, history, signal),
      timeUp(task, clock, signal),
      heartbeatLost(task, clock, signal),
    ]);
  } finally {
    ended.abort(new Aborted());
  }
}
