import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  App,
  CfnCondition,
  CfnOutput,
  CfnResource,
  Fn,
  NestedStack,
  RemovalPolicy,
  Stack,
} from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { afterEach, describe, expect, it } from 'vitest';
import { amplifyStackOutputs } from './amplify-stack-outputs.ts';
import { loadAssembly, type Assembly, type AssemblyResource } from './assembly.ts';

const graphqlUrl = 'http://localhost:4566/graphql';
const directories: string[] = [];

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'assembly-'));
  directories.push(directory);
  return directory;
}

/** Synthesizes what `build` adds to a stack, and reads it back. */
function synthesize(build: (stack: Stack) => void, edit?: (template: string) => string): Assembly {
  const outdir = temporaryDirectory();
  const app = new App({ outdir, analyticsReporting: false });
  build(new Stack(app, 'root'));
  const synthesized = app.synth();
  if (edit) {
    const path = join(outdir, 'root.template.json');
    writeFileSync(path, edit(readFileSync(path, 'utf8')));
  }
  return loadAssembly(synthesized.directory, { graphqlUrl });
}

function only(assembly: Assembly, type: string): AssemblyResource {
  const [resource, ...others] = assembly.ofType(type);
  if (!resource || others.length > 0) throw new Error(`${others.length + 1} resources of type ${type}`);
  return resource;
}

const lambda = (stack: Stack, id: string, environment: Record<string, string> = {}) =>
  new LambdaFunction(stack, id, {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => 1'),
    environment,
  });

afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

describe('an assembly', () => {
  it('resolves what crosses nested stacks, in both directions at once', () => {
    const assembly = synthesize((root) => {
      const data = new NestedStack(root, 'data');
      const work = new NestedStack(root, 'work');
      const table = new Table(data, 'Wait', {
        partitionKey: { name: 'id', type: AttributeType.STRING },
        billingMode: BillingMode.PAY_PER_REQUEST,
      });
      const worker = lambda(work, 'Worker', { TABLE: table.tableName });
      lambda(data, 'Api', { WORKER: worker.functionArn });
    });

    const [api, worker] = ['Api', 'Worker'].map((name) =>
      assembly.ofType('AWS::Lambda::Function').find(({ logicalId }) => logicalId.startsWith(name)),
    );
    const table = only(assembly, 'AWS::DynamoDB::Table');
    expect(worker?.properties['Environment']).toEqual({ Variables: { TABLE: table.ref } });
    expect(api?.properties['Environment']).toEqual({ Variables: { WORKER: worker?.arn } });
    expect(table.arn).toBe(`arn:aws:dynamodb:us-east-1:000000000000:table/${table.ref}`);
  });

  it('gives a resource the same id on every synth, so that stored data still belongs to it', () => {
    const build = (stack: Stack) => new Queue(stack, 'Dlq');
    const [first, second] = [synthesize(build), synthesize(build)].map((it) => only(it, 'AWS::SQS::Queue'));
    expect(first?.ref).toMatch(/^https:\/\/sqs\.us-east-1\.amazonaws\.com\/000000000000\/Dlq-[0-9A-Z]{12}$/);
    expect(second?.ref).toBe(first?.ref);
  });

  it('honours the name of a state machine, and of a rule its bus', () => {
    const assembly = synthesize((stack) => {
      const bus = new EventBus(stack, 'Bus', { eventBusName: 'a-bus' });
      const machine = new StateMachine(stack, 'Machine', {
        stateMachineName: 'a-machine',
        definitionBody: DefinitionBody.fromString('{}'),
      });
      new Rule(stack, 'Rule', {
        ruleName: 'a-rule',
        eventBus: bus,
        eventPattern: { source: ['x'] },
        targets: [new SfnStateMachine(machine)],
      });
    });

    const rule = only(assembly, 'AWS::Events::Rule');
    const machineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:a-machine';
    expect(only(assembly, 'AWS::StepFunctions::StateMachine').ref).toBe(machineArn);
    expect(rule).toMatchObject({ ref: 'a-bus|a-rule', properties: { EventBusName: 'a-bus' } });
    expect(rule.arn).toBe('arn:aws:events:us-east-1:000000000000:rule/a-bus/a-rule');
    expect(rule.properties['Targets']).toMatchObject([{ Arn: machineArn }]);
  });

  it('finds the asset that a function names by S3 key', () => {
    const code = temporaryDirectory();
    writeFileSync(join(code, 'index.js'), 'exports.handler = async () => 42');
    const assembly = synthesize(
      (stack) =>
        new LambdaFunction(stack, 'F', {
          runtime: Runtime.NODEJS_22_X,
          handler: 'index.handler',
          code: Code.fromAsset(code),
        }),
    );

    const { S3Key: key } = only(assembly, 'AWS::Lambda::Function').properties['Code'] as { S3Key: string };
    expect(readFileSync(join(assembly.assetPath(key), 'index.js'), 'utf8')).toContain('42');
    expect(assembly.assetPath(`s3://bucket/${key}`)).toBe(assembly.assetPath(key));
    expect(() => assembly.assetPath('s3://bucket/other')).toThrow('holds no asset s3://bucket/other');
  });

  it('leaves out a resource whose condition does not hold', () => {
    const assembly = synthesize((stack) => {
      const never = new CfnCondition(stack, 'Never', { expression: Fn.conditionEquals('a', 'b') });
      const queue = new CfnResource(stack, 'Conditional', { type: 'AWS::SQS::Queue' });
      queue.cfnOptions.condition = never;
      new Queue(stack, 'Always');
    });
    expect(only(assembly, 'AWS::SQS::Queue').logicalId).toMatch(/^Always/);
  });

  it('names everything it does not know in one error', () => {
    const build = (stack: Stack) => {
      new CfnResource(stack, 'Cluster', { type: 'AWS::ECS::Cluster' });
      new CfnResource(stack, 'Fifo', { type: 'AWS::SQS::Queue', properties: { FifoQueue: true } });
      new CfnResource(stack, 'Zones', {
        type: 'AWS::SQS::Queue',
        properties: { QueueName: { 'Fn::GetAZs': '' } },
      });
      new CfnResource(stack, 'Other', {
        type: 'AWS::SQS::Queue',
        properties: { QueueName: Fn.getAtt('Zones', 'Age') },
      });
    };
    expect(() => synthesize(build)).toThrow(
      /AWS::ECS::Cluster is not known[^]*FifoQueue is not known[^]*Fn::GetAZs is not known[^]*attribute Age of AWS::SQS::Queue is not known/,
    );
  });

  it('refuses a value that depends on itself, naming it', () => {
    const build = (stack: Stack) => {
      new CfnResource(stack, 'Snake', { type: 'AWS::SQS::Queue', properties: { QueueName: 'x' } });
    };
    const bite = (template: string) => template.replace('"x"', '{"Fn::GetAtt":["Snake","QueueName"]}');
    expect(() => synthesize(build, bite)).toThrow('the property Snake.QueueName depends on itself');
  });

  it('refuses a macro, which only a deployment could run', () => {
    const transform = (template: string) =>
      template.replace('{', '{"Transform":"AWS::Serverless-2016-10-31",');
    expect(() => synthesize(() => undefined, transform)).toThrow('the section Transform');
  });

  it('leaves out what Amplify and the CDK need to deploy, but still knows its names', () => {
    const assembly = synthesize((stack) => {
      const bucket = new CfnResource(stack, 'modelIntrospectionSchemaBucketF566B665', {
        type: 'AWS::S3::Bucket',
        properties: { CorsConfiguration: { CorsRules: [] } },
      });
      new CfnResource(stack, 'Parameter', {
        type: 'AWS::SSM::Parameter',
        properties: { Name: '/bucket', Type: 'String', Value: bucket.ref },
      });
    });
    expect(assembly.ofType('AWS::S3::Bucket')).toEqual([]);
    expect(only(assembly, 'AWS::SSM::Parameter').properties['Value']).toMatch(
      /^modelintrospectionschemabucket-/,
    );
  });

  it('names a bucket as CloudFormation would, and leaves out what only empties it', () => {
    const assembly = synthesize((stack) => {
      new Bucket(stack, 'Evidence', {
        autoDeleteObjects: true,
        enforceSSL: true,
        removalPolicy: RemovalPolicy.DESTROY,
      });
      new Bucket(stack, 'Named', { bucketName: 'letters-of-ann' });
    });
    const [evidence, named] = assembly.ofType('AWS::S3::Bucket');
    expect(evidence?.ref).toMatch(/^evidence-[0-9a-z]{12}$/);
    expect(named).toMatchObject({ ref: 'letters-of-ann', arn: 'arn:aws:s3:::letters-of-ann' });
    expect(assembly.resources.map(({ type }) => type).sort()).toEqual([
      'AWS::S3::Bucket',
      'AWS::S3::Bucket',
      'AWS::S3::BucketPolicy',
    ]);
  });

  it('refuses a bucket that keeps versions, by the name of the property', () => {
    expect(() => synthesize((stack) => new Bucket(stack, 'Evidence', { versioned: true }))).toThrow(
      'the property VersioningConfiguration is not known',
    );
  });

  it("hands over the root stack's outputs in the groups that Amplify made of them", () => {
    const assembly = synthesize((stack) => {
      stack.templateOptions.metadata = {
        'AWS::Amplify::Platform': { version: '1', stackOutputs: ['region'] },
        other: {},
      };
      new Queue(stack, 'Queue');
      new CfnOutput(stack, 'region', { value: stack.region });
    });
    expect(amplifyStackOutputs(assembly)).toEqual({
      'AWS::Amplify::Platform': { version: '1', payload: { region: 'us-east-1' } },
    });
  });
});
