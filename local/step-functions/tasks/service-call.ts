import type { AwsApi, Caller } from '../../gateway/aws-service.ts';
import { isObject, type Json, type JsonObject } from '../definition/json.ts';
import { Failure } from '../engine/failure.ts';
import { invocationHeaders, withMetadata } from './response-metadata.ts';
import { fromStatesJson, toStatesJson } from './states-json.ts';
import { lambdaFailure } from './service-failure.ts';
import { OPTIMIZED_SERVICES, SDK_SERVICES } from './service-names.ts';
import type { TaskResource } from './task-resource.ts';

export interface CallContext {
  readonly aws: AwsApi;
  /** The role of the state machine. */
  readonly caller: Caller;
  readonly executionArn: string;
  readonly stateMachineArn: string;
  /** Epoch milliseconds. */
  now(): number;
}

type ServiceResource = Extract<TaskResource, { kind: 'LAMBDA_FUNCTION' | 'AWS_SDK' | 'OPTIMIZED' }>;

/** Calls the service and gives its answer the shape that the integration has on AWS. Throws AwsServiceError or Failure. */
export async function callService(
  resource: ServiceResource,
  argument: Json,
  context: CallContext,
): Promise<Json> {
  if (resource.kind === 'LAMBDA_FUNCTION')
    return (await invoke({ FunctionName: resource.functionArn, Payload: argument }, context)).Payload;
  const input = isObject(argument) ? argument : {};
  return resource.kind === 'AWS_SDK'
    ? callSdk(resource.service, resource.operation, input, context)
    : callOptimized(resource.service, resource.operation, input, context);
}

async function callSdk(
  service: string,
  operation: string,
  input: JsonObject,
  context: CallContext,
): Promise<Json> {
  const operationName = operation.charAt(0).toUpperCase() + operation.slice(1);
  const api = SDK_SERVICES.get(service)?.api ?? service;
  if (api === 'states') return fromStatesJson(await call(api, operationName, toStatesJson(input), context));
  if (api === 'lambda' && operationName === 'Invoke') return invokeBySdk(input, context);
  return call(api, operationName, input, context);
}

async function callOptimized(
  service: string,
  operation: string,
  input: JsonObject,
  context: CallContext,
): Promise<Json> {
  switch (`${service}:${operation}`) {
    case 'lambda:invoke': {
      const { StatusCode, Payload } = await invoke({ ...input, Payload: input['Payload'] ?? {} }, context);
      const answer = { ExecutedVersion: '$LATEST', Payload, StatusCode };
      return withMetadata(answer, context.now(), invocationHeaders(JSON.stringify(Payload)));
    }
    case 'events:putEvents':
      return putEvents(input, context);
    case 'sqs:sendMessage':
      return withMetadata(
        members(
          await call('sqs', 'SendMessage', { ...input, MessageBody: asText(input['MessageBody']) }, context),
        ),
        context.now(),
      );
    default: {
      const api = OPTIMIZED_SERVICES.get(service)?.api ?? service;
      const operationName = operation.charAt(0).toUpperCase() + operation.slice(1);
      return withMetadata(members(await call(api, operationName, input, context)), context.now());
    }
  }
}

/** Throws the function's own error as a Failure. */
async function invoke(
  input: JsonObject,
  context: CallContext,
): Promise<{ StatusCode: number; Payload: Json }> {
  const answer = members(await call('lambda', 'Invoke', input, context));
  const payload = answer['Payload'] ?? null;
  if (answer['FunctionError'] !== undefined) throw lambdaFailure(members(payload));
  const status = answer['StatusCode'];
  return { StatusCode: typeof status === 'number' ? status : 200, Payload: payload };
}

/** The plain API: the payload is text on both ways, and a function's error is part of the answer. */
async function invokeBySdk(input: JsonObject, context: CallContext): Promise<Json> {
  const payload = input['Payload'];
  const value = typeof payload === 'string' ? (JSON.parse(payload) as Json) : (payload ?? {});
  const answer = members(await call('lambda', 'Invoke', { ...input, Payload: value }, context));
  return { ...answer, Payload: JSON.stringify(answer['Payload'] ?? null) };
}

/**
 * `Detail` may be an object, each entry names the execution among its resources, and one refused entry fails the Task
 * (https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html).
 */
async function putEvents(input: JsonObject, context: CallContext): Promise<Json> {
  const entries = Array.isArray(input['Entries']) ? input['Entries'] : [];
  const sent = entries.map((entry) => {
    const { Detail, Resources, ...others } = members(entry);
    const own = Array.isArray(Resources) ? Resources : [];
    return {
      ...others,
      ...(Detail !== undefined && { Detail: asText(Detail) }),
      Resources: [...own, context.executionArn, context.stateMachineArn],
    };
  });
  const answer = members(await call('events', 'PutEvents', { ...input, Entries: sent }, context));
  const failed = answer['FailedEntryCount'];
  if (typeof failed === 'number' && failed > 0)
    throw new Failure('EventBridge.FailedEntry', JSON.stringify(answer));
  return withMetadata(answer, context.now());
}

async function call(api: string, operation: string, input: JsonObject, context: CallContext): Promise<Json> {
  // Every service answers what its JSON protocol carries, or nothing.
  return ((await context.aws.call(api, operation, input, context.caller)) ?? {}) as Json;
}

function members(value: Json): JsonObject {
  return isObject(value) ? value : {};
}

export function asText(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? {});
}
