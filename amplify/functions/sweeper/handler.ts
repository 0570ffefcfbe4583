import { RedriveExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import { waitIdOf } from '../../../domain/request.ts';
import { connect, readRow } from '../shared/dynamo.ts';
import { environment, tableNames } from '../shared/environment.ts';
import { brokenExecutions, describeExecution } from '../shared/executions.ts';
import { readRequest } from '../shared/request-change.ts';
import { waker } from '../shared/task-tokens.ts';
import { paymentStart, refundStart, type TransactionStart } from '../shared/transaction-start.ts';
import type { WaitRow } from '../shared/wait-writer.ts';
import { worker } from '../shared/worker.ts';
import { startOnce, workflowAt } from '../shared/workflow.ts';
import { mendRequest } from './mend-request.ts';
import { sweep, sweepSchema } from './sweeper.ts';
import { unfinishedRequests } from './unfinished-requests.ts';

const env = environment(['SERVICE_REQUEST_WORKFLOW_ARN', 'TRANSACTION_PROCESSING_WORKFLOW_ARN']);
const tables = tableNames(['serviceRequest', 'wait']);
const dynamo = connect();
const states = new SFNClient({});

/** Named by request and revision, so that a second sweep starts no second one. */
const transact = (transaction: TransactionStart) =>
  startOnce(states, env.TRANSACTION_PROCESSING_WORKFLOW_ARN, transaction);

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
  refund: (request) => transact(refundStart(request)),
  pay: (request) => transact(paymentStart(request)),
});

export const handler = worker(
  sweepSchema,
  sweep({
    unfinished: (now) => unfinishedRequests(dynamo, tables.serviceRequest, now),
    broken: () => brokenExecutions(states, env.SERVICE_REQUEST_WORKFLOW_ARN),
    mend,
  }),
);
