import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { FunctionName, WorkflowName } from '../functions/access.ts';
import type { BackendIdentity } from './backend-identity.ts';
import { executionsArn, workflowArn, workflowPhysicalName } from './workflow-arns.ts';

export interface WorkflowsProps {
  readonly backend: BackendIdentity;
  readonly functions: Readonly<Record<FunctionName, { readonly resources: { readonly lambda: IFunction } }>>;
  readonly waitTable: ITable;
}

interface Needs {
  readonly functions: readonly FunctionName[];
  readonly children?: readonly WorkflowName[];
  readonly waits?: true;
}

/** What each state machine reaches: its role and the substitutions of its definition are made from this. */
const NEEDS: Readonly<Record<WorkflowName, Needs>> = {
  'service-request': {
    functions: [
      'validateServiceRequest',
      'createEscrow',
      'notifyProvider',
      'processProviderResponse',
      'processNegotiation',
    ],
    children: ['escrow-management', 'escrow-cancellation', 'dispute-resolution'],
    waits: true,
  },
  'dispute-resolution': {
    functions: ['initiateDispute', 'processDisputeResolution'],
    children: ['escrow-management', 'escrow-cancellation'],
    waits: true,
  },
  'escrow-management': { functions: ['validateEscrowRelease', 'processEscrowRelease'] },
  'escrow-cancellation': { functions: ['processEscrowCancellation'] },
  'transaction-processing': {
    functions: ['processDirectTransfer', 'processPayment'],
    children: ['escrow-management', 'escrow-cancellation'],
  },
  'balance-reconciliation': { functions: ['reconcileBalances'] },
  'review-publication': { functions: ['publishReviews'] },
};

/** All state machines, as `workflows/*.asl.json` defines them. */
export class Workflows extends Construct {
  readonly machines: Readonly<Record<WorkflowName, StateMachine>>;

  constructor(scope: Construct, id: string, props: WorkflowsProps) {
    super(scope, id);
    this.machines = {
      'service-request': this.machine('service-request', props),
      'escrow-management': this.machine('escrow-management', props),
      'escrow-cancellation': this.machine('escrow-cancellation', props),
      'dispute-resolution': this.machine('dispute-resolution', props),
      'transaction-processing': this.machine('transaction-processing', props),
      'balance-reconciliation': this.machine('balance-reconciliation', props),
      'review-publication': this.machine('review-publication', props),
    };
  }

  private machine(workflow: WorkflowName, { backend, functions, waitTable }: WorkflowsProps): StateMachine {
    const needs = NEEDS[workflow];
    const scope = new Construct(this, pascalCase(workflow));
    const machine = new StateMachine(scope, 'StateMachine', {
      stateMachineName: workflowPhysicalName(backend, workflow),
      definitionBody: DefinitionBody.fromString(definitionOf(workflow)),
      definitionSubstitutions: {
        ...Object.fromEntries(
          needs.functions.map((name) => [
            `${capitalized(name)}FunctionArn`,
            functions[name].resources.lambda.functionArn,
          ]),
        ),
        ...Object.fromEntries(
          (needs.children ?? []).map((child) => [
            `${pascalCase(child)}WorkflowArn`,
            workflowArn(this, backend, child),
          ]),
        ),
        ...(needs.waits && { WaitTableName: waitTable.tableName }),
      },
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(scope, 'Log', {
          // Step Functions wants this prefix: without it the log's resource policy outgrows its limit.
          logGroupName: `/aws/vendedlogs/states/${workflowPhysicalName(backend, workflow)}`,
          retention: RetentionDays.ONE_MONTH,
          removalPolicy: backend.permanent ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ERROR,
        includeExecutionData: false, // it would write task tokens into the log
      },
    });

    allow(
      machine,
      ['lambda:InvokeFunction'],
      needs.functions.map((name) => functions[name].resources.lambda.functionArn),
    );
    if (needs.waits) allow(machine, ['dynamodb:UpdateItem'], [waitTable.tableArn]);
    if (needs.children) this.allowChildren(machine, needs.children, backend);
    return machine;
  }

  /** What `startExecution.sync:2` needs: to start, to watch, to stop, and the rule that Step Functions manages itself. */
  private allowChildren(
    machine: StateMachine,
    children: readonly WorkflowName[],
    backend: BackendIdentity,
  ): void {
    allow(
      machine,
      ['states:StartExecution'],
      children.map((child) => workflowArn(this, backend, child)),
    );
    allow(
      machine,
      ['states:DescribeExecution', 'states:StopExecution'],
      children.map((child) => executionsArn(this, backend, child)),
    );
    allow(
      machine,
      ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
      [
        Stack.of(this).formatArn({
          service: 'events',
          resource: 'rule',
          resourceName: 'StepFunctionsGetEventsForStepFunctionsExecutionRule',
        }),
      ],
    );
  }
}

function allow(machine: StateMachine, actions: string[], resources: string[]): void {
  machine.addToRolePolicy(new PolicyStatement({ actions, resources }));
}

/** The definition without the file's white space: templates have a size limit. */
function definitionOf(workflow: WorkflowName): string {
  const file = fileURLToPath(new URL(`../../workflows/${workflow}.asl.json`, import.meta.url));
  return JSON.stringify(JSON.parse(readFileSync(file, 'utf8')));
}

const capitalized = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

const pascalCase = (name: string) => name.split('-').map(capitalized).join('');
