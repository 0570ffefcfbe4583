import { Component, computed, inject, input } from '@angular/core';
import { mdiAlertOutline, mdiClockOutline } from '@mdi/js';
import type { Dispute } from '../shared/api/dispute';
import { Icon } from '../shared/icon/icon';
import { ServerClock } from '../shared/time/server-clock';
import { timeLeft } from '../shared/time/time-left';
import { ageOf, latenessOf } from './dispute-age';

/** How long a dispute has waited for a decision, and whether that is too long. */
@Component({
  selector: 'app-age-chip',
  imports: [Icon],
  template: `
    <app-icon [path]="late() === 'NONE' ? icons.clock : icons.alert" />
    <span class="number">
      @switch (late()) {
        @case ('NONE') {
          <ng-container i18n>open for {{ age() }}</ng-container>
        }
        @case ('LATE') {
          <ng-container i18n>over 24 h: open for {{ age() }}</ng-container>
        }
        @case ('VERY_LATE') {
          <ng-container i18n>over 48 h: open for {{ age() }}</ng-container>
        }
      }
    </span>
  `,
  styles: `
    :host {
      display: inline-flex;
      gap: 6px;
      align-items: center;
      font:
        550 0.8125rem / 1.25rem 'Roboto Flex Variable',
        sans-serif;
      --icon-size: 16px;
    }
    :host(.LATE),
    :host(.VERY_LATE) {
      padding: 4px 12px 4px 8px;
      border-radius: 999px;
    }
    :host(.LATE) {
      background: var(--hb-wait);
      color: var(--hb-on-wait);
    }
    :host(.VERY_LATE) {
      background: var(--mat-sys-error-container);
      color: var(--mat-sys-on-error-container);
    }
  `,
  host: { '[class]': 'late()' },
})
export class AgeChip {
  readonly #clock = inject(ServerClock);
  readonly dispute = input.required<Dispute>();
  protected readonly icons = { clock: mdiClockOutline, alert: mdiAlertOutline };
  protected readonly age = computed(() => timeLeft(ageOf(this.dispute(), this.#clock.now())));
  protected readonly late = computed(() => latenessOf(this.dispute(), this.#clock.now()));
}
