import { randomUUID } from 'node:crypto';
import { connect } from '../shared/dynamo.ts';
import { environment, tableNames } from '../shared/environment.ts';
import { emitter, quietly } from '../shared/events.ts';
import { createMessageWriter } from '../shared/message-writer.ts';
import type { Operation } from '../shared/refusals.ts';
import { readRequest } from '../shared/request-change.ts';
import { createReviewWriter } from '../shared/review-writer.ts';
import { workflowAt } from '../shared/workflow.ts';
import { getMyReview } from './get-my-review.ts';
import { leaveReview } from './leave-review.ts';
import { postMessage } from './post-message.ts';

/** What the parties of a request say to and of each other, wired to this function's environment. Throws as `environment` does. */
export function conversationCommands(dynamo = connect()) {
  const env = environment(['EVENT_BUS_NAME', 'REVIEW_PUBLICATION_WORKFLOW_ARN']);
  const tables = tableNames([
    'serviceRequest',
    'notification',
    'message',
    'review',
    'sealedReview',
    'memberStats',
    'serviceStats',
  ]);
  const edges = {
    requests: { request: (requestId: string) => readRequest(dynamo, tables, requestId) },
    messages: createMessageWriter({ dynamo, tables }),
    reviews: createReviewWriter({ dynamo, tables }),
    publication: workflowAt(env.REVIEW_PUBLICATION_WORKFLOW_ARN),
    tell: quietly(emitter(env.EVENT_BUS_NAME)),
    newId: randomUUID,
  };
  return {
    postMessage: postMessage(edges),
    leaveReview: leaveReview(edges),
    getMyReview: getMyReview(edges),
  } satisfies Record<string, Operation>;
}
