import { Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { mdiArrowBottomLeft, mdiArrowTopRight, mdiEqual, mdiLockClock, mdiLockOpenOutline } from '@mdi/js';
import { HoursPipe } from '../hours/hours-pipe';
import { Icon } from '../icon/icon';
import { MomentPipe } from '../time/moment-pipe';
import type { ShownEntry } from './shown-entry';

/** Everything that moved the hours of one account, newest first. */
@Component({
  selector: 'app-entry-list',
  imports: [HoursPipe, Icon, MomentPipe, RouterLink],
  template: `
    <ul class="entries">
      @for (entry of entries(); track entry.id) {
        <li>
          <span class="sign" [class]="entry.direction"><app-icon [path]="icons[entry.direction]" /></span>
          <div class="what">
            @if (entry.title && entry.requestId) {
              @if (linked()) {
                <a [routerLink]="['/requests', entry.requestId]">{{ entry.title }}</a>
              } @else {
                <p class="title">{{ entry.title }}</p>
              }
              <p class="muted small">{{ entry.words }}</p>
            } @else {
              <p class="title">{{ entry.words }}</p>
            }
            @if (entry.reason) {
              <blockquote class="small">{{ entry.reason }}</blockquote>
            }
            <time class="muted small number" [attr.datetime]="entry.at">{{ entry.at | moment }}</time>
          </div>
          <div class="number sum">
            @if (entry.direction === 'paid') {
              <!-- No sign: they left the available hours when they were set aside -->
              <span class="muted">
                {{ entry.change | hours }}
              </span>
            } @else {
              <strong [class.gain]="entry.direction === 'in' || entry.direction === 'back'">
                {{ entry.change | hours: 'signed' }}
              </strong>
            }
            <span class="muted small" i18n>{{ entry.availableAfter | hours }} available</span>
          </div>
        </li>
      }
    </ul>
  `,
  styleUrl: './entry-list.scss',
})
export class EntryList {
  readonly entries = input.required<readonly ShownEntry[]>();
  /** Whether an entry leads to its request: to a party, not to an admin. */
  readonly linked = input(true);
  protected readonly icons = {
    in: mdiArrowBottomLeft,
    out: mdiArrowTopRight,
    hold: mdiLockClock,
    back: mdiLockOpenOutline,
    paid: mdiArrowTopRight,
    none: mdiEqual,
  };
}
