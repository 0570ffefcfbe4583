import { connect } from '../shared/dynamo.ts';
import { environment, tableNames } from '../shared/environment.ts';
import { emitter } from '../shared/events.ts';
import { createRequestWriter } from '../shared/request-writer.ts';
import { submissionFacts } from '../shared/submission-facts.ts';
import { requestStepSchema, worker } from '../shared/worker.ts';
import { validateServiceRequest } from './validate-service-request.ts';

const { EVENT_BUS_NAME } = environment(['EVENT_BUS_NAME']);
const tables = tableNames([
  'serviceRequest',
  'requestStep',
  'notification',
  'service',
  'user',
  'userBalance',
]);
const dynamo = connect();

export const handler = worker(
  requestStepSchema,
  validateServiceRequest({
    requests: createRequestWriter({ dynamo, tables }),
    factsOf: (request) => submissionFacts(dynamo, tables, request),
    emit: emitter(EVENT_BUS_NAME),
  }),
);
