import { Component, input } from '@angular/core';
import { Icon } from '../icon/icon';

/** Nothing here yet: what would be here, and the next step to take (as content). */
@Component({
  selector: 'app-empty-state',
  imports: [Icon],
  template: `
    <app-icon [path]="icon()" />
    <h2>{{ heading() }}</h2>
    <p class="lead">{{ text() }}</p>
    <div class="row"><ng-content /></div>
  `,
  styles: `
    :host {
      display: grid;
      justify-items: center;
      gap: 12px;
      padding: 48px 24px;
      border: 1px dashed var(--mat-sys-outline-variant);
      border-radius: var(--mat-sys-corner-large);
      text-align: center;
    }
    app-icon {
      inline-size: 56px;
      block-size: 56px;
      padding: 14px;
      border-radius: 50%;
      background: var(--mat-sys-secondary-container);
      color: var(--mat-sys-on-secondary-container);
    }
    .row {
      justify-content: center;
    }
  `,
})
export class EmptyState {
  readonly icon = input.required<string>();
  readonly heading = input.required<string>();
  readonly text = input.required<string>();
}
