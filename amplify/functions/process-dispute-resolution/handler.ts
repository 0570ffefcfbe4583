import { connect } from '../shared/dynamo.ts';
import { environment, tableNames } from '../shared/environment.ts';
import { emitter } from '../shared/events.ts';
import { count } from '../shared/logger.ts';
import { createRequestWriter } from '../shared/request-writer.ts';
import { createWaitWriter } from '../shared/wait-writer.ts';
import { worker } from '../shared/worker.ts';
import { processDisputeResolution, resolutionStepSchema } from './process-dispute-resolution.ts';

const { EVENT_BUS_NAME } = environment(['EVENT_BUS_NAME']);
const tables = tableNames(['serviceRequest', 'requestStep', 'notification', 'wait', 'dispute', 'escrow']);
const dynamo = connect();

export const handler = worker(
  resolutionStepSchema,
  processDisputeResolution({
    requests: createRequestWriter({ dynamo, tables }),
    waits: createWaitWriter({ dynamo, tables }),
    emit: emitter(EVENT_BUS_NAME),
    alarm: () => {
      count('DisputesUndecided');
    },
  }),
);
