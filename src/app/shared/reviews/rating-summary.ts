import { Component, computed, input } from '@angular/core';
import { mdiStar } from '@mdi/js';
import type { Ratings } from '../../../../domain/review';
import { Icon } from '../icon/icon';
import { averageWords } from './rating-words';

/** What many reviews come to, on one line: a star, the average, how many. */
@Component({
  selector: 'app-rating-summary',
  imports: [Icon],
  template: `
    @if (average(); as words) {
      <app-icon [path]="star" />
      <span aria-hidden="true" class="number">
        <strong>{{ words }}</strong> ({{ ratings().ratingCount }})
      </span>
      <span class="visually-hidden" i18n>
        {ratings().ratingCount, plural,
          =1 {{{ words }} of 5 stars, from 1 rating}
          other {{{ words }} of 5 stars, from {{ ratings().ratingCount }} ratings}
        }
      </span>
    } @else {
      <span class="muted" i18n>No ratings yet</span>
    }
  `,
  styles: `
    :host {
      display: inline-flex;
      gap: 4px;
      align-items: center;
      white-space: nowrap;
    }
    app-icon {
      --icon-size: 18px;

      color: var(--hb-star);
    }
    strong {
      font-weight: 650;
    }
  `,
})
export class RatingSummary {
  readonly ratings = input.required<Ratings>();
  protected readonly star = mdiStar;
  protected readonly average = computed(() => averageWords(this.ratings()));
}
