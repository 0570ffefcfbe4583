import { DescribeExecutionCommand, SFNClient, type DescribeExecutionOutput } from '@aws-sdk/client-sfn';

/** What is asked about an execution. */
export type Execution = Pick<
  DescribeExecutionOutput,
  'status' | 'stopDate' | 'redriveCount' | 'redriveStatus'
>;

/** How an execution stands; undefined if there is none of that name. */
export async function describeExecution(
  states: Pick<SFNClient, 'send'>,
  executionArn: string,
): Promise<Execution | undefined> {
  try {
    return await states.send(new DescribeExecutionCommand({ executionArn }));
  } catch (error) {
    if (error instanceof Error && error.name === 'ExecutionDoesNotExist') return undefined;
    throw error;
  }
}
