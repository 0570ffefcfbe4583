import { Component, computed, input } from '@angular/core';
import { mdiLockOpenOutline, mdiLockOutline, mdiPlusMinusVariant } from '@mdi/js';
import type { AdminAction } from '../shared/api/account-client';
import { Icon } from '../shared/icon/icon';
import { MomentPipe } from '../shared/time/moment-pipe';
import { actionWords, refusalWords } from './action-words';

/** What admins did to one account, newest first, each with its reason. */
@Component({
  selector: 'app-action-list',
  imports: [Icon, MomentPipe],
  template: `
    <ul>
      @for (action of shown(); track action.id) {
        <li>
          <span class="sign"><app-icon [path]="action.icon" /></span>
          <div>
            <p class="what number">
              <strong>{{ action.words }}</strong>
              @if (action.status === 'REQUESTED') {
                <span class="mark wait" i18n>on its way</span>
              } @else if (action.status === 'REFUSED') {
                <span class="mark over" i18n>not done</span>
              }
              @if (action.allowBelowZero) {
                <span class="mark over" i18n>below zero allowed</span>
              }
            </p>
            <p class="reason">{{ action.reason }}</p>
            @if (action.refused; as words) {
              <p class="small refused">{{ words }}</p>
            }
            <p class="muted small">
              @if (action.adminName; as name) {
                <span i18n>{{ name }}, {{ action.at | moment }}</span>
              } @else {
                <span i18n>The check of the books, {{ action.at | moment }}</span>
              }
            </p>
          </div>
        </li>
      }
    </ul>
  `,
  styleUrl: './action-list.scss',
})
export class ActionList {
  readonly actions = input.required<readonly AdminAction[]>();
  protected readonly shown = computed(() =>
    this.actions().map((action) => ({
      ...action,
      words: actionWords(action),
      refused: action.status === 'REFUSED' ? refusalWords(action.refusal) : undefined,
      icon: ICONS[action.kind],
    })),
  );
}

const ICONS = { ADJUSTMENT: mdiPlusMinusVariant, LOCK: mdiLockOutline, UNLOCK: mdiLockOpenOutline } as const;
