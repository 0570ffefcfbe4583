import { ApiError } from '../app/shared/api/api-error';
import type { Message, MessageClient, NewMessage } from '../app/shared/api/message-client';
import type { Page } from '../app/shared/api/page';
import type { NewReview, OwnReview, Review, ReviewClient } from '../app/shared/api/review-client';
import type { MemberStats, StatsClient } from '../app/shared/api/stats-client';
import { pageOf } from './face';
import type { Face } from './face';
import { ADA, NOW, memberStats, ownReview } from './samples';

const FEW = 3;

/** The messages of one request, oldest first, read a few at a time. */
export class FakeMessages implements Face<MessageClient> {
  messages: Message[] = [];
  failure: ApiError | undefined;
  /** What the next messages are refused with. */
  refusal: ApiError | undefined;
  /** Messages wait here until `arrive`, if they are to. */
  slow = false;
  pageSize = FEW;
  readonly posted: NewMessage[] = [];
  #arrivals: (() => void)[] = [];

  list(_requestId: string, next?: string): Promise<Page<Message>> {
    return this.failure
      ? Promise.reject(this.failure)
      : Promise.resolve(pageOf(this.messages.toReversed(), this.pageSize, next));
  }
  async post(message: NewMessage): Promise<Message> {
    this.posted.push(message);
    if (this.slow) await new Promise<void>((arrive) => this.#arrivals.push(arrive));
    if (this.refusal) throw this.refusal;
    const told = { id: message.messageId, authorId: ADA, text: message.text, at: NOW };
    if (!this.messages.some(({ id }) => id === told.id)) this.messages.push(told);
    return told;
  }

  arrive(): void {
    for (const arrive of this.#arrivals.splice(0)) arrive();
  }
}

export class FakeReviews implements Face<ReviewClient> {
  own: OwnReview | undefined;
  /** Of the request, the offer and the member alike, newest first. */
  reviews: Review[] = [];
  failure: ApiError | undefined;
  refusal: ApiError | undefined;
  readonly left: NewReview[] = [];

  mine(): Promise<OwnReview | undefined> {
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(this.own);
  }
  ofRequest(): Promise<readonly Review[]> {
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(this.reviews);
  }
  ofOffer(_id: string, next?: string): Promise<Page<Review>> {
    return this.#page(next);
  }
  ofMember(_id: string, next?: string): Promise<Page<Review>> {
    return this.#page(next);
  }
  leave(review: NewReview): Promise<OwnReview> {
    this.left.push(review);
    if (this.refusal) return Promise.reject(this.refusal);
    const { rating, comment } = review;
    this.own = ownReview({ rating, comment, published: this.reviews.length > 0 });
    return Promise.resolve(this.own);
  }

  #page(next: string | undefined): Promise<Page<Review>> {
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(pageOf(this.reviews, FEW, next));
  }
}

export class FakeStats implements Face<StatsClient> {
  stats: MemberStats = memberStats();

  ofMember(): Promise<MemberStats> {
    return Promise.resolve(this.stats);
  }
  ofOffers(): ReturnType<StatsClient['ofOffers']> {
    return Promise.resolve(new Map());
  }
}
