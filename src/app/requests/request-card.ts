import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { mdiArrowBottomLeft, mdiArrowTopRight } from '@mdi/js';
import { HoursPipe } from '../shared/hours/hours-pipe';
import { Icon } from '../shared/icon/icon';
import { Countdown } from '../shared/time/countdown';
import { MomentPipe } from '../shared/time/moment-pipe';
import { nowWords } from './now-words';
import type { RequestView } from './request-view';
import { StatusChip } from './status-chip';

/** One request among others: what, with whom, how many hours, and whose move it is. */
@Component({
  selector: 'app-request-card',
  imports: [Countdown, HoursPipe, Icon, MomentPipe, RouterLink, StatusChip],
  template: `
    @let request = view().request;
    <div class="top">
      <app-status-chip [status]="request.status" />
      <strong class="number hours">{{ request.amount | hours }}</strong>
    </div>
    <h3>
      <a class="cover" [routerLink]="['/requests', request.id]">{{ request.serviceTitle }}</a>
    </h3>
    <p class="who muted small">
      @if (view().viewer === 'REQUESTER') {
        <app-icon [path]="icons.asked" /><span i18n>You asked {{ view().otherName }}</span>
      } @else {
        <app-icon [path]="icons.askedOfMe" /><span i18n>{{ view().otherName }} asked you</span>
      }
    </p>
    @if (view().ended) {
      <p class="small muted number">{{ request.updatedAt | moment: 'day' }}</p>
    } @else {
      <p class="now">{{ now() }}</p>
      @if (request.expiresAt && !request.pendingEvent) {
        <p class="small">
          <ng-container i18n>Time left:</ng-container>
          {{ ' ' }}
          <app-countdown [until]="request.expiresAt" />
        </p>
      }
    }
  `,
  styles: `
    :host {
      gap: 6px;
      padding: 18px 20px;
    }
    :host(.mine) {
      border-inline-start: 6px solid var(--mat-sys-tertiary);
    }
    .top,
    .who {
      display: flex;
      gap: 8px;
      align-items: center;
    }
    .top {
      justify-content: space-between;
      margin-block-end: 4px;
    }
    h3 {
      font:
        620 1.0625rem / 1.35 'Roboto Flex Variable',
        sans-serif;
    }
    .hours {
      font-size: 1.125rem;
    }
    .now {
      font: var(--mat-sys-body-medium);
    }
  `,
  host: { class: 'card card-link', '[class.mine]': 'view().needsMe' },
})
export class RequestCard {
  readonly view = input.required<RequestView>();
  protected readonly icons = { asked: mdiArrowTopRight, askedOfMe: mdiArrowBottomLeft };
  protected readonly now = computed(() => nowWords(this.view()));
}
