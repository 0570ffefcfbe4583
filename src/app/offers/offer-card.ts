import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { mdiLaptop, mdiMapMarkerOutline } from '@mdi/js';
import type { Offer } from '../shared/api/offer-client';
import { HoursPipe } from '../shared/hours/hours-pipe';
import { Icon } from '../shared/icon/icon';
import { RatingSummary } from '../shared/reviews/rating-summary';
import { SessionStore } from '../shared/session/session-store';
import { CATEGORY_ICONS } from '../shared/wording/category-icons';
import { categoryWords, placeWords } from '../shared/wording/category-words';

/** One offer among others; the whole card leads to it. */
@Component({
  selector: 'app-offer-card',
  imports: [HoursPipe, Icon, RatingSummary, RouterLink],
  template: `
    <p class="category">
      <app-icon [path]="categoryIcon()" />
      <span>{{ categoryWord() }}</span>
      <app-rating-summary [ratings]="offer().ratings" />
    </p>
    <h2>
      <a class="cover" [routerLink]="['/offers', offer().id]">{{ offer().title }}</a>
    </h2>
    <p class="description">{{ offer().description }}</p>
    <p class="foot">
      @if (isMine()) {
        <span class="who" i18n>Your offer</span>
      } @else {
        <span class="who">{{ offer().providerName }}</span>
      }
      <span class="where"><app-icon [path]="placeIcon()" />{{ placeWord() }}</span>
      @if (offer().rate !== 1) {
        <span class="rate number" i18n>{{ offer().rate | hours }} an hour</span>
      }
    </p>
  `,
  styleUrl: './offer-card.scss',
  host: { class: 'card card-link' },
})
export class OfferCard {
  readonly #session = inject(SessionStore);
  readonly offer = input.required<Offer>();
  protected readonly isMine = computed(() => this.offer().providerId === this.#session.member()?.id);
  protected readonly categoryIcon = computed(() => CATEGORY_ICONS[this.offer().category]);
  protected readonly categoryWord = computed(() => categoryWords()[this.offer().category]);
  protected readonly placeWord = computed(() => placeWords()[this.offer().place]);
  protected readonly placeIcon = computed(() =>
    this.offer().place === 'ONLINE' ? mdiLaptop : mdiMapMarkerOutline,
  );
}
