import { connect } from '../shared/dynamo.ts';
import { environment, outOfReach, tableNames } from '../shared/environment.ts';
import { emitter } from '../shared/events.ts';
import { createLedgerWriter } from '../shared/ledger-writer.ts';
import { createRequestWriter } from '../shared/request-writer.ts';
import { worker } from '../shared/worker.ts';
import { initiateDispute, initiationStepSchema } from './initiate-dispute.ts';

const { EVENT_BUS_NAME } = environment(['EVENT_BUS_NAME']);
const tables = {
  ...tableNames(['serviceRequest', 'requestStep', 'notification', 'dispute', 'escrow']),
  ...outOfReach(['userBalance', 'transactionLog']),
};
const dynamo = connect();

export const handler = worker(
  initiationStepSchema,
  initiateDispute({
    requests: createRequestWriter({ dynamo, tables }),
    ledger: createLedgerWriter({ dynamo, tables }),
    emit: emitter(EVENT_BUS_NAME),
  }),
);
