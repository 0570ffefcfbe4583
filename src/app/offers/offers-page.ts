import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatChipsModule } from '@angular/material/chips';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { Router, RouterLink } from '@angular/router';
import { mdiMagnify, mdiPlus, mdiStorefrontOutline } from '@mdi/js';
import { CATEGORIES } from '../../../domain/offer';
import type { Category } from '../../../domain/offer';
import { OfferClient } from '../shared/api/offer-client';
import type { Offer } from '../shared/api/offer-client';
import { PagedList } from '../shared/api/paged-list';
import { EmptyState } from '../shared/feedback/empty-state';
import { LoadFailed } from '../shared/feedback/load-failed';
import { LoadMore } from '../shared/feedback/load-more';
import { Skeleton } from '../shared/feedback/skeleton';
import { Icon } from '../shared/icon/icon';
import { PageHeading } from '../shared/layout/page-heading';
import { categoryWords } from '../shared/wording/category-words';
import { OfferCard } from './offer-card';

/** The choice of no category in particular. */
const EVERYTHING = 'EVERYTHING';

/** What the neighbours offer. Search and category live in the address, so that "back" finds them again. */
@Component({
  selector: 'app-offers-page',
  imports: [
    EmptyState,
    Icon,
    LoadFailed,
    LoadMore,
    MatButton,
    MatChipsModule,
    MatFormFieldModule,
    MatInput,
    OfferCard,
    PageHeading,
    RouterLink,
    Skeleton,
  ],
  templateUrl: './offers-page.html',
  styleUrl: './offers-page.scss',
})
export class OffersPage {
  readonly #client = inject(OfferClient);
  readonly #router = inject(Router);
  /** Of the query: what is searched for. */
  readonly q = input<string>();
  /** Of the query: the only category shown. */
  readonly category = input<string>();

  protected readonly icons = { search: mdiMagnify, add: mdiPlus, none: mdiStorefrontOutline };
  protected readonly categories = CATEGORIES;
  protected readonly everything = EVERYTHING;
  protected readonly categoryWords = categoryWords();
  protected readonly text = computed(() => this.q() ?? '');
  protected readonly chosen = computed(() => CATEGORIES.find((name) => name === this.category()));
  protected readonly searching = computed(() => this.text() !== '' || this.chosen() !== undefined);
  protected readonly offers = new PagedList<Offer>((next) =>
    this.#client.browse({ text: this.text(), category: this.chosen() }, next),
  );

  constructor() {
    // The list pages, which a resource does not; it begins anew when the address asks for something else.
    effect(() => {
      this.text();
      this.chosen();
      untracked(() => void this.offers.restart());
    });
  }

  protected async search(text: string): Promise<void> {
    await this.#show({ q: text.trim() === '' ? null : text.trim() });
  }

  /** @param choice nothing if the chosen chip was pressed again */
  protected async choose(choice: Category | typeof EVERYTHING | undefined): Promise<void> {
    await this.#show({ category: choice === undefined || choice === EVERYTHING ? null : choice });
  }

  async #show(queryParams: Readonly<Record<string, string | null>>): Promise<void> {
    await this.#router.navigate([], { queryParams, queryParamsHandling: 'merge', replaceUrl: true });
  }
}
