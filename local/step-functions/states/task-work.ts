import type { Json } from '../definition/json.ts';
import { Failure } from '../engine/failure.ts';
import type { CallbackOutcome, TaskProgress } from '../engine/frame.ts';
import { awaitNested, startNested, type NestedExecution } from '../tasks/nested-execution.ts';
import { callService } from '../tasks/service-call.ts';
import type { TaskResource } from '../tasks/task-resource.ts';
import type { TaskStep } from './task.ts';
import type { TaskHistory } from './task-history.ts';

/** Does what the Task asks for, by the pattern of its resource. Throws AwsServiceError, Failure or Aborted. */
export async function work(
  step: TaskStep,
  resource: TaskResource,
  task: TaskProgress,
  history: TaskHistory,
  signal: AbortSignal,
): Promise<Json> {
  if (resource.kind === 'LAMBDA_FUNCTION' || resource.pattern === 'REQUEST_RESPONSE')
    return unlessAborted(call(step, resource, task), signal);

  const submit = async () => {
    if (task.submitted) return;
    const answer = await unlessAborted(call(step, resource, task), signal);
    history.submitted(answer);
    task.submitted = { answer };
  };
  if (resource.pattern === 'WAIT_FOR_TASK_TOKEN') {
    // The callback may come before the answer to the call.
    const outcome = step.runtime.callbacks.outcome(task.token ?? '', step.thread, task, signal);
    return resultOf(await Promise.race([outcome, task.outcome ? outcome : submit().then(() => outcome)]));
  }
  await submit();
  const parsed = resource.kind === 'START_EXECUTION' && resource.parsedOutput;
  return awaitNested(
    nestedOf(step, task),
    parsed,
    (arn, ended) => step.runtime.whenFinished(arn, ended),
    signal,
  );
}

function call(step: TaskStep, resource: TaskResource, task: TaskProgress): Promise<Json> {
  if (resource.kind === 'START_EXECUTION') return startNested(nestedOf(step, task));
  const { record, machine } = step.thread.execution;
  return callService(resource, task.arguments, {
    aws: step.runtime.aws,
    caller: { arn: machine.roleArn },
    executionArn: record.arn,
    stateMachineArn: record.machineArn,
    now: () => step.runtime.clock.now(),
  });
}

function nestedOf(step: TaskStep, task: TaskProgress): NestedExecution {
  return {
    aws: step.runtime.aws,
    caller: { arn: step.thread.execution.machine.roleArn },
    arguments: task.arguments,
    name: task.childName ?? '',
    scheduledAt: task.scheduledAt,
    now: () => step.runtime.clock.now(),
  };
}

function resultOf(outcome: CallbackOutcome): Json {
  if (outcome.kind === 'SUCCESS') return outcome.output;
  throw new Failure(outcome.error, outcome.cause);
}

/** An answer that comes after the Task's end is nobody's. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}
