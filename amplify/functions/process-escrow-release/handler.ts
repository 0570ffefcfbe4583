import { connect } from '../shared/dynamo.ts';
import { environment, tableNames } from '../shared/environment.ts';
import { emitter } from '../shared/events.ts';
import { createLedgerWriter } from '../shared/ledger-writer.ts';
import { worker } from '../shared/worker.ts';
import { processEscrowRelease, releaseStepSchema } from './process-escrow-release.ts';

const { EVENT_BUS_NAME } = environment(['EVENT_BUS_NAME']);
const tables = tableNames([
  'serviceRequest',
  'requestStep',
  'notification',
  'dispute',
  'escrow',
  'userBalance',
  'transactionLog',
  'memberStats',
  'serviceStats',
]);

export const handler = worker(
  releaseStepSchema,
  processEscrowRelease({
    ledger: createLedgerWriter({ dynamo: connect(), tables }),
    emit: emitter(EVENT_BUS_NAME),
  }),
);
