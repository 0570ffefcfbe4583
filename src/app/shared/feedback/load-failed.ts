import { Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { mdiAlertCircleOutline, mdiCloudOffOutline, mdiRefresh } from '@mdi/js';
import { isOffline } from '../api/api-error';
import { Icon } from '../icon/icon';
import { errorWords } from '../wording/error-words';

/** What could not be read, why, and the way to try again. Offline has a face of its own. */
@Component({
  selector: 'app-load-failed',
  imports: [MatButton, Icon],
  template: `
    <div class="notice" role="alert" [class.bad]="!offline()">
      <app-icon [path]="offline() ? icons.offline : icons.failed" />
      <div class="stack">
        <p>{{ words() }}</p>
        <button matButton="outlined" type="button" (click)="retry.emit()">
          <app-icon matButtonIcon [path]="icons.retry" />
          <ng-container i18n>Try again</ng-container>
        </button>
      </div>
    </div>
  `,
  styles: `
    .stack {
      gap: 12px;
      justify-items: start;
    }
    .bad button {
      color: inherit;
      border-color: currentcolor;
    }
  `,
})
export class LoadFailed {
  readonly error = input.required<unknown>();
  readonly retry = output();
  protected readonly icons = {
    failed: mdiAlertCircleOutline,
    offline: mdiCloudOffOutline,
    retry: mdiRefresh,
  };
  protected readonly offline = computed(() => isOffline(this.error()));
  protected readonly words = computed(() =>
    this.offline()
      ? $localize`:@@load.offline:You are offline. This cannot be shown until you are connected again.`
      : errorWords(this.error()),
  );
}
