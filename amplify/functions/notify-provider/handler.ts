import { connect } from '../shared/dynamo.ts';
import { environment, tableNames } from '../shared/environment.ts';
import { emitter } from '../shared/events.ts';
import { createRequestWriter } from '../shared/request-writer.ts';
import { statusStepSchema, worker } from '../shared/worker.ts';
import { notifyProvider } from './notify-provider.ts';

const { EVENT_BUS_NAME } = environment(['EVENT_BUS_NAME']);
const tables = tableNames(['serviceRequest', 'requestStep', 'notification']);

export const handler = worker(
  statusStepSchema,
  notifyProvider({
    requests: createRequestWriter({ dynamo: connect(), tables }),
    emit: emitter(EVENT_BUS_NAME),
  }),
);
