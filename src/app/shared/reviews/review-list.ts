import { Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { PagedList } from '../api/paged-list';
import type { Review } from '../api/review-client';
import { LoadFailed } from '../feedback/load-failed';
import { LoadMore } from '../feedback/load-more';
import { Skeleton } from '../feedback/skeleton';
import { Initials } from '../layout/initials';
import { MomentPipe } from '../time/moment-pipe';
import { Stars } from './stars';

/** What neighbours say of an offer or a member, newest first. */
@Component({
  selector: 'app-review-list',
  imports: [Initials, LoadFailed, LoadMore, MomentPipe, RouterLink, Skeleton, Stars],
  template: `
    @switch (list().state()) {
      @case ('loading') {
        <app-skeleton [count]="2" />
      }
      @case ('failed') {
        <app-load-failed [error]="list().error()" (retry)="list().reload()" />
      }
      @case ('ready') {
        @if (list().items().length > 0) {
          <ul>
            @for (review of list().items(); track review.id) {
              <li>
                <app-initials [name]="review.authorName" />
                <div class="what">
                  <p class="who">
                    <a [routerLink]="['/members', review.authorId]">{{ review.authorName }}</a>&ngsp;
                    @if (review.authorRole === 'REQUESTER') {
                      <span class="muted small" i18n>was helped</span>
                    } @else {
                      <span class="muted small" i18n>helped out</span>
                    }
                  </p>
                  <p class="mark">
                    <app-stars [rating]="review.rating" />&ngsp;
                    <time class="muted small number" [attr.datetime]="review.at">{{
                      review.at | moment: 'day'
                    }}</time>
                  </p>
                  @if (review.comment) {
                    <p class="comment">{{ review.comment }}</p>
                  }
                </div>
              </li>
            }
          </ul>
          <app-load-more [list]="list()" />
        } @else {
          <p class="muted">{{ none() }}</p>
        }
      }
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 16px;
    }
    li {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: 14px;
      padding-block: 16px;
      & + li {
        border-block-start: 1px solid var(--mat-sys-outline-variant);
      }
      &:first-child {
        padding-block-start: 0;
      }
    }
    .what {
      display: grid;
      gap: 4px;
    }
    .who,
    .mark {
      display: flex;
      flex-wrap: wrap;
      gap: 0 8px;
      align-items: baseline;
    }
    .mark {
      align-items: center;
    }
    a {
      color: inherit;
      font-weight: 600;
      text-decoration: none;
      &:hover {
        text-decoration: underline;
      }
    }
    .comment {
      max-inline-size: 65ch;
      white-space: pre-line;
    }
  `,
})
export class ReviewList {
  readonly list = input.required<PagedList<Review>>();
  /** What is said where there is none. */
  readonly none = input.required<string>();
}
