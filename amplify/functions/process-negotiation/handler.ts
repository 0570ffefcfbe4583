import { connect } from '../shared/dynamo.ts';
import { environment, tableNames } from '../shared/environment.ts';
import { emitter } from '../shared/events.ts';
import { createLedgerWriter } from '../shared/ledger-writer.ts';
import { createRequestWriter } from '../shared/request-writer.ts';
import { createWaitWriter } from '../shared/wait-writer.ts';
import { statusStepSchema, worker } from '../shared/worker.ts';
import { processNegotiation } from './process-negotiation.ts';

const { EVENT_BUS_NAME } = environment(['EVENT_BUS_NAME']);
const dynamo = connect();
const tables = tableNames([
  'serviceRequest',
  'requestStep',
  'notification',
  'wait',
  'escrow',
  'userBalance',
  'transactionLog',
]);

export const handler = worker(
  statusStepSchema,
  processNegotiation({
    requests: createRequestWriter({ dynamo, tables }),
    waits: createWaitWriter({ dynamo, tables }),
    ledger: createLedgerWriter({ dynamo, tables }),
    emit: emitter(EVENT_BUS_NAME),
  }),
);
