import { parseCommand } from '../../../domain/commands.ts';
import type { Instant } from '../../../domain/instant.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { isPublished, review } from '../../../domain/review.ts';
import { reviewHint, type Emit } from '../shared/events.ts';
import type { Operation } from '../shared/refusals.ts';
import type { RequestWriter } from '../shared/request-writer.ts';
import type { ReviewWriter } from '../shared/review-writer.ts';
import type { Workflow } from '../shared/workflow.ts';
import { reviewResult } from './review-result.ts';

export interface ReviewEdges {
  readonly requests: Pick<RequestWriter, 'request'>;
  readonly reviews: Pick<ReviewWriter, 'write'>;
  /** ReviewPublicationWorkflow. */
  readonly publication: Pick<Workflow, 'start'>;
  readonly tell: Emit;
}

/** What a party says of the other after payment: sealed, unless the other one has written already. */
export const leaveReview =
  ({ requests, reviews, publication, tell }: ReviewEdges): Operation =>
  async (args, { userId }, now) => {
    const { requestId, rating, comment } = parseCommand('leaveReview', args);
    const request = await requests.request(requestId);
    if (!request) throw new Refusal('NOT_FOUND');
    const draft = review(request, userId, { rating, comment }, now);
    // Before the row is there: an execution that finds no row publishes nothing, a row without one would stay sealed.
    const written = await reviews.write(request, draft, now, () =>
      publication.start(requestId, publicationName(requestId, now)),
    );
    if (isPublished(written)) await tell(reviewHint(request, now));
    return reviewResult(written, now);
  };

/**
 * By request and day. A name cannot be used again, so if the writer died between execution and row, the execution may be
 * at its end, or beyond, when the member tries again; but never on the same day.
 */
export const publicationName = (requestId: string, now: Instant): string =>
  `${requestId}-${now.slice(0, '2026-11-24'.length)}`;
