import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnFunction, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import {
  FUNCTION_ACCESS,
  FUNCTION_NAMES,
  TABLE_VARIABLES,
  WORKFLOW_VARIABLES,
  type Access,
  type FunctionName,
  type TableName,
  type TableUse,
  type WorkflowName,
  type WorkflowUse,
} from '../functions/access.ts';
import { METRICS } from '../functions/settings.ts';
import type { BackendIdentity } from './backend-identity.ts';
import { executionsArn, workflowArn } from './workflow-arns.ts';

/** A function as `defineBackend` gives it. */
export interface BackendFunction {
  readonly resources: {
    readonly lambda: IFunction;
    readonly cfnResources: { readonly cfnFunction: CfnFunction };
  };
  addEnvironment(key: string, value: string): void;
}

export interface FunctionAccessProps {
  readonly backend: BackendIdentity;
  readonly functions: Readonly<Record<FunctionName, BackendFunction>>;
  /** By model; the tables of waits and of sealed reviews are called `Wait` and `SealedReview`. */
  readonly tables: Readonly<Record<string, ITable>>;
  readonly bus: IEventBus;
  /** Where files of evidence lie. */
  readonly evidence: IBucket;
}

/** Gives each function what `functions/access.ts` says, in its policy and in its environment, and turns on tracing. */
export function grantFunctionAccess({ functions, ...world }: FunctionAccessProps): void {
  for (const name of FUNCTION_NAMES) {
    const access: Access = FUNCTION_ACCESS[name];
    const target = functions[name];
    trace(target, name);
    grantTables(target, access, world.tables);
    grantWorkflows(target, access, world.backend);
    if (access.bus) {
      target.addEnvironment('EVENT_BUS_NAME', world.bus.eventBusName);
      allow(target, ['events:PutEvents'], world.bus.eventBusArn);
    }
    if (access.evidence) grantEvidence(target, access.evidence, world.evidence);
  }
}

/** X-Ray has no resources: its two actions are only granted on `*`. */
function trace(target: BackendFunction, name: FunctionName): void {
  target.resources.cfnResources.cfnFunction.tracingConfig = { mode: 'Active' };
  allow(target, ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*');
  target.addEnvironment('POWERTOOLS_SERVICE_NAME', name);
  target.addEnvironment('POWERTOOLS_METRICS_NAMESPACE', METRICS.namespace);
}

function grantTables(
  target: BackendFunction,
  access: Access,
  tables: Readonly<Record<string, ITable>>,
): void {
  for (const [name, uses] of Object.entries(access.tables ?? {}) as [TableName, readonly TableUse[]][]) {
    const table = tables[name];
    if (!table) throw new Error(`There is no table ${name}`);
    target.addEnvironment(TABLE_VARIABLES[name], table.tableName);
    const items = uses.filter((use) => !use.startsWith('Query:'));
    allow(
      target,
      items.map((action) => `dynamodb:${action}`),
      table.tableArn,
    );
    for (const use of uses)
      if (use.startsWith('Query:'))
        allow(target, ['dynamodb:Query'], `${table.tableArn}/index/${use.slice('Query:'.length)}`);
  }
}

/** Who may not list a bucket is told that a missing object is forbidden, and could not tell the two apart. */
function grantEvidence(
  target: BackendFunction,
  byPrefix: NonNullable<Access['evidence']>,
  bucket: IBucket,
): void {
  target.addEnvironment('EVIDENCE_BUCKET', bucket.bucketName);
  allow(target, ['s3:ListBucket'], bucket.bucketArn);
  for (const [prefix, uses] of Object.entries(byPrefix))
    allow(
      target,
      uses.map((use) => `s3:${use}`),
      bucket.arnForObjects(`${prefix}/*`),
    );
}

/** What asks about one execution is granted on executions, the rest on the state machine, as Step Functions has it. */
function grantWorkflows(target: BackendFunction, access: Access, backend: BackendIdentity): void {
  const { lambda } = target.resources;
  for (const [name, uses] of Object.entries(access.workflows ?? {}) as [
    WorkflowName,
    readonly WorkflowUse[],
  ][]) {
    const onExecutions = uses.filter(isOnExecutions);
    const onMachine = uses.filter((use) => !isOnExecutions(use));
    const machine = workflowArn(lambda, backend, name);
    if (onMachine.length > 0) {
      if (onMachine.some((use) => use !== 'SendTaskSuccess'))
        target.addEnvironment(variableOf(name), machine); // a token needs no name
      allow(target, onMachine.map(statesAction), machine);
    }
    if (onExecutions.length > 0)
      allow(target, onExecutions.map(statesAction), executionsArn(lambda, backend, name));
  }
}

const isOnExecutions = (use: WorkflowUse) => use === 'DescribeExecution' || use === 'RedriveExecution';

const statesAction = (use: WorkflowUse) => `states:${use}`;

function variableOf(workflow: WorkflowName): string {
  const variables: Partial<Record<WorkflowName, string>> = WORKFLOW_VARIABLES;
  const variable = variables[workflow];
  if (variable === undefined) throw new Error(`No function is told where ${workflow} is`);
  return variable;
}

function allow(target: BackendFunction, actions: string[], resource: string): void {
  target.resources.lambda.addToRolePolicy(new PolicyStatement({ actions, resources: [resource] }));
}
