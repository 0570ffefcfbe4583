import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  SFNClient,
  type DescribeExecutionOutput,
} from '@aws-sdk/client-sfn';

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

/** How an execution goes wrong; a normal end, also that of a declined request, is SUCCEEDED. */
const WRONG = ['FAILED', 'TIMED_OUT', 'ABORTED'] as const;

/** Name of an execution of a state machine that runs; undefined if none does. */
export async function runningExecution(
  states: Pick<SFNClient, 'send'>,
  stateMachineArn: string,
): Promise<string | undefined> {
  const { executions = [] } = await states.send(
    new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING', maxResults: 1 }),
  );
  return executions[0]?.name;
}

/** As many of the latest of each kind are looked at. */
const LATEST = 100;

/** Names of the latest executions of a state machine that went wrong and were not redriven since. */
export async function brokenExecutions(
  states: Pick<SFNClient, 'send'>,
  stateMachineArn: string,
): Promise<readonly string[]> {
  const lists = await Promise.all(
    WRONG.map((statusFilter) =>
      states.send(new ListExecutionsCommand({ stateMachineArn, statusFilter, maxResults: LATEST })),
    ),
  );
  return lists.flatMap(({ executions = [] }) => executions.flatMap(({ name }) => name ?? []));
}
