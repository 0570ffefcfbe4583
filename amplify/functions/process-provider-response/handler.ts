import * as z from 'zod/mini';
import { connect } from '../shared/dynamo.ts';
import { environment, tableNames } from '../shared/environment.ts';
import { emitter } from '../shared/events.ts';
import { createRequestWriter } from '../shared/request-writer.ts';
import { createWaitWriter } from '../shared/wait-writer.ts';
import { statusStepSchema, worker } from '../shared/worker.ts';
import { RESPONSE_STEPS, processProviderResponse } from './process-provider-response.ts';

const { EVENT_BUS_NAME } = environment(['EVENT_BUS_NAME']);
const dynamo = connect();
const tables = tableNames(['serviceRequest', 'requestStep', 'notification', 'wait']);

export const handler = worker(
  z.extend(statusStepSchema, { step: z.enum(RESPONSE_STEPS) }),
  processProviderResponse({
    requests: createRequestWriter({ dynamo, tables }),
    waits: createWaitWriter({ dynamo, tables }),
    emit: emitter(EVENT_BUS_NAME),
  }),
);
