import { createAdminActions } from '../shared/admin-actions.ts';
import { connect } from '../shared/dynamo.ts';
import { environment, outOfReach, tableNames } from '../shared/environment.ts';
import { emitter } from '../shared/events.ts';
import { createLedgerWriter } from '../shared/ledger-writer.ts';
import { worker } from '../shared/worker.ts';
import { nameMember } from './name-member.ts';
import { processDirectTransfer, transferStepSchema } from './process-direct-transfer.ts';

const { EVENT_BUS_NAME } = environment(['EVENT_BUS_NAME']);
const tables = {
  ...tableNames(['user', 'userBalance', 'transactionLog', 'adminAction', 'notification']),
  ...outOfReach(['serviceRequest', 'requestStep', 'escrow']),
};
const dynamo = connect();

export const handler = worker(
  transferStepSchema,
  processDirectTransfer({
    ledger: createLedgerWriter({ dynamo, tables }),
    nameMember: nameMember(dynamo, tables),
    actions: createAdminActions({ dynamo, tables }),
    emit: emitter(EVENT_BUS_NAME),
  }),
);
