import { Component, computed, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { PagedList } from '../api/paged-list';
import { errorWords } from '../wording/error-words';

/** The foot of a list that has more pages. */
@Component({
  selector: 'app-load-more',
  imports: [MatButton],
  template: `
    @if (failure(); as words) {
      <p class="notice bad" role="alert">{{ words }}</p>
    }
    @if (list().hasMore()) {
      <button matButton="outlined" type="button" [disabled]="list().busy()" (click)="list().loadMore()">
        @if (list().busy()) {
          <ng-container i18n>Loading…</ng-container>
        } @else {
          <ng-container i18n>Show more</ng-container>
        }
      </button>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 12px;
      justify-items: center;
      &:empty {
        display: none;
      }
    }
  `,
})
export class LoadMore {
  readonly list = input.required<PagedList<unknown>>();
  protected readonly failure = computed(() => {
    const error = this.list().error();
    return error === undefined ? undefined : errorWords(error);
  });
}
