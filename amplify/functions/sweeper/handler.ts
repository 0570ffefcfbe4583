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
import { executionArnOf, startOnce, workflowAt } from '../shared/workflow.ts';
import { mendExecution } from './mend-execution.ts';
import { mendRequest } from './mend-request.ts';
import { sweep, sweepSchema, type Suspect } from './sweeper.ts';
import { unfinishedRequests } from './unfinished-requests.ts';

const env = environment([
  'SERVICE_REQUEST_WORKFLOW_ARN',
  'TRANSACTION_PROCESSING_WORKFLOW_ARN',
  'BALANCE_RECONCILIATION_WORKFLOW_ARN',
  'REVIEW_PUBLICATION_WORKFLOW_ARN',
]);
const tables = tableNames(['serviceRequest', 'wait']);
const dynamo = connect();
const states = new SFNClient({});

/** Named by request and revision, so that a second sweep starts no second one. */
const transact = (transaction: TransactionStart) =>
  startOnce(states, env.TRANSACTION_PROCESSING_WORKFLOW_ARN, transaction);

const ofRequests = env.SERVICE_REQUEST_WORKFLOW_ARN;
/** Workflows that carry no request. Children are not looked at: their parent goes wrong with them. */
const OTHERS = [
  env.TRANSACTION_PROCESSING_WORKFLOW_ARN,
  env.BALANCE_RECONCILIATION_WORKFLOW_ARN,
  env.REVIEW_PUBLICATION_WORKFLOW_ARN,
];

const execution = (executionArn: string) => describeExecution(states, executionArn);

async function redrive(executionArn: string, attempt: number): Promise<void> {
  await states.send(new RedriveExecutionCommand({ executionArn, clientToken: `redrive-${attempt}` }));
}

async function broken(): Promise<readonly Suspect[]> {
  const requests = await brokenExecutions(states, ofRequests);
  const others = await Promise.all(
    OTHERS.map(async (machine) =>
      (await brokenExecutions(states, machine)).map((name) => ({
        executionArn: executionArnOf(machine, name),
      })),
    ),
  );
  return [...requests.map((requestId) => ({ requestId })), ...others.flat()];
}

const ofRequest = mendRequest({
  requestOf: (requestId) => readRequest(dynamo, tables, requestId),
  waitOf: async ({ id, revision }) =>
    (await readRow(dynamo, tables.wait, { id: waitIdOf(id, revision) })) as WaitRow | undefined, // ours alone
  wake: waker(states),
  workflow: workflowAt(ofRequests, states),
  execution,
  redrive,
  refund: (request) => transact(refundStart(request)),
  pay: (request) => transact(paymentStart(request)),
});

const ofNone = mendExecution({ execution, redrive });

export const handler = worker(
  sweepSchema,
  sweep({
    unfinished: (now) => unfinishedRequests(dynamo, tables.serviceRequest, now),
    broken,
    suspectOf: ({ executionArn, stateMachineArn, name }) =>
      stateMachineArn === ofRequests ? { requestId: name } : { executionArn },
    mend: (suspect, now) =>
      'requestId' in suspect ? ofRequest(suspect.requestId, now) : ofNone(suspect.executionArn, now),
  }),
);
