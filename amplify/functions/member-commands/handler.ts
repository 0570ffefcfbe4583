import { connect, readRow } from '../shared/dynamo.ts';
import { environment, outOfReach, tableNames } from '../shared/environment.ts';
import { emitter, quietly } from '../shared/events.ts';
import { createLedgerWriter } from '../shared/ledger-writer.ts';
import { operations } from '../shared/refusals.ts';
import { ensureMember } from './ensure-member.ts';

const { EVENT_BUS_NAME } = environment(['EVENT_BUS_NAME']);
const tables = {
  ...tableNames(['user', 'userBalance', 'transactionLog']),
  ...outOfReach(['serviceRequest', 'requestStep', 'notification', 'escrow']),
};
const dynamo = connect();

export const handler = operations({
  ensureMember: ensureMember({
    memberOf: (userId) => readRow(dynamo, tables.user, { id: userId }),
    ledger: createLedgerWriter({ dynamo, tables }),
    tell: quietly(emitter(EVENT_BUS_NAME)),
  }),
});
