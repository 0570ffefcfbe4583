import { AwsServiceError, type AwsApi, type Caller } from '../../gateway/aws-service.ts';
import { executionArn } from '../arns.ts';
import { isObject, type Json, type JsonObject } from '../definition/json.ts';
import { Aborted, Closed } from '../engine/execution.ts';
import { Failure } from '../engine/failure.ts';
import { withMetadata } from './response-metadata.ts';
import { asText } from './service-call.ts';
import { fromStatesJson } from './states-json.ts';

export interface NestedExecution {
  readonly aws: AwsApi;
  readonly caller: Caller;
  readonly arguments: Json;
  /** Written down before the start, so that after a crash the same execution is meant. */
  readonly name: string;
  /** Epoch milliseconds. */
  readonly scheduledAt: number;
  /** Epoch milliseconds. */
  now(): number;
}

/** Starts the execution, or finds that it was started before a crash. Throws AwsServiceError. */
export async function startNested(nested: NestedExecution): Promise<JsonObject> {
  const { stateMachineArn, input } = startInput(nested);
  try {
    const started = await nested.aws.call(
      'states',
      'StartExecution',
      { stateMachineArn, name: nested.name, input },
      nested.caller,
    );
    return withMetadata(fromStatesJson(started as Json) as JsonObject, nested.now());
  } catch (error) {
    if (!(error instanceof AwsServiceError) || error.code !== 'ExecutionAlreadyExists') throw error;
    const known = await describe(nested, executionArn(stateMachineArn, nested.name)).catch(() => {
      throw error;
    });
    const startedAt = known['StartDate'];
    const isOurs =
      known['Input'] === input && typeof startedAt === 'number' && startedAt >= nested.scheduledAt;
    if (!isOurs) throw error;
    return withMetadata({ ExecutionArn: known['ExecutionArn'] ?? null, StartDate: startedAt }, nested.now());
  }
}

/**
 * Waits for the end of the execution and gives its description; with `parsed` its input and output are JSON values. Throws
 * the failure `States.TaskFailed` where it did not succeed. An execution whose Task is ended early is stopped.
 */
export async function awaitNested(
  nested: NestedExecution,
  parsed: boolean,
  whenFinished: (arn: string, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<Json> {
  const arn = executionArn(startInput(nested).stateMachineArn, nested.name);
  try {
    await whenFinished(arn, signal);
  } catch (error) {
    if (error instanceof Aborted && !(error instanceof Closed)) await stop(nested, arn);
    throw error;
  }
  const description = await describe(nested, arn);
  const output = outputOf(description, parsed);
  if (description['Status'] !== 'SUCCEEDED') throw new Failure('States.TaskFailed', JSON.stringify(output));
  return output;
}

function startInput(nested: NestedExecution): { stateMachineArn: string; input: string } {
  const given = isObject(nested.arguments) ? nested.arguments : {};
  return { stateMachineArn: asText(given['StateMachineArn']), input: asText(given['Input']) };
}

async function describe(nested: NestedExecution, arn: string): Promise<JsonObject> {
  const description = await nested.aws.call(
    'states',
    'DescribeExecution',
    { executionArn: arn },
    nested.caller,
  );
  return fromStatesJson(description as Json) as JsonObject;
}

/** What the Task shows of DescribeExecution. */
const SHOWN = [
  'Cause',
  'Error',
  'ExecutionArn',
  'Input',
  'InputDetails',
  'Name',
  'Output',
  'OutputDetails',
  'StartDate',
  'StateMachineArn',
  'Status',
  'StopDate',
];

function outputOf(description: JsonObject, parsed: boolean): JsonObject {
  const shown: JsonObject = {};
  for (const key of SHOWN) {
    const value = description[key];
    if (value === undefined) continue;
    const isText = (key === 'Input' || key === 'Output') && typeof value === 'string';
    shown[key] = parsed && isText ? (JSON.parse(value) as Json) : value;
  }
  return shown;
}

async function stop(nested: NestedExecution, arn: string): Promise<void> {
  try {
    await nested.aws.call(
      'states',
      'StopExecution',
      { executionArn: arn, cause: 'The Task that started this execution has ended' },
      nested.caller,
    );
  } catch {
    // Best effort, as on AWS: the role may not allow it, and the execution may just have ended by itself.
  }
}
