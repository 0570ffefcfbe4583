import { Component, inject } from '@angular/core';
import { Router } from '@angular/router';
import { OfferClient } from '../shared/api/offer-client';
import type { OfferDraft } from '../shared/api/offer-client';
import { Say } from '../shared/feedback/say';
import { PageHeading } from '../shared/layout/page-heading';
import { OfferForm } from './offer-form';

@Component({
  selector: 'app-publish-offer-page',
  imports: [OfferForm, PageHeading],
  template: `
    <div class="page narrow">
      <div class="stack">
        <h1 appPageHeading i18n>Offer a service</h1>
        <p class="lead" i18n>What do you like doing for others? It need not be your profession.</p>
      </div>
      <app-offer-form submitLabel="Publish" i18n-submitLabel [send]="publish" />
    </div>
  `,
})
export class PublishOfferPage {
  readonly #client = inject(OfferClient);
  readonly #router = inject(Router);
  readonly #say = inject(Say);

  protected readonly publish = async (draft: OfferDraft): Promise<void> => {
    const offer = await this.#client.publish(draft);
    this.#say.done(
      $localize`:@@offer.published:“${offer.title}:title:” is published. Your neighbours can ask for it.`,
    );
    await this.#router.navigate(['/offers', offer.id]);
  };
}
