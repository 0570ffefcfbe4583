import { parseCommand } from '../../../domain/commands.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { partyOf } from '../../../domain/request.ts';
import type { Operation } from '../shared/refusals.ts';
import type { RequestWriter } from '../shared/request-writer.ts';
import type { ReviewWriter } from '../shared/review-writer.ts';
import { reviewResult } from './review-result.ts';

export interface MyReviewEdges {
  readonly requests: Pick<RequestWriter, 'request'>;
  readonly reviews: Pick<ReviewWriter, 'written'>;
}

/** The caller's own review; the other party's is not theirs to read while it is sealed. */
export const getMyReview =
  ({ requests, reviews }: MyReviewEdges): Operation =>
  async (args, { userId }, now) => {
    const { requestId } = parseCommand('getMyReview', args);
    const request = await requests.request(requestId);
    const party = request && partyOf(request, userId);
    if (!party) throw new Refusal('NOT_FOUND');
    const written = await reviews.written(requestId, party);
    return written ? reviewResult(written, now) : null;
  };
