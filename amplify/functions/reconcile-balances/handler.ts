import { accountLock } from '../shared/account-lock.ts';
import { connect } from '../shared/dynamo.ts';
import { environment, tableNames } from '../shared/environment.ts';
import { emitter } from '../shared/events.ts';
import { count, logger } from '../shared/logger.ts';
import { BACKOFF } from '../shared/retry.ts';
import { worker } from '../shared/worker.ts';
import { listAccounts } from './account-list.ts';
import { accountReader } from './account-reader.ts';
import { checkAccounts } from './check-accounts.ts';
import { findOrphans } from './orphans.ts';
import { reconcileBalances, reconciliationStepSchema } from './reconcile-balances.ts';
import { createReports } from './reports.ts';

const { EVENT_BUS_NAME } = environment(['EVENT_BUS_NAME']);
const tables = tableNames([
  'userBalance',
  'transactionLog',
  'escrow',
  'serviceRequest',
  'user',
  'adminAction',
  'notification',
  'reconciliationReport',
]);
const dynamo = connect();
const { sleep } = BACKOFF;
const lookAt = accountReader(dynamo, tables);

export const handler = worker(
  reconciliationStepSchema,
  reconcileBalances({
    reports: createReports({ dynamo, tables }),
    listAccounts: (cursor) => listAccounts(dynamo, tables, cursor),
    checkAccounts: (userIds) => checkAccounts({ lookAt, sleep }, userIds),
    findOrphans: (cursor) => findOrphans({ dynamo, tables, sleep }, cursor),
    setLock: accountLock({ dynamo, tables }),
    emit: emitter(EVENT_BUS_NAME),
    busy: (accounts) => {
      logger.warn('Accounts moved each time they were looked at', { accounts });
      count('AccountsBusy', {}, accounts.length);
    },
    alarm: (mismatches) => {
      logger.error('The books disagree', { mismatches });
      count('BalancesDisagree', {}, mismatches);
    },
  }),
);
