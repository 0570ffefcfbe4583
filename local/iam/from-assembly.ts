import type { Assembly, AssemblyResource } from '../assembly/assembly.ts';
import { AssemblyError } from '../assembly/assembly-error.ts';
import { ACCOUNT_ID, REGION } from '../gateway/aws-service.ts';
import { awsManagedPolicy } from './aws-managed-policies.ts';
import { unknownOperator } from './conditions.ts';
import { concernsEmbedded, isKnownKey } from './embedded-scope.ts';
import type { IamConfig, Policy, ResourcePolicy, Role } from './iam-config.ts';
import { parsePolicy, PolicyError, type Statement } from './policy-document.ts';

/**
 * Roles, policies and resource policies of a synthesized backend. Throws AssemblyError, naming the resource, for a
 * policy that is not understood and for a managed policy that is not kept here.
 */
export function iamFromAssembly(assembly: Assembly): IamConfig {
  return {
    roles: rolesOf(assembly),
    resourcePolicies: [
      ...assembly.ofType('AWS::IAM::Role').map(trustPolicy),
      ...assembly.ofType('AWS::Lambda::Permission').map(functionPolicy),
      ...assembly.ofType('AWS::SQS::QueuePolicy').flatMap((policy) => queuePolicies(assembly, policy)),
      ...assembly.ofType('AWS::SNS::TopicPolicy').flatMap(topicPolicies),
      ...assembly.ofType('AWS::Events::EventBusPolicy').map((policy) => busPolicy(assembly, policy)),
      ...assembly.ofType('AWS::S3::BucketPolicy').map(bucketPolicy),
    ],
  };
}

/** CloudFormation's shapes, as far as they are read here. */
interface RoleProperties {
  readonly AssumeRolePolicyDocument: unknown;
  readonly ManagedPolicyArns?: readonly string[];
  readonly PermissionsBoundary?: string;
  readonly Policies?: readonly { readonly PolicyName: string; readonly PolicyDocument: unknown }[];
}

interface PolicyProperties {
  readonly PolicyName?: string;
  readonly PolicyDocument: unknown;
  /** Names, not ARNs. */
  readonly Roles?: readonly string[];
}

interface FunctionPermission {
  readonly Action: string;
  readonly FunctionName: string;
  readonly Principal: string;
  readonly SourceArn?: string;
  readonly SourceAccount?: string;
}

// The casts from `properties` below: the template was synthesized by the CDK, which holds to CloudFormation's shapes.

function rolesOf(assembly: Assembly): Role[] {
  const managed = new Map(
    assembly
      .ofType('AWS::IAM::ManagedPolicy')
      .map((resource) => [resource.ref, statementsOf(resource, resource.properties['PolicyDocument'])]),
  );
  const attached = new Map<string, Policy[]>();
  for (const type of ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'])
    for (const resource of assembly.ofType(type)) {
      const { PolicyName, PolicyDocument, Roles } = resource.properties as unknown as PolicyProperties;
      const policy = { name: PolicyName ?? resource.ref, statements: statementsOf(resource, PolicyDocument) };
      for (const role of Roles ?? []) attached.set(role, [...(attached.get(role) ?? []), policy]);
    }
  const byArn = (resource: AssemblyResource, arn: string): Policy => {
    const ofAws = awsManagedPolicy(arn);
    const statements = managed.get(arn) ?? (ofAws !== undefined && statementsOf(resource, ofAws));
    if (!statements) throw problem(resource, `the managed policy ${arn} is not kept in local/iam`);
    return { name: arn.split('/').at(-1) ?? arn, statements };
  };
  return assembly.ofType('AWS::IAM::Role').map((resource) => {
    const properties = resource.properties as unknown as RoleProperties;
    const inline = (properties.Policies ?? []).map(({ PolicyName, PolicyDocument }) => ({
      name: PolicyName,
      statements: statementsOf(resource, PolicyDocument),
    }));
    return {
      arn: arnOf(resource),
      name: resource.ref,
      policies: [
        ...inline,
        ...(attached.get(resource.ref) ?? []),
        ...(properties.ManagedPolicyArns ?? []).map((arn) => byArn(resource, arn)),
      ],
      ...(properties.PermissionsBoundary !== undefined && {
        boundary: byArn(resource, properties.PermissionsBoundary),
      }),
    };
  });
}

function trustPolicy(resource: AssemblyResource): ResourcePolicy {
  const { AssumeRolePolicyDocument } = resource.properties as unknown as RoleProperties;
  return {
    name: 'trust policy',
    resource: arnOf(resource),
    statements: statementsOf(resource, AssumeRolePolicyDocument),
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html */
function functionPolicy(resource: AssemblyResource): ResourcePolicy {
  const permission = resource.properties as unknown as FunctionPermission;
  const { Action, FunctionName, Principal, SourceArn, SourceAccount } = permission;
  const functionArn = FunctionName.startsWith('arn:')
    ? FunctionName
    : `arn:aws:lambda:${REGION}:${ACCOUNT_ID}:function:${FunctionName}`;
  const statement = {
    Sid: resource.logicalId,
    Effect: 'Allow',
    Principal: Principal.endsWith('.amazonaws.com') ? { Service: Principal } : { AWS: Principal },
    Action,
    Resource: functionArn,
    Condition: {
      ...(SourceArn !== undefined && { ArnLike: { 'aws:SourceArn': SourceArn } }),
      ...(SourceAccount !== undefined && { StringEquals: { 'aws:SourceAccount': SourceAccount } }),
    },
  };
  return {
    name: resource.logicalId,
    resource: functionArn,
    statements: statementsOf(resource, { Version: '2012-10-17', Statement: statement }),
  };
}

function queuePolicies(assembly: Assembly, resource: AssemblyResource): ResourcePolicy[] {
  const statements = statementsOf(resource, resource.properties['PolicyDocument']);
  const urls = resource.properties['Queues'] as readonly string[];
  return urls.map((url) => {
    const queue = assembly.ofType('AWS::SQS::Queue').find(({ ref }) => ref === url);
    if (!queue) throw problem(resource, `there is no queue ${url}`);
    return { name: resource.logicalId, resource: arnOf(queue), statements };
  });
}

function topicPolicies(resource: AssemblyResource): ResourcePolicy[] {
  const statements = statementsOf(resource, resource.properties['PolicyDocument']);
  const topics = resource.properties['Topics'] as readonly string[];
  return topics.map((topic) => ({ name: resource.logicalId, resource: topic, statements }));
}

/** The CDK's own say two things: nobody without TLS (which every call counts as having), and who empties the bucket. */
function bucketPolicy(resource: AssemblyResource): ResourcePolicy {
  return {
    name: resource.logicalId,
    resource: `arn:aws:s3:::${String(resource.properties['Bucket'])}`,
    statements: statementsOf(resource, resource.properties['PolicyDocument']),
  };
}

function busPolicy(assembly: Assembly, resource: AssemblyResource): ResourcePolicy {
  const name = resource.properties['EventBusName'];
  const bus = assembly.ofType('AWS::Events::EventBus').find(({ ref }) => ref === name);
  if (!bus) throw problem(resource, `there is no event bus ${String(name)}`);
  const statement = resource.properties['Statement'];
  return {
    name: resource.logicalId,
    resource: arnOf(bus),
    statements: statementsOf(resource, { Version: '2012-10-17', Statement: statement }),
  };
}

function statementsOf(resource: AssemblyResource, document: unknown): Statement[] {
  try {
    const statements = parsePolicy(document);
    for (const { conditions } of statements.filter(concernsEmbedded))
      for (const condition of conditions) {
        const operator = unknownOperator(condition);
        if (operator !== undefined) throw new PolicyError(`Condition operator ${operator} is not known`);
        if (!isKnownKey(condition.key)) throw new PolicyError(`Condition key ${condition.key} is not known`);
      }
    return statements;
  } catch (error) {
    if (error instanceof PolicyError) throw problem(resource, error.message);
    throw error;
  }
}

function arnOf(resource: AssemblyResource): string {
  if (resource.arn === undefined) throw problem(resource, 'it has no ARN');
  return resource.arn;
}

const problem = (resource: AssemblyResource, what: string) =>
  new AssemblyError(`${resource.stack}/${resource.logicalId} (${resource.type}): ${what}`);
