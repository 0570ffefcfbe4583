import { randomUUID } from 'node:crypto';
import { AwsServiceError } from '../../gateway/aws-service.ts';
import type { JsonObject } from '../definition/json.ts';
import { Failure } from '../engine/failure.ts';
import { OPTIMIZED_SERVICES, SDK_SERVICES, type ServiceNames } from './service-names.ts';
import type { TaskResource } from './task-resource.ts';

/** Error codes that the models of most services do not contain: their clients throw the service's general exception. */
const COMMON = new Set([
  'AccessDeniedException',
  'IncompleteSignature',
  'InternalFailure',
  'InvalidClientTokenId',
  'MissingAuthenticationToken',
  'RequestExpired',
  'SerializationException',
  'ServiceUnavailable',
  'ThrottlingException',
  'UnknownOperationException',
  'UnrecognizedClientException',
  'ValidationException',
]);

/** Common errors that these clients model as their own, as they name them. */
const MODELLED = new Set([
  'DynamoDb.ThrottlingException',
  'Sfn.ValidationException',
  'StepFunctions.ValidationException',
]);

/** What Step Functions makes of a call that a service refused or that did not reach it. */
export function serviceFailure(error: unknown, resource: TaskResource): Failure {
  if (error instanceof Failure) return error;
  const { names, sdk } = namesOf(resource);
  if (!(error instanceof AwsServiceError))
    return new Failure(
      `${names.errors}.SdkClientException`,
      error instanceof Error ? error.message : String(error),
    );
  const code = error.code.slice(error.code.lastIndexOf('#') + 1);
  return new Failure(`${names.errors}.${exceptionName(code, names)}`, causeOf(error, code, names, sdk));
}

/** A Lambda function that threw: the error is the thrown type, the cause the whole answer. */
export function lambdaFailure(payload: JsonObject): Failure {
  const type = payload['errorType'];
  return new Failure(typeof type === 'string' ? type : 'Lambda.Unknown', JSON.stringify(payload));
}

function exceptionName(code: string, { errors, unmodelled }: ServiceNames): string {
  if (COMMON.has(code) && !MODELLED.has(`${errors}.${code}`)) return unmodelled;
  return code.endsWith('Exception') ? code : `${code}Exception`;
}

function causeOf(error: AwsServiceError, code: string, names: ServiceNames, sdk: boolean): string {
  const request = randomUUID();
  return sdk
    ? `${error.message} (Service: ${names.client}, Status Code: ${error.statusCode}, Request ID: ${request})`
    : `${error.message} (Service: ${names.client}; Status Code: ${error.statusCode}; Error Code: ${code}; Request ID: ${request}; Proxy: null)`;
}

function namesOf(resource: TaskResource): { names: ServiceNames; sdk: boolean } {
  const sdk = resource.kind === 'AWS_SDK';
  const names = sdk
    ? SDK_SERVICES.get(resource.service)
    : OPTIMIZED_SERVICES.get(optimizedServiceOf(resource));
  if (!names) throw new Error(`No names are known for the service of ${JSON.stringify(resource)}`);
  return { names, sdk };
}

function optimizedServiceOf(resource: Exclude<TaskResource, { kind: 'AWS_SDK' }>): string {
  switch (resource.kind) {
    case 'LAMBDA_FUNCTION':
      return 'lambda';
    case 'START_EXECUTION':
      return 'states';
    case 'OPTIMIZED':
      return resource.service;
  }
}
