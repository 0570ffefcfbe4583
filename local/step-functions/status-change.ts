import type { ExecutionRecord } from './journal/records.ts';

/** An event as AWS itself puts it on the default bus. */
export interface StatusChangeEvent {
  readonly source: 'aws.states';
  readonly 'detail-type': 'Step Functions Execution Status Change';
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>> & {
    readonly executionArn: string;
    readonly status: ExecutionRecord['status'];
  };
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html; its dates are epoch milliseconds. */
export function statusChangeEvent(record: ExecutionRecord): StatusChangeEvent {
  const redrivable = record.status !== 'RUNNING' && record.status !== 'SUCCEEDED';
  return {
    source: 'aws.states',
    'detail-type': 'Step Functions Execution Status Change',
    resources: [record.arn],
    detail: {
      executionArn: record.arn,
      stateMachineArn: record.machineArn,
      name: record.name,
      status: record.status,
      startDate: record.startedAt,
      stopDate: record.stoppedAt,
      input: record.input,
      output: record.output,
      stateMachineVersionArn: null,
      stateMachineAliasArn: null,
      redriveCount: record.redriveCount,
      redriveDate: record.redrivenAt,
      redriveStatus: redrivable ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
      redriveStatusReason: redrivable ? null : `Execution is ${record.status} and cannot be redriven`,
      inputDetails: { included: true },
      outputDetails: record.output === null ? null : { included: true },
      error: record.error,
      cause: record.cause,
    },
  };
}
