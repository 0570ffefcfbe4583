import { describe, expect, it } from 'vitest';
import type { Assembly, AssemblyResource } from '../assembly/assembly.ts';
import { functionsFromAssembly } from './from-assembly.ts';

const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:f';
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:q';
const PROPERTIES = {
  Code: { S3Key: 'abc.zip' },
  Handler: 'index.handler',
  Runtime: 'nodejs24.x',
  Role: 'arn:aws:iam::000000000000:role/f',
};

function resource(type: string, ref: string, properties: Record<string, unknown>): AssemblyResource {
  return { stack: 's', logicalId: 'Logical', type, ref, properties, ...(ref === 'f' && { arn: ARN }) };
}

/** Functions of an assembly with one function and what else is given. */
function read(properties: Record<string, unknown> = {}, ...others: AssemblyResource[]) {
  const resources = [resource('AWS::Lambda::Function', 'f', { ...PROPERTIES, ...properties }), ...others];
  const assembly: Assembly = {
    directory: '/cdk.out',
    stackName: 's',
    resources,
    ofType: (type) => resources.filter((candidate) => candidate.type === type),
    assetPath: (reference) => (reference === 'archive' ? '/cdk.out/asset.x.zip' : '/cdk.out/asset.abc'),
    outputs: {},
    rootMetadata: {},
  };
  return functionsFromAssembly(assembly)[0];
}

describe('a function of an assembly', () => {
  it("has Lambda's own defaults", () => {
    expect(read()).toEqual({
      name: 'f',
      arn: ARN,
      title: 'f',
      roleArn: PROPERTIES.Role,
      codeDirectory: '/cdk.out/asset.abc',
      handler: 'index.handler',
      runtime: 'nodejs24.x',
      environment: {},
      timeout: 3000,
      memory: 128,
      logging: { group: '/aws/lambda/f' },
      asynchronous: { maximumRetries: 2, maximumAge: 21_600_000 },
    });
  });

  it('takes what the backend says', () => {
    const config = resource('AWS::Lambda::EventInvokeConfig', 'config', {
      FunctionName: 'f',
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 60,
      DestinationConfig: { OnFailure: { Destination: QUEUE }, OnSuccess: { Destination: ARN } },
    });
    const properties = {
      Timeout: 30,
      MemorySize: 512,
      ReservedConcurrentExecutions: 1,
      Environment: { Variables: { TABLE: 't' } },
      DeadLetterConfig: { TargetArn: QUEUE },
      LoggingConfig: { LogGroup: 'group', LogFormat: 'JSON', ApplicationLogLevel: 'INFO' },
      Tags: [{ Key: 'amplify:friendly-name', Value: 'worker' }],
    };
    expect(read(properties, config)).toMatchObject({
      title: 'worker',
      timeout: 30_000,
      memory: 512,
      reservedConcurrency: 1,
      environment: { TABLE: 't' },
      logging: { group: 'group', format: 'JSON', level: 'INFO' },
      asynchronous: {
        maximumRetries: 0,
        maximumAge: 60_000,
        deadLetterArn: QUEUE,
        onFailureArn: QUEUE,
        onSuccessArn: ARN,
      },
    });
  });

  it("has Amplify's parameters in place, so that its bundle need not fetch them", () => {
    const parameter = resource('AWS::SSM::Parameter', '/shared/name', { Value: 'value' });
    const config = { NAME: { path: '/own/name', sharedPath: '/shared/name' } };
    const environment = { Variables: { AMPLIFY_SSM_ENV_CONFIG: JSON.stringify(config), OTHER: 'o' } };
    expect(read({ Environment: environment }, parameter)?.environment).toEqual({
      NAME: 'value',
      OTHER: 'o',
      AMPLIFY_SSM_ENV_CONFIG: '{}',
    });
    expect(() => read({ Environment: environment })).toThrow('the secret /own/name (NAME) has no value');
  });

  it.each([
    [{ Runtime: 'python3.13' }, 'runtime python3.13 is not embedded'],
    [{ PackageType: 'Image', Runtime: undefined }, 'container image'],
    [{ Code: { ZipFile: 'x' } }, 'inline code is not embedded'],
    [{ Code: { S3Key: 'archive' } }, 'the code is an archive'],
    [{ DeadLetterConfig: { TargetArn: 'arn:aws:sns:us-east-1:0:t' } }, 'a dead-letter queue must be a queue'],
  ])('is refused with %j', (properties, message) => {
    expect(() => read(properties)).toThrow(`Function Logical: `);
    expect(() => read(properties)).toThrow(message);
  });

  it('is refused with a destination that is not embedded', () => {
    const config = resource('AWS::Lambda::EventInvokeConfig', 'config', {
      FunctionName: 'f',
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:sns:us-east-1:0:t' } },
    });
    expect(() => read({}, config)).toThrow('the destination arn:aws:sns:us-east-1:0:t is not embedded');
  });
});
