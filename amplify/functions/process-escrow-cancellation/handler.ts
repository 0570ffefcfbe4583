import { connect } from '../shared/dynamo.ts';
import { environment, tableNames } from '../shared/environment.ts';
import { emitter } from '../shared/events.ts';
import { createLedgerWriter } from '../shared/ledger-writer.ts';
import { createRequestWriter } from '../shared/request-writer.ts';
import { worker } from '../shared/worker.ts';
import { cancellationStepSchema, processEscrowCancellation } from './process-escrow-cancellation.ts';

const { EVENT_BUS_NAME } = environment(['EVENT_BUS_NAME']);
const tables = tableNames([
  'serviceRequest',
  'requestStep',
  'notification',
  'dispute',
  'escrow',
  'userBalance',
  'transactionLog',
]);
const dynamo = connect();

export const handler = worker(
  cancellationStepSchema,
  processEscrowCancellation({
    requests: createRequestWriter({ dynamo, tables }),
    ledger: createLedgerWriter({ dynamo, tables }),
    emit: emitter(EVENT_BUS_NAME),
  }),
);
