import { Component, computed, inject } from '@angular/core';
import { mdiCloudOffOutline, mdiSync } from '@mdi/js';
import { ProgressStore } from '../shared/api/progress-store';
import { Icon } from '../shared/icon/icon';

/** Says when what is shown may be old. Silent while all is well. */
@Component({
  selector: 'app-connection-notice',
  imports: [Icon],
  template: `
    <div role="status">
      @if (offline()) {
        <p class="notice">
          <app-icon [path]="icons.offline" />
          <span i18n
            >You are offline. What you see may have changed; it catches up as soon as you are back.</span
          >
        </p>
      } @else if (lost()) {
        <p class="notice">
          <app-icon [path]="icons.lost" />
          <span i18n>The live connection was lost. Connecting again…</span>
        </p>
      }
    </div>
  `,
  styles: `
    .notice {
      align-items: center;
      max-inline-size: 928px;
      margin: 8px auto 0;
      inline-size: calc(100% - 32px);
      background: var(--hb-wait);
      color: var(--hb-on-wait);
    }
  `,
})
export class ConnectionNotice {
  readonly #connection = inject(ProgressStore).connection;
  protected readonly icons = { offline: mdiCloudOffOutline, lost: mdiSync };
  protected readonly offline = computed(() => this.#connection() === 'offline');
  protected readonly lost = computed(() => this.#connection() === 'lost');
}
