import { Component, computed, input } from '@angular/core';
import { mdiStar, mdiStarOutline } from '@mdi/js';
import { MAX_RATING } from '../../../../domain/review';
import { Icon } from '../icon/icon';

/** One rating as five stars. */
@Component({
  selector: 'app-stars',
  imports: [Icon],
  template: `
    @for (icon of icons(); track $index) {
      <app-icon [path]="icon" />
    }
    <span class="visually-hidden" i18n>{{ rating() }} of 5 stars</span>
  `,
  styles: `
    :host {
      --icon-size: 18px;

      display: inline-flex;
      color: var(--hb-star);
    }
  `,
})
export class Stars {
  /** 1 to 5. */
  readonly rating = input.required<number>();
  protected readonly icons = computed(() =>
    Array.from({ length: MAX_RATING }, (_, index) => (index < this.rating() ? mdiStar : mdiStarOutline)),
  );
}
