import { Component, computed, input } from '@angular/core';
import { mdiCheckCircleOutline, mdiCircleOffOutline, mdiProgressClock, mdiTimerSandEmpty } from '@mdi/js';
import type { Status } from '../../../domain/life-cycle';
import { Icon } from '../shared/icon/icon';
import { statusLook, statusWords } from '../shared/wording/status-words';

const ICONS = {
  wait: mdiTimerSandEmpty,
  go: mdiProgressClock,
  good: mdiCheckCircleOutline,
  over: mdiCircleOffOutline,
} as const;

/** A status by word, icon and colour together: never by colour alone. */
@Component({
  selector: 'app-status-chip',
  imports: [Icon],
  template: '<app-icon [path]="icon()" />{{ words() }}',
  styles: `
    :host {
      display: inline-flex;
      gap: 6px;
      align-items: center;
      padding: 4px 12px 4px 8px;
      border-radius: 999px;
      font:
        600 0.8125rem / 1.25rem 'Roboto Flex Variable',
        sans-serif;
      white-space: nowrap;
    }
    app-icon {
      inline-size: 16px;
      block-size: 16px;
    }
    :host(.wait) {
      background: var(--hb-wait);
      color: var(--hb-on-wait);
    }
    :host(.go) {
      background: var(--hb-go);
      color: var(--hb-on-go);
    }
    :host(.good) {
      background: var(--hb-good);
      color: var(--hb-on-good);
    }
    :host(.over) {
      background: var(--hb-over);
      color: var(--hb-on-over);
    }
  `,
  host: { '[class]': 'look()' },
})
export class StatusChip {
  readonly status = input.required<Status>();
  protected readonly words = computed(() => statusWords(this.status()));
  protected readonly look = computed(() => statusLook(this.status()));
  protected readonly icon = computed(() => ICONS[this.look()]);
}
