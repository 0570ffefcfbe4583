import { Service, inject } from '@angular/core';
import type { Category, Place } from '../../../../domain/offer';
import type { Ratings } from '../../../../domain/review';
import { GraphClient } from './graph-client';
import { MemberNames } from './member-names';
import { holdsWords } from './offer-search';
import { everyPage, firstFilledPage } from './page';
import type { Page } from './page';
import { NO_RATINGS, StatsClient } from './stats-client';

/** What a member offers to the others. */
export interface Offer {
  readonly id: string;
  readonly providerId: string;
  readonly providerName: string;
  readonly title: string;
  readonly description: string;
  readonly category: Category;
  /** Hours credited per hour worked. */
  readonly rate: number;
  readonly place: Place;
  readonly active: boolean;
  /** By those who asked for it. */
  readonly ratings: Ratings;
}

/** What a provider writes. */
export type OfferDraft = Pick<Offer, 'title' | 'description' | 'category' | 'rate' | 'place'>;

export interface OfferSearch {
  readonly category: Category | undefined;
  /** Words that the title or the description holds. */
  readonly text: string;
}

const FIELDS = ['id', 'providerId', 'title', 'description', 'category', 'rate', 'place', 'active'] as const;

/** Rows read at a time; the inactive ones among them are left out, and in a search those that do not match. */
const PAGE_SIZE = 24;
const SEARCH_SIZE = 100;

interface OfferRow extends Omit<Offer, 'providerId' | 'providerName' | 'ratings'> {
  readonly providerId: string | null;
}

@Service()
export class OfferClient {
  readonly #graph = inject(GraphClient);
  readonly #names = inject(MemberNames);
  readonly #stats = inject(StatsClient);

  /** Active offers, a page at a time. @throws ApiError */
  async browse(search: OfferSearch, next?: string): Promise<Page<Offer>> {
    const page = await firstFilledPage((from) => this.#browsePage(search, from), next);
    return { ...page, items: await this.#complete(page.items) };
  }

  /** Every offer of one member, with the ones that are no longer active. @throws ApiError */
  async ofMember(providerId: string): Promise<readonly Offer[]> {
    const rows = await everyPage((nextToken) =>
      this.#graph.page<OfferRow>((client) =>
        client.models.Service.servicesByProvider(
          { providerId },
          { selectionSet: FIELDS, limit: SEARCH_SIZE, nextToken: nextToken ?? null },
        ),
      ),
    );
    return await this.#complete(rows);
  }

  /** @throws ApiError NOT_FOUND */
  async get(id: string): Promise<Offer> {
    return await this.#completeOne(
      await this.#graph.runFor((client) => client.models.Service.get({ id }, { selectionSet: FIELDS })),
    );
  }

  /** @throws ApiError */
  async publish(draft: OfferDraft): Promise<Offer> {
    return await this.#completeOne(
      await this.#graph.runFor((client) =>
        client.models.Service.create({ ...draft, active: true }, { selectionSet: FIELDS }),
      ),
    );
  }

  /** @throws ApiError */
  async change(id: string, change: Partial<OfferDraft & Pick<Offer, 'active'>>): Promise<Offer> {
    return await this.#completeOne(
      await this.#graph.runFor((client) =>
        client.models.Service.update({ id, ...change }, { selectionSet: FIELDS }),
      ),
    );
  }

  async #browsePage({ category, text }: OfferSearch, next: string | undefined): Promise<Page<OfferRow>> {
    const options = {
      filter: { active: { eq: true } },
      selectionSet: FIELDS,
      limit: text.trim() === '' ? PAGE_SIZE : SEARCH_SIZE,
      nextToken: next ?? null,
    };
    const page = await this.#graph.page<OfferRow>((client) =>
      category === undefined
        ? client.models.Service.list(options)
        : client.models.Service.servicesByCategory({ category }, options),
    );
    return { ...page, items: page.items.filter((row) => holdsWords(row, text)) };
  }

  async #completeOne(row: OfferRow): Promise<Offer> {
    return await this.#toOffer(row, this.#ratingsOf([row]));
  }

  async #complete(rows: readonly OfferRow[]): Promise<readonly Offer[]> {
    const ratings = this.#ratingsOf(rows);
    return await Promise.all(rows.map((row) => this.#toOffer(row, ratings)));
  }

  async #toOffer(row: OfferRow, ratings: Promise<ReadonlyMap<string, Ratings>>): Promise<Offer> {
    const providerId = row.providerId ?? '';
    const [providerName, rated] = await Promise.all([this.#names.of(providerId), ratings]);
    return { ...row, providerId, providerName, ratings: rated.get(row.id) ?? NO_RATINGS };
  }

  /** Nothing where they cannot be read, for ratings alone must not fail a page. */
  async #ratingsOf(rows: readonly OfferRow[]): Promise<ReadonlyMap<string, Ratings>> {
    try {
      return await this.#stats.ofOffers(rows.map(({ id }) => id));
    } catch {
      return new Map();
    }
  }
}
