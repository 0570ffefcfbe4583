import { Service, inject } from '@angular/core';
import type { Category, Place } from '../../../../domain/offer';
import { GraphClient } from './graph-client';
import { MemberNames } from './member-names';
import { holdsWords } from './offer-search';
import { everyPage, firstFilledPage } from './page';
import type { Page } from './page';

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

interface OfferRow extends Omit<Offer, 'providerId' | 'providerName'> {
  readonly providerId: string | null;
}

@Service()
export class OfferClient {
  readonly #graph = inject(GraphClient);
  readonly #names = inject(MemberNames);

  /** Active offers, a page at a time. @throws ApiError */
  async browse(search: OfferSearch, next?: string): Promise<Page<Offer>> {
    const page = await firstFilledPage((from) => this.#browsePage(search, from), next);
    return { ...page, items: await this.#named(page.items) };
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
    return await this.#named(rows);
  }

  /** @throws ApiError NOT_FOUND */
  async get(id: string): Promise<Offer> {
    return await this.#withName(
      await this.#graph.runFor((client) => client.models.Service.get({ id }, { selectionSet: FIELDS })),
    );
  }

  /** @throws ApiError */
  async publish(draft: OfferDraft): Promise<Offer> {
    return await this.#withName(
      await this.#graph.runFor((client) =>
        client.models.Service.create({ ...draft, active: true }, { selectionSet: FIELDS }),
      ),
    );
  }

  /** @throws ApiError */
  async change(id: string, change: Partial<OfferDraft & Pick<Offer, 'active'>>): Promise<Offer> {
    return await this.#withName(
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

  async #named(rows: readonly OfferRow[]): Promise<readonly Offer[]> {
    return await Promise.all(rows.map((row) => this.#withName(row)));
  }

  async #withName(row: OfferRow): Promise<Offer> {
    const providerId = row.providerId ?? '';
    return { ...row, providerId, providerName: await this.#names.of(providerId) };
  }
}
