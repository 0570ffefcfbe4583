import { Component, computed, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { mdiScaleBalance } from '@mdi/js';
import { Icon } from '../shared/icon/icon';
import type { RequestView } from './request-view';

/** That there is or was a dispute about a request, and the way to its page. */
@Component({
  selector: 'app-dispute-note',
  imports: [Icon, MatButton, RouterLink],
  template: `
    <div class="notice" [class.running]="running()">
      <app-icon [path]="icon" />
      <div>
        <p>
          <strong>{{ heading() }}</strong>
        </p>
        @if (reason(); as words) {
          <p class="reason">{{ words }}</p>
        }
      </div>
      <a [matButton]="running() ? 'filled' : 'text'" [routerLink]="['/disputes', view().request.disputeId]">
        <ng-container i18n>See the dispute</ng-container>
      </a>
    </div>
  `,
  styles: `
    .notice {
      flex-wrap: wrap;
      align-items: center;
    }
    .notice > div {
      flex: 1 1 200px;
    }
    .running {
      background: var(--hb-wait);
      color: var(--hb-on-wait);
    }
    .reason {
      overflow-wrap: anywhere;
    }
  `,
})
export class DisputeNote {
  readonly view = input.required<RequestView>();
  protected readonly icon = mdiScaleBalance;
  protected readonly running = computed(() => this.view().request.status === 'DISPUTED');
  protected readonly reason = computed(() => this.view().dispute?.reason);
  protected readonly heading = computed(() => {
    const { dispute, viewer, otherName: other } = this.view();
    if (!this.running()) return $localize`:@@disputeNote.over:There was a dispute about this`;
    if (!dispute) return $localize`:@@disputeNote.running:There is a dispute about this`;
    return dispute.openedByRole === viewer
      ? $localize`:@@disputeNote.mine:You opened a dispute`
      : $localize`:@@disputeNote.other:${other}:name: opened a dispute`;
  });
}
