import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AssemblyError } from './assembly-error.ts';
import { AssetManifest } from './asset-manifest.ts';
import { isDeploymentOnly } from './deployment-only.ts';
import { EMBEDDED_TYPES, NESTED_STACK, Stack } from './stack.ts';
import { unknownSections } from './template.ts';

/** One resource of the synthesized backend, with nothing left to resolve. */
export interface AssemblyResource {
  /** Name of the stack it belongs to. */
  readonly stack: string;
  readonly logicalId: string;
  /** CloudFormation type, such as `AWS::Lambda::Function`. */
  readonly type: string;
  /** Physical id, as `Ref` gives it. */
  readonly ref: string;
  readonly arn?: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** A synthesized backend: the root stack and everything nested in it. */
export interface Assembly {
  /** Absolute path of the cdk.out directory. */
  readonly directory: string;
  readonly stackName: string;
  /** Without those that only serve a deployment. */
  readonly resources: readonly AssemblyResource[];
  ofType(type: string): readonly AssemblyResource[];
  /** Local path of an asset named by S3 key, `s3://bucket/key` or URL; throws AssemblyError for an unknown one. */
  assetPath(reference: string): string;
  /** Outputs of the root stack. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Metadata of the root template. */
  readonly rootMetadata: Readonly<Record<string, unknown>>;
}

export interface AssemblyOptions {
  /** Where the GraphQL API answers, such as `http://localhost:4566/graphql`. */
  readonly graphqlUrl: string;
  /** Where it takes WebSockets; made from `graphqlUrl` if not given. */
  readonly realtimeUrl?: string;
}

/**
 * Reads a cdk.out directory. Throws one AssemblyError that lists everything in it which the embedded AWS does not know:
 * resource types, their properties, attributes and intrinsic functions.
 */
export function loadAssembly(cdkOut: string, options: AssemblyOptions): Assembly {
  const directory = resolve(cdkOut);
  const root = readRoot(directory, options);
  const problems: string[] = [];
  const resources = [...resourcesOf(root.stack, problems)];
  if (problems.length > 0)
    throw new AssemblyError(
      `The backend in ${directory} uses what the embedded AWS does not know:\n- ${problems.join('\n- ')}`,
    );

  const byType = Map.groupBy(resources, (resource) => resource.type);
  return {
    directory,
    stackName: root.stack.name,
    resources,
    ofType: (type) => byType.get(type) ?? [],
    assetPath: (reference) => root.assets.path(reference),
    outputs: root.stack.outputs(),
    rootMetadata: root.stack.template.Metadata ?? {},
  };
}

function readRoot(directory: string, options: AssemblyOptions): { stack: Stack; assets: AssetManifest } {
  const manifest = join(directory, 'manifest.json');
  if (!existsSync(manifest)) throw new AssemblyError(`${directory} holds no synthesized backend`);
  const { artifacts = {} } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    artifacts?: Record<string, { type: string; properties: { templateFile: string; stackName?: string } }>;
  };
  const stacks = Object.entries(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  const [entry, ...others] = stacks;
  if (!entry || others.length > 0)
    throw new AssemblyError(`${directory} holds ${stacks.length} root stacks; one is needed`);

  const [artifactId, { properties }] = entry;
  const assets = new AssetManifest(directory);
  const realtimeUrl = options.realtimeUrl ?? `${options.graphqlUrl.replace(/^http/, 'ws')}/realtime`;
  const settings = { directory, assets, graphqlUrl: options.graphqlUrl, realtimeUrl };
  return { assets, stack: new Stack(settings, properties.templateFile, properties.stackName ?? artifactId) };
}

function* resourcesOf(stack: Stack, problems: string[]): Generator<AssemblyResource> {
  problems.push(...unknownSections(stack.template).map((name) => `${stack.name}: the section ${name}`));
  for (const [logicalId, { Type: type, Condition: condition }] of Object.entries(
    stack.template.Resources ?? {},
  )) {
    if (isDeploymentOnly(logicalId)) continue;
    try {
      if (condition !== undefined && !stack.condition(condition)) continue;
      if (type === NESTED_STACK) yield* resourcesOf(stack.nested(logicalId), problems);
      else yield readResource(stack, logicalId);
    } catch (error) {
      if (!(error instanceof AssemblyError)) throw error;
      problems.push(`${stack.name}: ${logicalId} (${type}): ${error.message}`);
    }
  }
}

function readResource(stack: Stack, logicalId: string): AssemblyResource {
  const { Type: typeName, Properties: properties = {}, Metadata: metadata } = stack.resource(logicalId);
  const type = EMBEDDED_TYPES[typeName];
  if (!type) throw new AssemblyError(`the resource type ${typeName} is not known`);
  const unknown = Object.keys(properties).filter((property) => !type.properties.includes(property));
  if (unknown.length > 0) throw new AssemblyError(`the property ${unknown.join(', ')} is not known`);

  const arn = stack.arn(logicalId);
  return {
    stack: stack.name,
    logicalId,
    type: typeName,
    ref: stack.ref(logicalId) as string, // a type's `ref` gives a string
    ...(arn !== undefined && { arn }),
    properties: stack.evaluate(properties) as Record<string, unknown>, // an object evaluates to an object
    ...(metadata && { metadata }),
  };
}
