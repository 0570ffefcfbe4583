import { connect } from '../shared/dynamo.ts';
import { environment, tableNames } from '../shared/environment.ts';
import { emitter } from '../shared/events.ts';
import { createLedgerWriter } from '../shared/ledger-writer.ts';
import { createRequestWriter } from '../shared/request-writer.ts';
import { statusStepSchema, worker } from '../shared/worker.ts';
import { createEscrow } from './create-escrow.ts';

const { EVENT_BUS_NAME } = environment(['EVENT_BUS_NAME']);
const tables = tableNames([
  'serviceRequest',
  'requestStep',
  'notification',
  'escrow',
  'userBalance',
  'transactionLog',
]);
const dynamo = connect();

export const handler = worker(
  statusStepSchema,
  createEscrow({
    requests: createRequestWriter({ dynamo, tables }),
    ledger: createLedgerWriter({ dynamo, tables }),
    emit: emitter(EVENT_BUS_NAME),
  }),
);
