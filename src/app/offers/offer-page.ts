import { Component, computed, effect, inject, input, resource, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { mdiClockOutline, mdiLaptop, mdiMapMarkerOutline, mdiPencilOutline } from '@mdi/js';
import { OfferClient } from '../shared/api/offer-client';
import { PagedList } from '../shared/api/paged-list';
import { ReviewClient } from '../shared/api/review-client';
import type { Review } from '../shared/api/review-client';
import { LoadFailed } from '../shared/feedback/load-failed';
import { Skeleton } from '../shared/feedback/skeleton';
import { HoursPipe } from '../shared/hours/hours-pipe';
import { Icon } from '../shared/icon/icon';
import { Initials } from '../shared/layout/initials';
import { PageHeading } from '../shared/layout/page-heading';
import { PageTitle } from '../shared/layout/page-title';
import { RatingSummary } from '../shared/reviews/rating-summary';
import { ReviewList } from '../shared/reviews/review-list';
import { SessionStore } from '../shared/session/session-store';
import { categoryWords, placeWords } from '../shared/wording/category-words';

/** One offer, and the way to ask for it. */
@Component({
  selector: 'app-offer-page',
  imports: [
    HoursPipe,
    Icon,
    Initials,
    LoadFailed,
    MatButton,
    PageHeading,
    RatingSummary,
    ReviewList,
    RouterLink,
    Skeleton,
  ],
  templateUrl: './offer-page.html',
  styleUrl: './offer-page.scss',
})
export class OfferPage {
  readonly #client = inject(OfferClient);
  readonly #reviews = inject(ReviewClient);
  readonly #session = inject(SessionStore);
  readonly offerId = input.required<string>();

  protected readonly icons = {
    edit: mdiPencilOutline,
    online: mdiLaptop,
    inPerson: mdiMapMarkerOutline,
    rate: mdiClockOutline,
  };
  protected readonly offer = resource({
    params: () => this.offerId(),
    loader: ({ params }) => this.#client.get(params),
  });
  protected readonly reviews = new PagedList<Review>((next) => this.#reviews.ofOffer(this.offerId(), next));
  protected readonly isMine = computed(
    () => this.offer.hasValue() && this.offer.value().providerId === this.#session.member()?.id,
  );
  protected readonly categoryWords = categoryWords();
  protected readonly placeWords = placeWords();

  constructor() {
    effect(() => {
      this.offerId();
      untracked(() => void this.reviews.restart());
    });
    const title = inject(PageTitle);
    effect(() => {
      if (this.offer.hasValue()) title.name(this.offer.value().title);
    });
  }
}
