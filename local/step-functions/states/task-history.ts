import { REGION } from '../../gateway/aws-service.ts';
import type { Json } from '../definition/json.ts';
import { TimeoutFailure, type Failure } from '../engine/failure.ts';
import type { TaskProgress } from '../engine/frame.ts';
import type { Thread } from '../engine/thread.ts';
import type { TaskResource } from '../tasks/task-resource.ts';

/** What the history says of a Task; a Lambda function named by its ARN has events of its own. */
export class TaskHistory {
  private readonly thread: Thread;
  private readonly resource: TaskResource;

  constructor(thread: Thread, resource: TaskResource) {
    this.thread = thread;
    this.resource = resource;
  }

  scheduled(task: TaskProgress): void {
    const times = {
      ...(task.heartbeatSeconds !== undefined && { heartbeatInSeconds: task.heartbeatSeconds }),
      ...(task.timeoutSeconds !== undefined && { timeoutInSeconds: task.timeoutSeconds }),
    };
    const argument = JSON.stringify(task.arguments);
    if (this.resource.kind === 'LAMBDA_FUNCTION') {
      const input = { input: argument, inputDetails: { truncated: false } };
      this.record('Scheduled', { ...input, resource: this.resource.functionArn, ...times });
      this.thread.record('LambdaFunctionStarted');
    } else {
      this.record('Scheduled', { parameters: argument, region: REGION, ...times });
      this.record('Started', {});
    }
  }

  submitted(answer: Json): void {
    this.record('Submitted', { output: JSON.stringify(answer), outputDetails: { truncated: false } });
  }

  succeeded(result: Json): void {
    this.record('Succeeded', { output: JSON.stringify(result), outputDetails: { truncated: false } });
  }

  failed(failure: Failure): void {
    this.record(failure instanceof TimeoutFailure ? 'TimedOut' : 'Failed', failure.details());
  }

  private record(event: string, details: Readonly<Record<string, unknown>>): void {
    if (this.resource.kind === 'LAMBDA_FUNCTION') {
      this.thread.record(`LambdaFunction${event}`, `lambdaFunction${event}EventDetails`, details);
      return;
    }
    const { resource, resourceType } = this.resource;
    this.thread.record(`Task${event}`, `task${event}EventDetails`, { ...details, resource, resourceType });
  }
}
