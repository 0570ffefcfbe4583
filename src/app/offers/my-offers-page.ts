import { Component, computed, inject, resource, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { mdiPencilOutline, mdiPlus, mdiTagOutline } from '@mdi/js';
import { OfferClient } from '../shared/api/offer-client';
import type { Offer } from '../shared/api/offer-client';
import { EmptyState } from '../shared/feedback/empty-state';
import { LoadFailed } from '../shared/feedback/load-failed';
import { Say } from '../shared/feedback/say';
import { Skeleton } from '../shared/feedback/skeleton';
import { Icon } from '../shared/icon/icon';
import { PageHeading } from '../shared/layout/page-heading';
import { SessionStore } from '../shared/session/session-store';
import { categoryWords } from '../shared/wording/category-words';

/** What one offers oneself, also what is switched off. */
@Component({
  selector: 'app-my-offers-page',
  imports: [EmptyState, Icon, LoadFailed, MatButton, PageHeading, RouterLink, Skeleton],
  templateUrl: './my-offers-page.html',
  styleUrl: './my-offers-page.scss',
})
export class MyOffersPage {
  readonly #client = inject(OfferClient);
  readonly #session = inject(SessionStore);
  readonly #say = inject(Say);

  protected readonly icons = { add: mdiPlus, edit: mdiPencilOutline, none: mdiTagOutline };
  protected readonly categoryWords = categoryWords();
  protected readonly offers = resource({
    params: () => this.#session.member()?.id,
    loader: ({ params }) => this.#client.ofMember(params),
  });
  protected readonly shown = computed(() =>
    this.offers.hasValue()
      ? [...this.offers.value()].sort(
          (one, other) => Number(other.active) - Number(one.active) || one.title.localeCompare(other.title),
        )
      : undefined,
  );
  /** The offer that is being switched. */
  protected readonly switching = signal<string | undefined>(undefined);

  protected async setActive(offer: Offer, active: boolean): Promise<void> {
    this.switching.set(offer.id);
    try {
      const changed = await this.#client.change(offer.id, { active });
      this.offers.update((offers) => offers?.map((one) => (one.id === changed.id ? changed : one)));
      this.#say.done(
        active
          ? $localize`:@@offer.switchedOn:“${offer.title}:title:” can be asked for again.`
          : $localize`:@@offer.switchedOff:“${offer.title}:title:” is switched off. Requests that run go on.`,
      );
    } catch (error) {
      this.#say.failed(error);
    } finally {
      this.switching.set(undefined);
    }
  }
}
