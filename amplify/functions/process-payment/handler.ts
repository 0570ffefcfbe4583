import { waitIdOf } from '../../../domain/request.ts';
import { connect, readRow } from '../shared/dynamo.ts';
import { outOfReach, tableNames } from '../shared/environment.ts';
import { createRequestWriter } from '../shared/request-writer.ts';
import type { WaitRow } from '../shared/wait-writer.ts';
import { worker } from '../shared/worker.ts';
import { paymentStepSchema, processPayment } from './process-payment.ts';

const tables = {
  ...tableNames(['serviceRequest', 'wait']),
  ...outOfReach(['requestStep', 'notification']),
};
const dynamo = connect();

export const handler = worker(
  paymentStepSchema,
  processPayment({
    requests: createRequestWriter({ dynamo, tables }),
    waitOf: async ({ id, revision }) =>
      (await readRow(dynamo, tables.wait, { id: waitIdOf(id, revision) })) as WaitRow | undefined, // ours alone
  }),
);
