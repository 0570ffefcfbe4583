import { readFileSync } from 'node:fs';
import type { Assembly, AssemblyResource } from '../assembly/assembly.ts';
import {
  AppSyncConfigurationError,
  type AppSyncApi,
  type AuthMode,
  type DataSourceConfig,
  type FunctionConfig,
  type HandlerCode,
  type ResolverConfig,
} from './appsync-api.ts';

/**
 * Reads the GraphQL API of an assembly. Throws AppSyncConfigurationError where there is not exactly one, or where it
 * uses a data source, runtime, auth mode or resource that is not run here.
 */
export function appSyncApiFromAssembly(assembly: Assembly): AppSyncApi {
  refuseUnknownResources(assembly);
  const api = theOnly(assembly, 'AWS::AppSync::GraphQLApi');
  const schema = theOnly(assembly, 'AWS::AppSync::GraphQLSchema');
  const { properties } = api;
  const depth = properties['QueryDepthLimit'];
  return {
    apiId: apiIdOf(api),
    schema: requiredText(assembly, schema, 'Definition'),
    authModes: authModes(api),
    dataSources: assembly.ofType('AWS::AppSync::DataSource').map(dataSource),
    functions: assembly
      .ofType('AWS::AppSync::FunctionConfiguration')
      .map((resource) => functionOf(assembly, resource)),
    resolvers: assembly.ofType('AWS::AppSync::Resolver').map((resource) => resolverOf(assembly, resource)),
    introspection: properties['IntrospectionConfig'] !== 'DISABLED',
    ...(typeof depth === 'number' && depth > 0 ? { queryDepthLimit: depth } : {}),
    environment: (properties['EnvironmentVariables'] ?? {}) as Readonly<Record<string, string>>,
  };
}

const KNOWN_TYPES = [
  'GraphQLApi',
  'GraphQLSchema',
  'DataSource',
  'FunctionConfiguration',
  'Resolver',
  'ApiKey',
];

function refuseUnknownResources(assembly: Assembly): void {
  for (const { type, logicalId } of assembly.resources) {
    const [service, kind] = type.split('::').slice(1);
    if (service === 'AppSync' && !KNOWN_TYPES.includes(kind ?? ''))
      throw new AppSyncConfigurationError(`${logicalId}: ${type} is not run here`);
  }
}

function theOnly(assembly: Assembly, type: string): AssemblyResource {
  const [resource, ...others] = assembly.ofType(type);
  if (resource === undefined || others.length > 0)
    throw new AppSyncConfigurationError(
      `The assembly has ${others.length + (resource ? 1 : 0)} ${type}, not one`,
    );
  return resource;
}

/** `Ref` of an API is its ARN, which ends in the id. */
function apiIdOf(api: AssemblyResource): string {
  return api.ref.split('/').at(-1) ?? api.ref;
}

const AUTH_MODES: readonly string[] = ['AMAZON_COGNITO_USER_POOLS', 'AWS_IAM'] satisfies AuthMode[];

function authModes(api: AssemblyResource): readonly [AuthMode, ...AuthMode[]] {
  const additional = (api.properties['AdditionalAuthenticationProviders'] ?? []) as readonly Record<
    string,
    unknown
  >[];
  const mode = (value: unknown): AuthMode => {
    if (typeof value !== 'string' || !AUTH_MODES.includes(value))
      throw new AppSyncConfigurationError(`${api.logicalId}: auth mode ${String(value)} is not run here`);
    return value as AuthMode;
  };
  return [
    mode(api.properties['AuthenticationType']),
    ...additional.map((provider) => mode(provider['AuthenticationType'])),
  ];
}

function dataSource({ logicalId, properties }: AssemblyResource): DataSourceConfig {
  const name = requiredString(logicalId, properties, 'Name');
  const type = requiredString(logicalId, properties, 'Type');
  if (type === 'NONE') return { type, name };
  const serviceRoleArn = requiredString(logicalId, properties, 'ServiceRoleArn');
  if (type === 'AMAZON_DYNAMODB') {
    const config = (properties['DynamoDBConfig'] ?? {}) as Record<string, unknown>;
    return { type, name, serviceRoleArn, tableName: requiredString(logicalId, config, 'TableName') };
  }
  if (type === 'AWS_LAMBDA') {
    const config = (properties['LambdaConfig'] ?? {}) as Record<string, unknown>;
    return {
      type,
      name,
      serviceRoleArn,
      functionArn: requiredString(logicalId, config, 'LambdaFunctionArn'),
    };
  }
  throw new AppSyncConfigurationError(`${logicalId}: data source type ${type} is not run here`);
}

function functionOf(assembly: Assembly, resource: AssemblyResource): FunctionConfig {
  const { logicalId, properties } = resource;
  return {
    // `GetAtt FunctionId` of the assembly; resolvers name their functions by it.
    functionId: resource.ref.split('/').at(-1) ?? resource.ref,
    name: requiredString(logicalId, properties, 'Name'),
    dataSource: requiredString(logicalId, properties, 'DataSourceName'),
    handlers: handlersOf(assembly, resource),
    maxBatchSize: Number(properties['MaxBatchSize'] ?? 0),
  };
}

function resolverOf(assembly: Assembly, resource: AssemblyResource): ResolverConfig {
  const { logicalId, properties } = resource;
  const pipeline = (properties['PipelineConfig'] ?? {}) as { readonly Functions?: readonly string[] };
  return {
    typeName: requiredString(logicalId, properties, 'TypeName'),
    fieldName: requiredString(logicalId, properties, 'FieldName'),
    handlers: handlersOf(assembly, resource),
    steps:
      properties['Kind'] === 'PIPELINE'
        ? { kind: 'PIPELINE', functionIds: pipeline.Functions ?? [] }
        : {
            kind: 'UNIT',
            dataSource: requiredString(logicalId, properties, 'DataSourceName'),
            maxBatchSize: Number(properties['MaxBatchSize'] ?? 0),
          },
  };
}

function handlersOf(assembly: Assembly, resource: AssemblyResource): HandlerCode {
  const runtime = resource.properties['Runtime'] as { readonly Name?: string } | undefined;
  if (runtime === undefined) {
    const request = textOf(assembly, resource, 'RequestMappingTemplate');
    const response = textOf(assembly, resource, 'ResponseMappingTemplate');
    return {
      runtime: 'VTL',
      ...(request === undefined ? {} : { request }),
      ...(response === undefined ? {} : { response }),
    };
  }
  if (runtime.Name !== 'APPSYNC_JS')
    throw new AppSyncConfigurationError(
      `${resource.logicalId}: runtime ${String(runtime.Name)} is not run here`,
    );
  return { runtime: 'APPSYNC_JS', code: requiredText(assembly, resource, 'Code') };
}

/** A text that stands in the template or in an asset (`<property>S3Location`). */
function textOf(assembly: Assembly, { properties }: AssemblyResource, property: string): string | undefined {
  const location = properties[`${property}S3Location`];
  if (typeof location === 'string') return readFileSync(assembly.assetPath(location), 'utf8');
  const inline = properties[property];
  return typeof inline === 'string' ? inline : undefined;
}

function requiredText(assembly: Assembly, resource: AssemblyResource, property: string): string {
  const text = textOf(assembly, resource, property);
  if (text === undefined) throw new AppSyncConfigurationError(`${resource.logicalId} has no ${property}`);
  return text;
}

function requiredString(
  logicalId: string,
  properties: Readonly<Record<string, unknown>>,
  name: string,
): string {
  const value = properties[name];
  if (typeof value !== 'string') throw new AppSyncConfigurationError(`${logicalId} has no ${name}`);
  return value;
}
