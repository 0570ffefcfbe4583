import { describe, expect, it } from 'vitest';
import type { Assembly, AssemblyResource } from '../assembly/assembly.ts';
import { createAuthorizer } from './authorizer.ts';
import { iamFromAssembly } from './from-assembly.ts';

const ACCOUNT = '000000000000';
const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/worker`;
const QUEUE_ARN = `arn:aws:sqs:us-east-1:${ACCOUNT}:dead-letters`;
const QUEUE_URL = `http://localhost:4566/${ACCOUNT}/dead-letters`;
const FUNCTION_ARN = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:fn`;
const BUS_ARN = `arn:aws:events:us-east-1:${ACCOUNT}:event-bus/bus`;

type Given = Pick<AssemblyResource, 'type' | 'properties'> & Partial<AssemblyResource>;

function assemblyOf(...given: Given[]): Assembly {
  const resources = given.map((resource, index) => ({
    stack: 'root',
    logicalId: `Resource${index}`,
    ref: `ref-${index}`,
    ...resource,
  }));
  return {
    directory: '/cdk.out',
    stackName: 'root',
    resources,
    ofType: (type) => resources.filter((resource) => resource.type === type),
    assetPath: (reference) => reference,
    outputs: {},
    rootMetadata: {},
  };
}

const document = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });
const allow = (Action: string, Resource = '*', more = {}) => ({ Effect: 'Allow', Action, Resource, ...more });
const trust = document({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { Service: 'lambda.amazonaws.com' },
});
const role = (properties = {}): Given => ({
  type: 'AWS::IAM::Role',
  ref: 'worker',
  arn: ROLE_ARN,
  properties: { AssumeRolePolicyDocument: trust, ...properties },
});
const queue: Given = { type: 'AWS::SQS::Queue', ref: QUEUE_URL, arn: QUEUE_ARN, properties: {} };

function allows(
  assembly: Assembly,
  caller: { arn: string; sourceArn?: string },
  action: string,
  resource: string,
) {
  try {
    createAuthorizer(iamFromAssembly(assembly)).authorize(caller, [{ action, resource }]);
    return true;
  } catch {
    return false;
  }
}

const asRole = (assembly: Assembly, action: string) =>
  allows(assembly, { arn: ROLE_ARN }, action, FUNCTION_ARN);

describe('iamFromAssembly', () => {
  it('gives a role its inline, attached and managed policies', () => {
    const assembly = assemblyOf(
      role({
        Policies: [{ PolicyName: 'inline', PolicyDocument: document(allow('dynamodb:*')) }],
        ManagedPolicyArns: [
          'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
          'arn:aws:iam::000000000000:policy/mine',
        ],
      }),
      {
        type: 'AWS::IAM::Policy',
        properties: {
          PolicyName: 'attached',
          Roles: ['worker'],
          PolicyDocument: document(allow('states:*')),
        },
      },
      {
        type: 'AWS::IAM::ManagedPolicy',
        ref: 'arn:aws:iam::000000000000:policy/mine',
        properties: { PolicyDocument: document(allow('events:PutEvents')) },
      },
      {
        type: 'AWS::IAM::ManagedPolicy',
        ref: 'arn:aws:iam::000000000000:policy/other',
        properties: { Roles: ['worker'], PolicyDocument: document(allow('sqs:SendMessage')) },
      },
    );
    for (const action of ['dynamodb:GetItem', 'states:StartExecution', 'events:PutEvents', 'sqs:SendMessage'])
      expect(asRole(assembly, action)).toBe(true);
    expect(asRole(assembly, 'lambda:InvokeFunction')).toBe(false);
  });

  it('reads who may take on a role', () => {
    expect(allows(assemblyOf(role()), { arn: 'lambda.amazonaws.com' }, 'sts:AssumeRole', ROLE_ARN)).toBe(
      true,
    );
    expect(allows(assemblyOf(role()), { arn: 'states.amazonaws.com' }, 'sts:AssumeRole', ROLE_ARN)).toBe(
      false,
    );
  });

  it('makes a function permission a policy of the function', () => {
    const sourceArn = 'arn:aws:events:us-east-1:000000000000:rule/bus/r';
    const permission = (FunctionName: string): Given => ({
      type: 'AWS::Lambda::Permission',
      properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName,
        Principal: 'events.amazonaws.com',
        SourceArn: sourceArn,
        SourceAccount: ACCOUNT,
      },
    });
    const events = { arn: 'events.amazonaws.com', sourceArn };
    for (const name of ['fn', FUNCTION_ARN])
      expect(allows(assemblyOf(permission(name)), events, 'lambda:InvokeFunction', FUNCTION_ARN)).toBe(true);
    const other = { ...events, sourceArn: `${sourceArn}2` };
    expect(allows(assemblyOf(permission('fn')), other, 'lambda:InvokeFunction', FUNCTION_ARN)).toBe(false);
  });

  it('hangs the policies of queues and buses on what they name', () => {
    const statement = allow('sqs:SendMessage', QUEUE_ARN, { Principal: { Service: 'events.amazonaws.com' } });
    const assembly = assemblyOf(
      queue,
      {
        type: 'AWS::SQS::QueuePolicy',
        properties: { Queues: [QUEUE_URL], PolicyDocument: document(statement) },
      },
      { type: 'AWS::Events::EventBus', ref: 'bus', arn: BUS_ARN, properties: {} },
      {
        type: 'AWS::Events::EventBusPolicy',
        properties: {
          EventBusName: 'bus',
          StatementId: 'partner',
          Statement: allow('events:PutEvents', BUS_ARN, { Principal: { AWS: ROLE_ARN } }),
        },
      },
      role(),
    );
    expect(allows(assembly, { arn: 'events.amazonaws.com' }, 'sqs:SendMessage', QUEUE_ARN)).toBe(true);
    expect(allows(assembly, { arn: ROLE_ARN }, 'events:PutEvents', BUS_ARN)).toBe(true);
    expect(allows(assembly, { arn: ROLE_ARN }, 'sqs:SendMessage', QUEUE_ARN)).toBe(false);
  });

  const inline = (statement: unknown) =>
    assemblyOf(role({ Policies: [{ PolicyName: 'inline', PolicyDocument: document(statement) }] }));

  it.each([
    [
      'a managed policy that it does not keep',
      assemblyOf(role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] })),
      'AdministratorAccess',
    ],
    [
      'a condition key that no call fills in',
      inline(allow('dynamodb:*', '*', { Condition: { StringEquals: { 'dynamodb:LeadingKeys': 'x' } } })),
      'dynamodb:LeadingKeys',
    ],
    [
      'a condition operator',
      inline(allow('dynamodb:*', '*', { Condition: { IpAddress: { 'aws:SourceArn': 'x' } } })),
      'IpAddress',
    ],
    ['a statement element', inline({ ...allow('dynamodb:*'), NotPrincipal: '*' }), 'NotPrincipal'],
    ['an effect', inline({ ...allow('dynamodb:*'), Effect: 'Maybe' }), 'Maybe'],
    [
      'a queue',
      assemblyOf({
        type: 'AWS::SQS::QueuePolicy',
        properties: { Queues: ['nowhere'], PolicyDocument: document(allow('sqs:*')) },
      }),
      'nowhere',
    ],
  ])('names %s that it does not know, and where it stands', (_, assembly, name) => {
    expect(() => iamFromAssembly(assembly)).toThrow(name);
    expect(() => iamFromAssembly(assembly)).toThrow('root/Resource0');
  });

  it('does not mind conditions on what is not embedded', () => {
    const kms = allow('kms:Decrypt', '*', { Condition: { StringEquals: { 'kms:ViaService': 'x' } } });
    expect(iamFromAssembly(inline(kms)).roles).toHaveLength(1);
  });

  it('of a bucket lets nobody in without TLS, which every call here has, and whom it names', () => {
    const bucketArn = 'arn:aws:s3:::evidence';
    const assembly = assemblyOf(role(), {
      type: 'AWS::S3::BucketPolicy',
      properties: {
        Bucket: 'evidence',
        PolicyDocument: document(
          {
            Effect: 'Deny',
            Action: 's3:*',
            Principal: { AWS: '*' },
            Resource: [bucketArn, `${bucketArn}/*`],
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Principal: { AWS: ROLE_ARN },
            Resource: `${bucketArn}/*`,
          },
          {
            Effect: 'Deny',
            Action: 's3:GetObject',
            Principal: { AWS: '*' },
            Resource: `${bucketArn}/secret/*`,
          },
        ),
      },
    });
    const may = (action: string, resource: string) => allows(assembly, { arn: ROLE_ARN }, action, resource);
    expect(may('s3:GetObject', `${bucketArn}/photo`)).toBe(true);
    expect(may('s3:GetObject', `${bucketArn}/secret/photo`)).toBe(false);
    expect(may('s3:PutObject', `${bucketArn}/photo`)).toBe(false);
    expect(may('s3:GetObject', `${bucketArn}-other/photo`)).toBe(false);
  });
});
