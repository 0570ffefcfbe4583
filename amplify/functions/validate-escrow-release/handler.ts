import * as z from 'zod/mini';
import { decisionSchema } from '../shared/decision.ts';
import { connect } from '../shared/dynamo.ts';
import { outOfReach, tableNames } from '../shared/environment.ts';
import { createLedgerWriter } from '../shared/ledger-writer.ts';
import { createRequestWriter } from '../shared/request-writer.ts';
import { requestStepSchema, worker } from '../shared/worker.ts';
import { validateEscrowRelease } from './validate-escrow-release.ts';

const UNUSED = ['requestStep', 'notification', 'userBalance', 'transactionLog'] as const;
const tables = { ...tableNames(['serviceRequest', 'escrow']), ...outOfReach(UNUSED) };
const dynamo = connect();

export const handler = worker(
  z.extend(requestStepSchema, { decision: decisionSchema }),
  validateEscrowRelease({
    requests: createRequestWriter({ dynamo, tables }),
    ledger: createLedgerWriter({ dynamo, tables }),
  }),
);
