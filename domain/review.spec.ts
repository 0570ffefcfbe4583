import { describe, expect, it } from 'vitest';

import { DAY, after } from './instant.ts';
import { STATUSES } from './life-cycle.ts';
import {
  SEALED_FOR,
  averageOf,
  isPublished,
  isSameReview,
  planPublication,
  review,
  reviewIdOf,
  reviewNotification,
  sealedUntil,
} from './review.ts';
import { NOW, PROVIDER_ID, REQUESTER_ID, REQUEST_ID, STRANGER_ID, sampleRequest } from './samples.ts';

const request = sampleRequest({ status: 'PAID', revision: 8 });
const said = { rating: 5, comment: 'Patient' };
const ofRequester = review(request, REQUESTER_ID, said, NOW);
const ofProvider = review(request, PROVIDER_ID, { rating: 4 }, after(NOW, DAY));

describe('a review', () => {
  it('is of one party about the other', () => {
    expect(ofRequester).toEqual({
      id: `${REQUEST_ID}#REQUESTER`,
      requestId: REQUEST_ID,
      serviceId: 'offer-1',
      authorId: REQUESTER_ID,
      authorRole: 'REQUESTER',
      subjectId: PROVIDER_ID,
      rating: 5,
      comment: 'Patient',
      createdAt: NOW,
      updatedAt: NOW,
    });
    expect(ofProvider).toMatchObject({ authorRole: 'PROVIDER', subjectId: REQUESTER_ID });
    expect(ofProvider.id).toBe(reviewIdOf(REQUEST_ID, 'PROVIDER'));
    expect(ofProvider).not.toHaveProperty('comment');
  });

  it('of a stranger is refused, as if there were no request', () => {
    expect(() => review(request, STRANGER_ID, said, NOW)).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    );
  });

  it.each(STATUSES.filter((status) => status !== 'PAID'))('is refused of a request that is %s', (status) => {
    expect(() => review({ ...request, status }, REQUESTER_ID, said, NOW)).toThrow(
      expect.objectContaining({ code: 'NOT_ALLOWED_NOW' }),
    );
  });

  it('is the same again whenever it comes, and another one with another rating or comment', () => {
    const again = (words: { rating: number; comment?: string }) =>
      review(request, REQUESTER_ID, words, after(NOW, 60));
    expect(isSameReview(ofRequester, again(said))).toBe(true);
    expect(isSameReview(ofRequester, again({ ...said, rating: 4 }))).toBe(false);
    expect(isSameReview(ofRequester, again({ ...said, comment: 'Late' }))).toBe(false);
    expect(isSameReview(ofRequester, again({ rating: 5 }))).toBe(false);
  });
});

describe('a seal', () => {
  const expiry = sealedUntil(ofRequester);
  const published = { ...ofRequester, publishedAt: expiry };

  it('lasts seven days', () => {
    expect(SEALED_FOR).toBe(7 * 24 * 60 * 60);
    expect(expiry).toBe(after(NOW, SEALED_FOR));
  });

  it('holds while only one party has written, and tells how long it has to go', () => {
    expect(planPublication([ofRequester], NOW)).toEqual({ publish: [], waitSeconds: SEALED_FOR });
    expect(planPublication([ofRequester], after(expiry, -0.5))).toEqual({ publish: [], waitSeconds: 1 });
  });

  it('is broken when it expires', () => {
    expect(planPublication([ofRequester], expiry)).toEqual({ publish: [ofRequester], waitSeconds: 0 });
  });

  it('is broken when both have written, however soon', () => {
    const both = [ofRequester, ofProvider];
    expect(planPublication(both, after(NOW, DAY))).toEqual({ publish: both, waitSeconds: 0 });
  });

  it('is not put on a second review once the first is published', () => {
    expect(planPublication([published, ofProvider], expiry)).toEqual({
      publish: [ofProvider],
      waitSeconds: 0,
    });
  });

  it('is broken once', () => {
    expect(planPublication([published], after(expiry, DAY))).toEqual({ publish: [], waitSeconds: 0 });
    expect(planPublication([], NOW)).toEqual({ publish: [], waitSeconds: 0 });
    expect([ofRequester, published].map(isPublished)).toEqual([false, true]);
  });
});

describe('the notification of a review', () => {
  it('goes to its subject, once', () => {
    expect(reviewNotification(request, ofRequester, NOW)).toMatchObject({
      id: `${REQUEST_ID}#review#${PROVIDER_ID}`,
      userId: PROVIDER_ID,
      kind: 'REVIEW_PUBLISHED',
      requestId: REQUEST_ID,
      parameters: { title: 'Guitar lessons', otherId: REQUESTER_ID },
      createdAt: NOW,
    });
    expect(reviewNotification(request, ofProvider, NOW).userId).toBe(REQUESTER_ID);
  });
});

describe('the average', () => {
  it('is of all ratings, and none where nobody has rated', () => {
    expect(averageOf({ ratingSum: 9, ratingCount: 2 })).toBe(4.5);
    expect(averageOf({ ratingSum: 0, ratingCount: 0 })).toBeUndefined();
  });
});
