import { connect } from '../shared/dynamo.ts';
import { environment, tableNames } from '../shared/environment.ts';
import { emitter } from '../shared/events.ts';
import { readRequest } from '../shared/request-change.ts';
import { createReviewWriter } from '../shared/review-writer.ts';
import { requestStepSchema, worker } from '../shared/worker.ts';
import { publishReviews } from './publish-reviews.ts';

const { EVENT_BUS_NAME } = environment(['EVENT_BUS_NAME']);
const tables = tableNames([
  'serviceRequest',
  'notification',
  'review',
  'sealedReview',
  'memberStats',
  'serviceStats',
]);
const dynamo = connect();

export const handler = worker(
  requestStepSchema,
  publishReviews({
    requests: { request: (requestId) => readRequest(dynamo, tables, requestId) },
    reviews: createReviewWriter({ dynamo, tables }),
    emit: emitter(EVENT_BUS_NAME),
  }),
);
