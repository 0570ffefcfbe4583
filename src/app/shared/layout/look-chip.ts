import { Component, computed, input } from '@angular/core';
import { mdiCheckCircleOutline, mdiCircleOffOutline, mdiProgressClock, mdiTimerSandEmpty } from '@mdi/js';
import { Icon } from '../icon/icon';
import type { StatusLook } from '../wording/status-words';

const ICONS: Readonly<Record<StatusLook, string>> = {
  wait: mdiTimerSandEmpty,
  go: mdiProgressClock,
  good: mdiCheckCircleOutline,
  over: mdiCircleOffOutline,
};

/** A state by word, icon and colour together: never by colour alone. */
@Component({
  selector: 'app-look-chip',
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
export class LookChip {
  readonly look = input.required<StatusLook>();
  readonly words = input.required<string>();
  protected readonly icon = computed(() => ICONS[this.look()]);
}
