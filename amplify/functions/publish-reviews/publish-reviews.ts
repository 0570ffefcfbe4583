import type { Instant } from '../../../domain/instant.ts';
import { reviewHint, type Emit } from '../shared/events.ts';
import { loadRequest } from '../shared/load-request.ts';
import type { RequestWriter } from '../shared/request-writer.ts';
import type { ReviewWriter } from '../shared/review-writer.ts';
import type { RequestStep } from '../shared/worker.ts';

export interface PublicationEdges {
  readonly requests: Pick<RequestWriter, 'request'>;
  readonly reviews: Pick<ReviewWriter, 'publish'>;
  readonly emit: Emit;
}

/** What the state machine does next. */
export interface Published {
  /** 0 if nothing is sealed any more. */
  readonly waitSeconds: number;
}

/** Publishes the reviews of a request whose seal has expired. The clock only wakes: what is due stands in the rows. */
export const publishReviews =
  ({ requests, reviews, emit }: PublicationEdges) =>
  async ({ requestId }: RequestStep, now: Instant): Promise<Published> => {
    const request = await loadRequest(requests, requestId);
    const { published, waitSeconds } = await reviews.publish(request, now);
    if (published) await emit(reviewHint(request, now)); // also if an earlier try did it, and was lost before this
    return { waitSeconds };
  };
