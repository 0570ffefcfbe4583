import { describe, expect, it } from 'vitest';
import type { Assembly, AssemblyResource } from './assembly/assembly.ts';
import { checkTrust } from './check-trust.ts';
import type { Caller, Permission } from './gateway/aws-service.ts';

/** What is asked of IAM for one resource: `<service> as <role>`. */
function asked(type: string, properties: Record<string, unknown>): string[] {
  const resource: AssemblyResource = { stack: 's', logicalId: 'L', type, ref: 'ref', arn: 'arn', properties };
  const questions: string[] = [];
  const assembly: Assembly = {
    directory: '/cdk.out',
    stackName: 's',
    resources: [resource],
    ofType: (wanted) => (wanted === type ? [resource] : []),
    assetPath: (reference) => reference,
    outputs: {},
    rootMetadata: {},
  };
  checkTrust(assembly, {
    authorize: ({ arn, sourceArn }: Caller, permissions: readonly Permission[]) => {
      for (const { action, resource: role } of permissions)
        questions.push(`${action} by ${arn} for ${sourceArn ?? ''}: ${role}`);
    },
    report: () => ({ callers: {} }),
  });
  return questions;
}

describe('the check of trust', () => {
  it.each([
    ['AWS::Lambda::Function', { Role: 'role' }, 'lambda'],
    ['AWS::StepFunctions::StateMachine', { RoleArn: 'role' }, 'states'],
    ['AWS::AppSync::DataSource', { ServiceRoleArn: 'role' }, 'appsync'],
    ['AWS::Events::Rule', { Targets: [{ RoleArn: 'role' }, {}] }, 'events'],
  ])('asks whether the role of %s trusts its service', (type, properties, service) => {
    expect(asked(type, properties)).toEqual([`sts:AssumeRole by ${service}.amazonaws.com for arn: role`]);
  });

  it('asks nothing where there is no role', () => {
    expect(asked('AWS::AppSync::DataSource', { Type: 'NONE' })).toEqual([]);
    expect(asked('AWS::Events::Rule', {})).toEqual([]);
  });
});
