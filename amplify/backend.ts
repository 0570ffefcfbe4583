import { defineBackend } from '@aws-amplify/backend';
import { Stack } from 'aws-cdk-lib';
import { auth } from './auth/resource.ts';
import { narrowDataSources, narrowLambdaSource } from './constructs/api-guards.ts';
import { ApiLog } from './constructs/api-log.ts';
import { backendIdentity } from './constructs/backend-identity.ts';
import { protectData } from './constructs/data-protection.ts';
import { protectEvidence } from './constructs/evidence-storage.ts';
import { HourBankEventBus } from './constructs/event-bus.ts';
import { EventRules } from './constructs/event-rules.ts';
import { grantFunctionAccess } from './constructs/function-access.ts';
import { Monitoring } from './constructs/monitoring.ts';
import { ProgressHints } from './constructs/progress-hints.ts';
import { SealedReviewTable } from './constructs/sealed-review-table.ts';
import { WaitTable } from './constructs/wait-table.ts';
import { Workflows } from './constructs/workflows.ts';
import { COMMAND_SOURCES } from './data/command.ts';
import { data } from './data/resource.ts';
import { adminCommands } from './functions/admin-commands/resource.ts';
import { createEscrow } from './functions/create-escrow/resource.ts';
import { disputeCommands } from './functions/dispute-commands/resource.ts';
import { initiateDispute } from './functions/initiate-dispute/resource.ts';
import { memberCommands } from './functions/member-commands/resource.ts';
import { notifyProvider } from './functions/notify-provider/resource.ts';
import { postConfirmation } from './functions/post-confirmation/resource.ts';
import { processDirectTransfer } from './functions/process-direct-transfer/resource.ts';
import { processDisputeResolution } from './functions/process-dispute-resolution/resource.ts';
import { processEscrowCancellation } from './functions/process-escrow-cancellation/resource.ts';
import { processEscrowRelease } from './functions/process-escrow-release/resource.ts';
import { processNegotiation } from './functions/process-negotiation/resource.ts';
import { processPayment } from './functions/process-payment/resource.ts';
import { processProviderResponse } from './functions/process-provider-response/resource.ts';
import { publishReviews } from './functions/publish-reviews/resource.ts';
import { reconcileBalances } from './functions/reconcile-balances/resource.ts';
import { requestCommands } from './functions/request-commands/resource.ts';
import { startServiceRequest } from './functions/start-service-request/resource.ts';
import { sweeper } from './functions/sweeper/resource.ts';
import { validateEscrowRelease } from './functions/validate-escrow-release/resource.ts';
import { validateServiceRequest } from './functions/validate-service-request/resource.ts';
import { workflowStatus } from './functions/workflow-status/resource.ts';
import { storage } from './storage/resource.ts';

const functions = {
  adminCommands,
  createEscrow,
  disputeCommands,
  initiateDispute,
  memberCommands,
  notifyProvider,
  postConfirmation,
  processDirectTransfer,
  processDisputeResolution,
  processEscrowCancellation,
  processEscrowRelease,
  processNegotiation,
  processPayment,
  processProviderResponse,
  publishReviews,
  reconcileBalances,
  requestCommands,
  startServiceRequest,
  sweeper,
  validateEscrowRelease,
  validateServiceRequest,
  workflowStatus,
};

const backend = defineBackend({ auth, data, storage, ...functions });
const identity = backendIdentity(backend.stack);
const { tables: modelTables, cfnResources: api } = backend.data.resources;

// Depends on no other stack, so that every other stack may depend on it.
const foundation = backend.createStack('foundation');
const { bus } = new HourBankEventBus(foundation, 'EventBus', identity);
const { table: waitTable } = new WaitTable(foundation, 'Waits', identity);
const { table: sealedReviewTable } = new SealedReviewTable(foundation, 'SealedReviews', identity);

// The GraphQL API.
const { cfnUserPool, cfnIdentityPool } = backend.auth.resources.cfnResources;
cfnIdentityPool.allowUnauthenticatedIdentities = false;
for (const [source, { resources }] of [
  [COMMAND_SOURCES.requestCommands, backend.requestCommands],
  [COMMAND_SOURCES.disputeCommands, backend.disputeCommands],
  [COMMAND_SOURCES.adminCommands, backend.adminCommands],
  [COMMAND_SOURCES.memberCommands, backend.memberCommands],
  [COMMAND_SOURCES.workflowStatus, backend.workflowStatus],
] as const)
  narrowLambdaSource(backend.data.addLambdaDataSource(source, resources.lambda), resources.lambda);
narrowDataSources(Object.keys(api.amplifyDynamoDbTables), api.cfnRoles);
new ApiLog(backend.data.stack, 'ApiLog', api.cfnGraphqlApi, identity);
protectData(identity, api.amplifyDynamoDbTables, cfnUserPool);
protectEvidence(identity, backend.storage.resources.cfnResources.cfnBucket);

// Functions, workflows, and what starts them.
grantFunctionAccess({
  backend: identity,
  functions: backend,
  tables: { ...modelTables, Wait: waitTable, SealedReview: sealedReviewTable },
  bus,
  evidence: backend.storage.resources.bucket,
});
const workflowStack = Stack.of(backend.createEscrow.resources.lambda);
const { machines } = new Workflows(workflowStack, 'Workflows', {
  backend: identity,
  functions: backend,
  waitTable,
});
const rules = new EventRules(workflowStack, 'EventRules', {
  bus,
  startServiceRequest: backend.startServiceRequest.resources.lambda,
  sweeper: backend.sweeper.resources.lambda,
  transactionProcessingWorkflow: machines['transaction-processing'],
  balanceReconciliationWorkflow: machines['balance-reconciliation'],
  lookedAfter: [
    machines['service-request'],
    machines['transaction-processing'],
    machines['balance-reconciliation'],
    machines['review-publication'],
  ],
});
const hints = new ProgressHints(workflowStack, 'ProgressHints', { bus, api: api.cfnGraphqlApi });

new Monitoring(backend.createStack('monitoring'), 'Monitoring', {
  workflows: machines,
  functions: backend,
  deadLetters: [...rules.deadLetters, ...hints.deadLetters],
});
