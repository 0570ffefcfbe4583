import { randomUUID } from 'node:crypto';
import type { Account } from '../../../domain/ledger.ts';
import { connect, readRow } from '../shared/dynamo.ts';
import { environment, outOfReach, tableNames } from '../shared/environment.ts';
import { emitter, quietly } from '../shared/events.ts';
import type { Operation } from '../shared/refusals.ts';
import { createRequestWriter } from '../shared/request-writer.ts';
import { submissionFacts } from '../shared/submission-facts.ts';
import { waker } from '../shared/task-tokens.ts';
import { createWaitWriter } from '../shared/wait-writer.ts';
import { workflowAt } from '../shared/workflow.ts';
import { cancelServiceRequest } from './cancel-service-request.ts';
import { confirmServiceCompletion } from './confirm-service-completion.ts';
import { markServiceDelivered } from './mark-service-delivered.ts';
import { requestChanges } from './request-changes.ts';
import { respondToServiceRequest } from './respond-to-service-request.ts';
import { submitServiceRequest } from './submit-service-request.ts';

/** What members do to a request, wired to this function's environment. Throws as `environment` does. */
export function requestCommands(dynamo = connect()) {
  const env = environment(['EVENT_BUS_NAME', 'SERVICE_REQUEST_WORKFLOW_ARN']);
  const tables = {
    ...tableNames(['serviceRequest', 'requestStep', 'service', 'user', 'userBalance', 'wait']),
    ...outOfReach(['notification']),
  };
  const requests = createRequestWriter({ dynamo, tables });
  const edges = {
    requests,
    waits: createWaitWriter({ dynamo, tables }),
    accountOf: async (userId: string) =>
      (await readRow(dynamo, tables.userBalance, { userId })) as Account | undefined, // written by the ledger alone
    factsOf: (about: { serviceId: string; requesterId: string }) => submissionFacts(dynamo, tables, about),
    workflow: workflowAt(env.SERVICE_REQUEST_WORKFLOW_ARN),
    wake: waker(),
    tell: quietly(emitter(env.EVENT_BUS_NAME)),
    newId: randomUUID,
  };
  return {
    submitServiceRequest: submitServiceRequest(edges),
    respondToServiceRequest: respondToServiceRequest(edges),
    cancelServiceRequest: cancelServiceRequest(edges),
    markServiceDelivered: markServiceDelivered(edges),
    requestChanges: requestChanges(edges),
    confirmServiceCompletion: confirmServiceCompletion(edges),
  } satisfies Record<string, Operation>;
}
