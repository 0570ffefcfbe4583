import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

import type { Instant } from '../../../domain/instant.ts';
import type { Party } from '../../../domain/life-cycle.ts';
import { otherParty } from '../../../domain/notifications.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { RequestRecord } from '../../../domain/request.ts';
import {
  isPublished,
  isSameReview,
  planPublication,
  reviewIdOf,
  reviewNotification,
  type WrittenReview,
} from '../../../domain/review.ts';
import { ratingIncrease } from '../../../domain/totals.ts';
import { readRow } from './dynamo.ts';
import { putOnce } from './request-change.ts';
import type { Backoff } from './retry.ts';
import { MODEL, type Tables } from './tables.ts';
import { totalsItems, type TotalsTables } from './totals-items.ts';
import { settle, transact, type TransactItem } from './transaction.ts';

export interface Publication {
  /** Reviews of this request can be read, since now or since earlier. */
  readonly published: boolean;
  /** Until the seal of what is left expires; 0 where nothing is sealed. */
  readonly waitSeconds: number;
}

/**
 * Writes reviews and publishes them. A review lies where no API reaches until it is published; two that are both sealed
 * do not exist, for whoever comes second publishes both in the transaction of their own.
 */
export interface ReviewWriter {
  /** The review of one party, sealed or published. */
  written(requestId: string, author: Party): Promise<WrittenReview | undefined>;
  /**
   * Writes a review, or finds that the same one was written before. A first one is sealed, after `beforeSealing`, which
   * is to see to its publication; a second one is published together with the first. Throws `Refusal` ALREADY_ANSWERED
   * where its author wrote another one.
   */
  write(
    request: RequestRecord,
    review: WrittenReview,
    now: Instant,
    beforeSealing: () => Promise<void>,
  ): Promise<WrittenReview>;
  /** Publishes what needs to be sealed no longer, once. Harmless to repeat. */
  publish(request: RequestRecord, now: Instant): Promise<Publication>;
}

export interface ReviewEdges {
  readonly dynamo: DynamoDBDocumentClient;
  readonly tables: Pick<Tables, 'review' | 'sealedReview' | 'notification'> & TotalsTables;
  readonly backoff?: Backoff;
}

export function createReviewWriter({ dynamo, tables, backoff }: ReviewEdges): ReviewWriter {
  return {
    written,

    write: (request, review, now, beforeSealing) =>
      settle(async () => {
        const otherAuthor = otherParty(review.authorRole);
        const [own, other] = await Promise.all([
          written(request.id, review.authorRole),
          written(request.id, otherAuthor),
        ]);
        if (own) return repeated(own, review);
        if (!other) {
          await beforeSealing();
          await transact(dynamo, [
            putOnce(tables.sealedReview, { ...review }),
            absent(reviewIdOf(request.id, otherAuthor)),
          ]);
          return review;
        }
        const { publish } = planPublication([review, other], now);
        await transact(dynamo, [
          putOnce(tables.sealedReview, { ...review, publishedAt: now }),
          ...(publish.includes(other) ? [unsealed(other, now)] : []),
          ...publish.flatMap((each) => publicationItems(request, each, now)),
        ]);
        return { ...review, publishedAt: now };
      }, backoff),

    publish: (request, now) =>
      settle(async () => {
        const rows = await Promise.all([written(request.id, 'REQUESTER'), written(request.id, 'PROVIDER')]);
        const reviews = rows.filter((row) => row !== undefined);
        const { publish, waitSeconds } = planPublication(reviews, now);
        if (publish.length > 0)
          await transact(
            dynamo,
            publish.flatMap((each) => [unsealed(each, now), ...publicationItems(request, each, now)]),
          );
        return { published: publish.length > 0 || reviews.some(isPublished), waitSeconds };
      }, backoff),
  };

  async function written(requestId: string, author: Party): Promise<WrittenReview | undefined> {
    const row = await readRow(dynamo, tables.sealedReview, { id: reviewIdOf(requestId, author) });
    return row as WrittenReview | undefined; // written here alone
  }

  /** The other party has not written: else one of the two would have to publish both. */
  function absent(id: string): TransactItem {
    return {
      ConditionCheck: {
        TableName: tables.sealedReview,
        Key: { id },
        ConditionExpression: 'attribute_not_exists(id)',
      },
    };
  }

  function unsealed({ id }: WrittenReview, now: Instant): TransactItem {
    return {
      Update: {
        TableName: tables.sealedReview,
        Key: { id },
        UpdateExpression: 'SET publishedAt = :now',
        ConditionExpression: 'attribute_exists(id) AND attribute_not_exists(publishedAt)',
        ExpressionAttributeValues: { ':now': now },
      },
    };
  }

  /** Everything that a published review is, but for the mark on the row where it was sealed: counted once, or not at all. */
  function publicationItems(
    request: RequestRecord,
    review: WrittenReview,
    now: Instant,
  ): readonly TransactItem[] {
    const notification = reviewNotification(request, review, now);
    return [
      putOnce(tables.review, { __typename: MODEL.review, ...review, updatedAt: now }),
      putOnce(tables.notification, { __typename: MODEL.notification, ...notification }),
      ...totalsItems(tables, ratingIncrease(review), now),
    ];
  }
}

function repeated(own: WrittenReview, review: WrittenReview): WrittenReview {
  if (isSameReview(own, review)) return own;
  throw new Refusal('ALREADY_ANSWERED');
}
