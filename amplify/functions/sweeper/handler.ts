import { RedriveExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { waitIdOf, type RequestRecord } from '../../../domain/request.ts';
import type { Decision } from '../shared/decision.ts';
import { connect, readRow } from '../shared/dynamo.ts';
import { environment, tableNames } from '../shared/environment.ts';
import { brokenExecutions, describeExecution } from '../shared/executions.ts';
import { readRequest } from '../shared/request-change.ts';
import { waker } from '../shared/task-tokens.ts';
import type { WaitRow } from '../shared/wait-writer.ts';
import { worker } from '../shared/worker.ts';
import { workflowAt } from '../shared/workflow.ts';
import { mendRequest } from './mend-request.ts';
import { sweep, sweepSchema } from './sweeper.ts';
import { unfinishedRequests } from './unfinished-requests.ts';

const env = environment(['SERVICE_REQUEST_WORKFLOW_ARN', 'ESCROW_CANCELLATION_WORKFLOW_ARN']);
const tables = tableNames(['serviceRequest', 'wait']);
const dynamo = connect();
const states = new SFNClient({});

/** Named by request and revision, so that a second sweep starts no second refund. */
async function cancel({ id, revision }: RequestRecord, decision: Decision): Promise<boolean> {
  try {
    await states.send(
      new StartExecutionCommand({
        stateMachineArn: env.ESCROW_CANCELLATION_WORKFLOW_ARN,
        name: `compensation-${id}-${revision}`,
        input: JSON.stringify({ requestId: id, decision }),
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ExecutionAlreadyExists') return false;
    throw error;
  }
}

const mend = mendRequest({
  requestOf: (requestId) => readRequest(dynamo, tables, requestId),
  waitOf: async ({ id, revision }) =>
    (await readRow(dynamo, tables.wait, { id: waitIdOf(id, revision) })) as WaitRow | undefined, // ours alone
  wake: waker(states),
  workflow: workflowAt(env.SERVICE_REQUEST_WORKFLOW_ARN, states),
  execution: (executionArn) => describeExecution(states, executionArn),
  redrive: async (executionArn, attempt) => {
    await states.send(new RedriveExecutionCommand({ executionArn, clientToken: `redrive-${attempt}` }));
  },
  cancel,
});

export const handler = worker(
  sweepSchema,
  sweep({
    unfinished: (now) => unfinishedRequests(dynamo, tables.serviceRequest, now),
    broken: () => brokenExecutions(states, env.SERVICE_REQUEST_WORKFLOW_ARN),
    mend,
  }),
);
