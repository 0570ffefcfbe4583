import type { Instant } from '../../../domain/instant.ts';
import { isPublished, sealedUntil, type WrittenReview } from '../../../domain/review.ts';

/** A review as its author sees it, and the server's time. */
export function reviewResult(review: WrittenReview, now: Instant) {
  const published = isPublished(review);
  return {
    requestId: review.requestId,
    rating: review.rating,
    comment: review.comment ?? null,
    published,
    publishedBy: published ? null : sealedUntil(review),
    createdAt: review.createdAt,
    now,
  };
}
