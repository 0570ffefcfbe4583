import type { ExecutionRecord } from './journal/records.ts';

/** An event as AWS puts it on the default bus; a PutEvents entry but for its source, which only AWS may use. */
export interface StatusChangeEvent {
  readonly Source: 'aws.states';
  readonly DetailType: 'Step Functions Execution Status Change';
  /** Epoch seconds. */
  readonly Time: number;
  readonly Resources: readonly string[];
  /** JSON text. */
  readonly Detail: string;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html; `now` in epoch milliseconds. */
export function statusChangeEvent(record: ExecutionRecord, now: number): StatusChangeEvent {
  const running = record.status === 'RUNNING';
  const redrivable = !running && record.status !== 'SUCCEEDED';
  return {
    Source: 'aws.states',
    DetailType: 'Step Functions Execution Status Change',
    Time: now / 1000,
    Resources: [record.arn],
    Detail: JSON.stringify({
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
    }),
  };
}
