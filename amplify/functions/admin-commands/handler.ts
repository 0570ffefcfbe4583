import { randomUUID } from 'node:crypto';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { Account } from '../../../domain/ledger.ts';
import type { ReportRecord } from '../../../domain/reconciliation.ts';
import { accountLock } from '../shared/account-lock.ts';
import { createAdminActions } from '../shared/admin-actions.ts';
import { connect, readRow } from '../shared/dynamo.ts';
import { environment, tableNames } from '../shared/environment.ts';
import { emitter, quietly } from '../shared/events.ts';
import { runningExecution } from '../shared/executions.ts';
import { operations } from '../shared/refusals.ts';
import { adjustmentStart } from '../shared/transaction-start.ts';
import { startOnce } from '../shared/workflow.ts';
import { adjustBalance } from './adjust-balance.ts';
import { setAccountLock } from './set-account-lock.ts';
import { startReconciliation } from './start-reconciliation.ts';

const env = environment([
  'EVENT_BUS_NAME',
  'TRANSACTION_PROCESSING_WORKFLOW_ARN',
  'BALANCE_RECONCILIATION_WORKFLOW_ARN',
]);
const tables = tableNames(['userBalance', 'adminAction', 'notification', 'reconciliationReport']);
const dynamo = connect();
const states = new SFNClient({});

export const handler = operations({
  adjustBalance: adjustBalance({
    accountOf: async (userId) =>
      (await readRow(dynamo, tables.userBalance, { userId })) as Account | undefined, // written by the ledger
    actions: createAdminActions({ dynamo, tables }),
    start: (adjustment) =>
      startOnce(states, env.TRANSACTION_PROCESSING_WORKFLOW_ARN, adjustmentStart(adjustment)),
  }),
  setAccountLock: setAccountLock({
    setLock: accountLock({ dynamo, tables }),
    tell: quietly(emitter(env.EVENT_BUS_NAME)),
    newId: randomUUID,
  }),
  startReconciliation: startReconciliation({
    running: () => runningExecution(states, env.BALANCE_RECONCILIATION_WORKFLOW_ARN),
    reportOf: async (id) =>
      (await readRow(dynamo, tables.reconciliationReport, { id })) as ReportRecord | undefined, // ours alone
    start: (name, requestedBy) =>
      startOnce(states, env.BALANCE_RECONCILIATION_WORKFLOW_ARN, { name, input: { requestedBy } }),
  }),
});
