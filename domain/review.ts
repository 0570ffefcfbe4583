import { DAY, after, secondsBetween, type Instant } from './instant.ts';
import type { Party } from './life-cycle.ts';
import { notification, otherParty, type NotificationRecord } from './notifications.ts';
import { Refusal } from './refusal.ts';
import { partyOf, type RequestRecord } from './request.ts';

/** A first review stays sealed so many seconds, unless the other party writes one too: nobody answers in kind. */
export const SEALED_FOR = 7 * DAY;

export const MIN_RATING = 1;
export const MAX_RATING = 5;
export const MAX_COMMENT = 1000;

/** A row of the model Review, once it is published. */
export interface ReviewRecord {
  /** `reviewIdOf`: each party writes one. */
  readonly id: string;
  readonly requestId: string;
  readonly serviceId: string;
  readonly authorId: string;
  readonly authorRole: Party;
  readonly subjectId: string;
  readonly rating: number;
  readonly comment?: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** A review as its author wrote it; until it is published, nobody else may read it. */
export interface WrittenReview extends ReviewRecord {
  readonly publishedAt?: Instant;
}

export const reviewIdOf = (requestId: string, author: Party): string => `${requestId}#${author}`;

/** The review of one party about the other. Throws `Refusal` NOT_FOUND to a stranger, NOT_ALLOWED_NOW before payment. */
export function review(
  request: RequestRecord,
  memberId: string,
  { rating, comment }: { readonly rating: number; readonly comment?: string | undefined },
  now: Instant,
): ReviewRecord {
  const party = partyOf(request, memberId);
  if (!party) throw new Refusal('NOT_FOUND');
  if (request.status !== 'PAID') throw new Refusal('NOT_ALLOWED_NOW');
  return {
    id: reviewIdOf(request.id, party),
    requestId: request.id,
    serviceId: request.serviceId,
    authorId: memberId,
    authorRole: party,
    subjectId: party === 'REQUESTER' ? request.providerId : request.requesterId,
    rating,
    ...(comment !== undefined && { comment }),
    createdAt: now,
    updatedAt: now,
  };
}

/** Whether an author says the same again. */
export const isSameReview = (one: ReviewRecord, other: ReviewRecord): boolean =>
  one.rating === other.rating && one.comment === other.comment;

export const isPublished = (written: WrittenReview): boolean => written.publishedAt !== undefined;

/** When a review is published at the latest. */
export const sealedUntil = ({ createdAt }: WrittenReview): Instant => after(createdAt, SEALED_FOR);

export interface PublicationPlan {
  /** The reviews whose seal is to be broken now. */
  readonly publish: readonly WrittenReview[];
  /** Until the seal of one that is left expires; 0 where nothing is sealed any more. */
  readonly waitSeconds: number;
}

/** What is to become of the reviews of one request: once both are written nothing is sealed, one alone has its time. */
export function planPublication(reviews: readonly WrittenReview[], now: Instant): PublicationPlan {
  const sealed = reviews.filter((written) => !isPublished(written));
  const publish = reviews.length > 1 ? sealed : sealed.filter((written) => sealedUntil(written) <= now);
  const waiting = sealed.filter((written) => !publish.includes(written));
  return {
    publish,
    waitSeconds: Math.max(
      0,
      ...waiting.map((written) => Math.ceil(secondsBetween(now, sealedUntil(written)))),
    ),
  };
}

/** What tells the subject of a review that it can be read. */
export function reviewNotification(
  request: RequestRecord,
  { authorRole }: Pick<ReviewRecord, 'authorRole'>,
  now: Instant,
): NotificationRecord {
  const row = notification(request, otherParty(authorRole), 'REVIEW_PUBLISHED', now);
  return { ...row, id: `${request.id}#review#${row.userId}` };
}

/** Ratings as they are kept, so that an average is never rounded twice. */
export interface Ratings {
  readonly ratingSum: number;
  readonly ratingCount: number;
}

/** The average of 1 to 5; undefined where nobody has rated yet. */
export const averageOf = ({ ratingSum, ratingCount }: Ratings): number | undefined =>
  ratingCount === 0 ? undefined : ratingSum / ratingCount;
