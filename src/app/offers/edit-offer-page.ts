import { Component, computed, inject, input, resource } from '@angular/core';
import { Router } from '@angular/router';
import { ApiError } from '../shared/api/api-error';
import { OfferClient } from '../shared/api/offer-client';
import type { OfferDraft } from '../shared/api/offer-client';
import { LoadFailed } from '../shared/feedback/load-failed';
import { Say } from '../shared/feedback/say';
import { Skeleton } from '../shared/feedback/skeleton';
import { PageHeading } from '../shared/layout/page-heading';
import { SessionStore } from '../shared/session/session-store';
import { OfferForm } from './offer-form';

@Component({
  selector: 'app-edit-offer-page',
  imports: [LoadFailed, OfferForm, PageHeading, Skeleton],
  template: `
    <div class="page narrow">
      <div class="stack">
        <h1 appPageHeading i18n>Edit your offer</h1>
        <p class="lead" i18n>Requests that run already keep the terms they were made with.</p>
      </div>
      @if (draft(); as written) {
        <app-offer-form submitLabel="Save" i18n-submitLabel [draft]="written" [send]="save" />
      } @else if (offer.error(); as error) {
        <app-load-failed [error]="error" (retry)="offer.reload()" />
      } @else {
        <app-skeleton shape="page" [count]="2" />
      }
    </div>
  `,
})
export class EditOfferPage {
  readonly #client = inject(OfferClient);
  readonly #session = inject(SessionStore);
  readonly #router = inject(Router);
  readonly #say = inject(Say);
  readonly offerId = input.required<string>();

  protected readonly offer = resource({
    params: () => this.offerId(),
    loader: async ({ params }) => {
      const offer = await this.#client.get(params);
      // Another member's offer would be refused when saved; better to say so before anything is written.
      if (offer.providerId !== this.#session.member()?.id) throw new ApiError('NOT_FOUND');
      return offer;
    },
  });
  protected readonly draft = computed(() => (this.offer.hasValue() ? this.offer.value() : undefined));

  protected readonly save = async (draft: OfferDraft): Promise<void> => {
    const offer = await this.#client.change(this.offerId(), draft);
    this.#say.done($localize`:@@offer.saved:“${offer.title}:title:” is saved.`);
    await this.#router.navigate(['/offers', offer.id]);
  };
}
