import { SDK_SERVICES } from './service-names.ts';

/** How the engine goes on after the call of a Task. */
export type TaskPattern = 'REQUEST_RESPONSE' | 'WAIT_FOR_TASK_TOKEN' | 'SYNC';

interface Integration {
  readonly pattern: TaskPattern;
  /** As the history names it, such as `aws-sdk:dynamodb`. */
  readonly resourceType: string;
  /** As the history names it, such as `updateItem.waitForTaskToken`. */
  readonly resource: string;
}

/** What the `Resource` of a Task asks for. */
export type TaskResource =
  | { readonly kind: 'LAMBDA_FUNCTION'; readonly functionArn: string }
  | ({ readonly kind: 'AWS_SDK'; readonly service: string; readonly operation: string } & Integration)
  | ({ readonly kind: 'OPTIMIZED'; readonly service: string; readonly operation: string } & Integration)
  | ({ readonly kind: 'START_EXECUTION'; readonly parsedOutput: boolean } & Integration);

/** Optimized integrations known here, and the patterns that AWS gives them. */
const OPTIMIZED: Readonly<Record<string, readonly string[]>> = {
  'lambda:invoke': ['', '.waitForTaskToken'],
  'dynamodb:getItem': [''],
  'dynamodb:putItem': [''],
  'dynamodb:updateItem': [''],
  'dynamodb:deleteItem': [''],
  'events:putEvents': ['', '.waitForTaskToken'],
  'sqs:sendMessage': ['', '.waitForTaskToken'],
  'states:startExecution': ['', '.waitForTaskToken', '.sync', '.sync:2'],
};

const LAMBDA_FUNCTION = /^arn:aws:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/;
const INTEGRATION = /^arn:aws:states:::(?:(aws-sdk):)?([a-zA-Z0-9]+):([a-zA-Z0-9]+)(\.\w+(?::2)?)?$/;

/** Throws an Error that names the resource where the engine has no such integration. */
export function parseTaskResource(resource: string): TaskResource {
  if (LAMBDA_FUNCTION.test(resource)) return { kind: 'LAMBDA_FUNCTION', functionArn: resource };
  const [, sdk, service = '', operation = '', suffix = ''] = INTEGRATION.exec(resource) ?? [];
  const known = sdk
    ? SDK_SERVICES.has(service) && ['', '.waitForTaskToken'].includes(suffix)
    : OPTIMIZED[`${service}:${operation}`]?.includes(suffix);
  if (!known) throw new Error(`The resource '${resource}' is not known to the embedded Step Functions`);

  const integration: Integration = {
    pattern: patternOf(suffix),
    resourceType: sdk ? `aws-sdk:${service}` : service,
    resource: `${operation}${suffix}`,
  };
  if (sdk) return { kind: 'AWS_SDK', service, operation, ...integration };
  if (service === 'states')
    return { kind: 'START_EXECUTION', parsedOutput: suffix === '.sync:2', ...integration };
  return { kind: 'OPTIMIZED', service, operation, ...integration };
}

function patternOf(suffix: string): TaskPattern {
  if (suffix === '.waitForTaskToken') return 'WAIT_FOR_TASK_TOKEN';
  return suffix.startsWith('.sync') ? 'SYNC' : 'REQUEST_RESPONSE';
}
