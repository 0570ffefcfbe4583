import type { Assembly, AssemblyResource } from './assembly/assembly.ts';
import type { Authorizer } from './iam/authorizer.ts';

/** Which service takes on which role, by the type of the resource that names the role. */
const ROLES: readonly {
  readonly type: string;
  readonly service: string;
  readonly roles: (resource: AssemblyResource) => readonly unknown[];
}[] = [
  { type: 'AWS::Lambda::Function', service: 'lambda', roles: ({ properties }) => [properties['Role']] },
  {
    type: 'AWS::StepFunctions::StateMachine',
    service: 'states',
    roles: ({ properties }) => [properties['RoleArn']],
  },
  {
    type: 'AWS::AppSync::DataSource',
    service: 'appsync',
    roles: ({ properties }) => [properties['ServiceRoleArn']],
  },
  {
    type: 'AWS::Events::Rule',
    service: 'events',
    roles: ({ properties: { Targets: targets } }) =>
      ((targets ?? []) as readonly { readonly RoleArn?: string }[]).map(({ RoleArn: role }) => role),
  },
];

/**
 * Asks for every role whether it trusts the service that is to act in it: what a deployment would refuse must not run
 * here either. Throws AwsServiceError `AccessDeniedException`.
 */
export function checkTrust(assembly: Assembly, iam: Authorizer): void {
  for (const { type, service, roles } of ROLES)
    for (const resource of assembly.ofType(type))
      for (const role of roles(resource))
        if (typeof role === 'string')
          iam.authorize({ arn: `${service}.amazonaws.com`, sourceArn: resource.arn ?? resource.ref }, [
            { action: 'sts:AssumeRole', resource: role },
          ]);
}
