import { Component, computed, inject, input, resource } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { ApiError } from '../shared/api/api-error';
import { BalanceStore } from '../shared/api/balance-store';
import { OfferClient } from '../shared/api/offer-client';
import type { Offer } from '../shared/api/offer-client';
import { ProgressStore } from '../shared/api/progress-store';
import { RequestClient } from '../shared/api/request-client';
import type { Submission } from '../shared/api/service-request';
import { LoadFailed } from '../shared/feedback/load-failed';
import { Say } from '../shared/feedback/say';
import { Skeleton } from '../shared/feedback/skeleton';
import { formatHours } from '../shared/hours/format-hours';
import { PageHeading } from '../shared/layout/page-heading';
import { SessionStore } from '../shared/session/session-store';
import { RequestForm } from './request-form';

/** Asking for an offer: how long, at what rate, and what that will hold. */
@Component({
  selector: 'app-request-offer-page',
  imports: [LoadFailed, PageHeading, RequestForm, RouterLink, Skeleton],
  template: `
    <div class="page narrow">
      <a class="way-up" [routerLink]="['/offers', offerId()]" i18n>Back to the offer</a>
      <h1 appPageHeading i18n>Ask for it</h1>
      @if (offer.hasValue()) {
        <app-request-form [offer]="offer.value()" [available]="available()" [send]="submit" />
      } @else if (offer.error(); as error) {
        <app-load-failed [error]="error" (retry)="offer.reload()" />
      } @else {
        <app-skeleton shape="page" [count]="2" />
      }
    </div>
  `,
})
export class RequestOfferPage {
  readonly #offers = inject(OfferClient);
  readonly #requests = inject(RequestClient);
  readonly #session = inject(SessionStore);
  readonly #progress = inject(ProgressStore);
  readonly #router = inject(Router);
  readonly #say = inject(Say);
  readonly #balance = inject(BalanceStore).balance;
  readonly offerId = input.required<string>();

  protected readonly available = computed(() => this.#balance()?.available);
  protected readonly offer = resource({
    params: () => this.offerId(),
    loader: async ({ params }) => this.#askable(await this.#offers.get(params)),
  });

  protected readonly submit = async (submission: Submission): Promise<void> => {
    try {
      const request = await this.#requests.submit(submission);
      this.#progress.tell({ kind: 'REQUEST', requestId: request.id, revision: request.revision });
      this.#say.done($localize`:@@request.sent:Sent. Setting ${formatHours(request.amount)}:hours: aside.`);
      await this.#router.navigate(['/requests', request.id]);
    } catch (error) {
      // The terms that the member must see are the ones that stand now.
      if (error instanceof ApiError && error.code === 'TERMS_CHANGED') this.offer.reload();
      throw error;
    }
  };

  /** Says before anything is filled in what a submission would be refused for. */
  #askable(offer: Offer): Offer {
    if (offer.providerId === this.#session.member()?.id) throw new ApiError('OWN_OFFER');
    if (!offer.active) throw new ApiError('OFFER_UNAVAILABLE');
    return offer;
  }
}
