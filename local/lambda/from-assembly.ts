import type { Assembly, AssemblyResource } from '../assembly/assembly.ts';
import {
  DEFAULT_ASYNCHRONOUS_POLICY,
  type AsynchronousPolicy,
  type FunctionDefinition,
  type FunctionLogging,
} from './function-definition.ts';

interface FunctionProperties {
  readonly Code: { readonly S3Key?: string };
  readonly Handler?: string;
  readonly Runtime?: string;
  readonly PackageType?: string;
  readonly Role: string;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
  readonly Timeout?: number;
  readonly MemorySize?: number;
  readonly ReservedConcurrentExecutions?: number;
  readonly LoggingConfig?: {
    readonly LogGroup?: string;
    readonly LogFormat?: string;
    readonly ApplicationLogLevel?: string;
  };
  readonly DeadLetterConfig?: { readonly TargetArn?: string };
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

interface EventInvokeConfig {
  readonly FunctionName: string;
  readonly MaximumRetryAttempts?: number;
  readonly MaximumEventAgeInSeconds?: number;
  readonly DestinationConfig?: Readonly<
    Partial<Record<'OnFailure' | 'OnSuccess', { readonly Destination: string }>>
  >;
}

/** The functions of a synthesized backend. Throws Error for what cannot run here, naming the function. */
export function functionsFromAssembly(assembly: Assembly): FunctionDefinition[] {
  return assembly.ofType('AWS::Lambda::Function').map((resource) => toDefinition(assembly, resource));
}

function toDefinition(assembly: Assembly, resource: AssemblyResource): FunctionDefinition {
  const properties = resource.properties as unknown as FunctionProperties; // the shape of AWS::Lambda::Function
  const { Runtime: runtime, Handler: handler, Code: code } = properties;
  const refuse = (what: string) => new Error(`Function ${resource.logicalId}: ${what}`);
  if (properties.PackageType === 'Image' || !runtime?.startsWith('nodejs') || handler === undefined)
    throw refuse(`runtime ${runtime ?? 'of a container image'} is not embedded, only Node.js is`);
  if (code.S3Key === undefined) throw refuse('inline code is not embedded: use an asset');
  const codeDirectory = assembly.assetPath(code.S3Key);
  if (codeDirectory.endsWith('.zip')) throw refuse('the code is an archive: use a directory as asset');

  return {
    name: resource.ref,
    arn: resource.arn ?? resource.ref,
    title: properties.Tags?.find(({ Key: key }) => key === 'amplify:friendly-name')?.Value ?? resource.ref,
    roleArn: properties.Role,
    codeDirectory,
    handler,
    runtime,
    environment: resolveParameters(assembly, properties.Environment?.Variables ?? {}, refuse),
    timeout: (properties.Timeout ?? 3) * 1000,
    memory: properties.MemorySize ?? 128,
    logging: loggingOf(resource, properties),
    ...(properties.ReservedConcurrentExecutions !== undefined && {
      reservedConcurrency: properties.ReservedConcurrentExecutions,
    }),
    asynchronous: asynchronousPolicy(assembly, resource, properties, refuse),
  };
}

function loggingOf(
  resource: AssemblyResource,
  { LoggingConfig: config = {} }: FunctionProperties,
): FunctionLogging {
  return {
    group: config.LogGroup ?? `/aws/lambda/${resource.ref}`,
    ...(config.LogFormat !== undefined && { format: config.LogFormat }),
    ...(config.ApplicationLogLevel !== undefined && { level: config.ApplicationLogLevel }),
  };
}

/**
 * Amplify's bundles fetch their secrets from SSM when they load, as `AMPLIFY_SSM_ENV_CONFIG` tells. Parameters that
 * the backend itself defines are put in place here, so that nothing needs fetching; a secret has no value here.
 */
function resolveParameters(
  assembly: Assembly,
  environment: Readonly<Record<string, string>>,
  refuse: (what: string) => Error,
): Record<string, string> {
  const { AMPLIFY_SSM_ENV_CONFIG: config, ...others } = environment;
  if (config === undefined) return others;
  const wanted = JSON.parse(config) as Record<string, { path: string; sharedPath?: string }>;
  const resolved: Record<string, string> = { ...others, AMPLIFY_SSM_ENV_CONFIG: '{}' };
  for (const [variable, { path, sharedPath }] of Object.entries(wanted)) {
    const parameter = assembly
      .ofType('AWS::SSM::Parameter')
      .find(({ ref }) => ref === path || ref === sharedPath);
    if (!parameter) throw refuse(`the secret ${path} (${variable}) has no value on this machine`);
    resolved[variable] = String(parameter.properties['Value']);
  }
  return resolved;
}

function asynchronousPolicy(
  assembly: Assembly,
  resource: AssemblyResource,
  properties: FunctionProperties,
  refuse: (what: string) => Error,
): AsynchronousPolicy {
  const config = assembly
    .ofType('AWS::Lambda::EventInvokeConfig')
    .map((candidate) => candidate.properties as unknown as EventInvokeConfig) // the shape of that type
    .find(({ FunctionName: name }) => name === resource.ref || name === resource.arn);
  const deadLetterArn = properties.DeadLetterConfig?.TargetArn;
  const onFailureArn = config?.DestinationConfig?.OnFailure?.Destination;
  const onSuccessArn = config?.DestinationConfig?.OnSuccess?.Destination;
  if (deadLetterArn !== undefined && !deadLetterArn.startsWith('arn:aws:sqs:'))
    throw refuse(`a dead-letter queue must be a queue, not ${deadLetterArn}`);
  for (const arn of [onFailureArn, onSuccessArn])
    if (arn !== undefined && !/^arn:aws:(sqs|lambda|events):/.test(arn))
      throw refuse(`the destination ${arn} is not embedded`);

  const maximumAge = config?.MaximumEventAgeInSeconds;
  return {
    maximumRetries: config?.MaximumRetryAttempts ?? DEFAULT_ASYNCHRONOUS_POLICY.maximumRetries,
    maximumAge: maximumAge === undefined ? DEFAULT_ASYNCHRONOUS_POLICY.maximumAge : maximumAge * 1000,
    ...(deadLetterArn !== undefined && { deadLetterArn }),
    ...(onFailureArn !== undefined && { onFailureArn }),
    ...(onSuccessArn !== undefined && { onSuccessArn }),
  };
}
