import { Service, inject } from '@angular/core';
import type { Party } from '../../../../domain/life-cycle';
import { ServerClock } from '../time/server-clock';
import { GraphClient } from './graph-client';
import { MemberNames } from './member-names';
import { firstFilledPage } from './page';
import type { Page } from './page';

/** What one party of a paid request says of the other, for everybody to read. */
export interface Review {
  readonly id: string;
  readonly authorId: string;
  readonly authorName: string;
  readonly authorRole: Party;
  /** 1 to 5. */
  readonly rating: number;
  readonly comment: string;
  readonly at: string;
}

/** A member's own review, which others may not see yet. */
export interface OwnReview {
  readonly rating: number;
  readonly comment: string;
  readonly published: boolean;
  /** When it is published at the latest. */
  readonly publishedBy: string | undefined;
}

export interface NewReview {
  readonly requestId: string;
  readonly rating: number;
  readonly comment: string;
}

const PAGE_SIZE = 10;
const FIELDS = ['id', 'authorId', 'authorRole', 'rating', 'comment', 'createdAt'] as const;
/** What a provider says of who asked says nothing of the offer. */
const OF_OFFER = { authorRole: { eq: 'REQUESTER' } } as const;

interface ReviewRow {
  readonly id: string;
  readonly authorId: string;
  readonly authorRole: Party;
  readonly rating: number;
  readonly comment: string | null;
  readonly createdAt: string;
}

interface OwnRow {
  readonly rating: number;
  readonly comment?: string | null;
  readonly published: boolean;
  readonly publishedBy?: string | null;
  readonly now: string;
}

@Service()
export class ReviewClient {
  readonly #graph = inject(GraphClient);
  readonly #clock = inject(ServerClock);
  readonly #names = inject(MemberNames);

  /** The caller's review of a request, sealed or not; nothing if there is none. @throws ApiError */
  async mine(requestId: string): Promise<OwnReview | undefined> {
    const row = await this.#graph.run((client) => client.queries.getMyReview({ requestId }));
    return row ? this.#toOwn(row) : undefined;
  }

  /** What may be read of a request: nothing, one review, or both. @throws ApiError */
  async ofRequest(requestId: string): Promise<readonly Review[]> {
    const { items } = await this.#graph.page((client) =>
      client.models.Review.reviewsByRequest({ requestId }, { selectionSet: FIELDS }),
    );
    return await this.#named(items);
  }

  /** What is said of an offer, newest first. @throws ApiError */
  async ofOffer(serviceId: string, next?: string): Promise<Page<Review>> {
    return await this.#page(
      (options) =>
        this.#graph.page((client) =>
          client.models.Review.reviewsByService({ serviceId }, { ...options, filter: OF_OFFER }),
        ),
      next,
    );
  }

  /** What is said of a member, newest first. @throws ApiError */
  async ofMember(subjectId: string, next?: string): Promise<Page<Review>> {
    return await this.#page(
      (options) =>
        this.#graph.page((client) => client.models.Review.reviewsBySubject({ subjectId }, options)),
      next,
    );
  }

  /** @throws ApiError with the refusal's code */
  async leave({ comment, ...review }: NewReview): Promise<OwnReview> {
    return this.#toOwn(
      await this.#graph.runFor((client) =>
        client.mutations.leaveReview({ ...review, comment: comment === '' ? null : comment }),
      ),
    );
  }

  async #page(
    read: (options: ReturnType<typeof newestFirst>) => Promise<Page<ReviewRow>>,
    next: string | undefined,
  ): Promise<Page<Review>> {
    const page = await firstFilledPage((from) => read(newestFirst(from)), next);
    return { ...page, items: await this.#named(page.items) };
  }

  async #named(rows: readonly ReviewRow[]): Promise<readonly Review[]> {
    return await Promise.all(
      rows.map(async ({ createdAt, ...row }) => ({
        ...row,
        authorName: await this.#names.of(row.authorId),
        comment: row.comment ?? '',
        at: createdAt,
      })),
    );
  }

  #toOwn({ rating, comment, published, publishedBy, now }: OwnRow): OwnReview {
    this.#clock.learn(now);
    return { rating, comment: comment ?? '', published, publishedBy: publishedBy ?? undefined };
  }
}

const newestFirst = (next: string | undefined) =>
  ({ limit: PAGE_SIZE, nextToken: next ?? null, sortDirection: 'DESC', selectionSet: FIELDS }) as const;
