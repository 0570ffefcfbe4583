import { Component, computed, inject, resource } from '@angular/core';
import { mdiAlertOutline, mdiCheckDecagramOutline } from '@mdi/js';
import { BooksClient } from '../shared/api/books-client';
import { reloadOn } from '../shared/api/reload-on';
import { Icon } from '../shared/icon/icon';
import { MomentPipe } from '../shared/time/moment-pipe';

/** Whether the books of the whole bank balance, when that was seen, and what it means. Silent where it is not known. */
@Component({
  selector: 'app-books-line',
  imports: [Icon, MomentPipe],
  template: `
    @if (check(); as last) {
      <details class="unfold">
        <summary>
          <app-icon [path]="icon()" [class.bad]="!balanced()" />
          <span>
            @if (balanced()) {
              <strong i18n>The books balance</strong>
            } @else {
              <strong i18n>
                {last.mismatches, plural,
                  =1 {One account does not agree}
                  other {{{ last.mismatches }} accounts do not agree}
                }
              </strong>
            }
            {{ ' ' }}
            <span class="muted number" i18n>checked {{ last.finishedAt ?? last.startedAt | moment }}</span>
          </span>
        </summary>
        <div class="muted">
          <p i18n>
            Every day HourBank adds up everybody’s history anew. In each account the hours must be what its
            history comes to, and what is set aside must be what open requests hold. Taken all together, not a
            quarter of an hour may have been made or lost on the way.
          </p>
          @if (balanced()) {
            <p i18n>
              {last.accountsChecked, plural,
                =1 {The last time, the one account agreed.}
                other {The last time, all {{ last.accountsChecked }} accounts agreed.}
              }
            </p>
          } @else {
            <p i18n>
              An account that does not agree is locked, and an admin finds out why. Until then nobody can lose
              hours by it, and nothing is corrected in silence.
            </p>
          }
        </div>
      </details>
    }
  `,
  styleUrl: './books-line.scss',
})
export class BooksLine {
  readonly #client = inject(BooksClient);
  readonly #last = resource({ loader: () => this.#client.lastCheck() });
  protected readonly check = computed(() => (this.#last.hasValue() ? this.#last.value() : undefined));
  protected readonly balanced = computed(() => this.check()?.status === 'BALANCED');
  protected readonly icon = computed(() => (this.balanced() ? mdiCheckDecagramOutline : mdiAlertOutline));

  constructor() {
    // No hint tells members of a check: what they see is as of their last news of anything.
    reloadOn(
      () => true,
      () => this.#last.reload(),
    );
  }
}
