import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { WorkflowName } from '../functions/access.ts';
import type { BackendIdentity } from './backend-identity.ts';

/** Fixed, so that functions in other stacks can name a state machine without depending on its stack (a cycle otherwise). */
export function workflowPhysicalName(backend: BackendIdentity, workflow: WorkflowName): string {
  return `hourbank-${backend.name}-${workflow}`;
}

export function workflowArn(scope: IConstruct, backend: BackendIdentity, workflow: WorkflowName): string {
  return Stack.of(scope).formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: workflowPhysicalName(backend, workflow),
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/** All executions of one state machine, and of no other. */
export function executionsArn(scope: IConstruct, backend: BackendIdentity, workflow: WorkflowName): string {
  return Stack.of(scope).formatArn({
    service: 'states',
    resource: 'execution',
    resourceName: `${workflowPhysicalName(backend, workflow)}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
