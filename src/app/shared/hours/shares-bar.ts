import { Component, input } from '@angular/core';
import { HoursPipe } from './hours-pipe';

/** What one side of a division gets. */
export interface Share {
  /** "You get", "Ben gets". */
  readonly label: string;
  /** Hours. */
  readonly hours: number;
}

/** Who gets what of the hours at stake, as numbers and as lengths. */
@Component({
  selector: 'app-shares-bar',
  imports: [HoursPipe],
  template: `
    <dl class="number">
      <div>
        <dt>{{ first().label }}</dt>
        <dd>{{ first().hours | hours }}</dd>
      </div>
      <div>
        <dt>{{ second().label }}</dt>
        <dd>{{ second().hours | hours }}</dd>
      </div>
    </dl>
    <div class="bar" aria-hidden="true">
      <span class="first" [style.flex-grow]="first().hours"></span>
      <span class="second" [style.flex-grow]="second().hours"></span>
    </div>
  `,
  styles: `
    :host {
      display: grid;
      gap: 10px;
    }
    dl {
      display: flex;
      gap: 16px;
      justify-content: space-between;
    }
    dl div:last-child {
      text-align: end;
    }
    dt {
      font: var(--mat-sys-body-medium);
    }
    dd {
      font:
        700 1.375rem / 1.2 'Roboto Flex Variable',
        sans-serif;
      letter-spacing: -0.02em;
    }
    .bar {
      display: flex;
      gap: 3px;
      block-size: 10px;
      border-radius: 999px;
      overflow: hidden;
    }
    .bar span {
      flex-basis: 0;
      transition: flex-grow 150ms;
    }
    .first {
      background: var(--mat-sys-primary);
    }
    .second {
      background: var(--hb-other-share);
    }
  `,
})
export class SharesBar {
  readonly first = input.required<Share>();
  readonly second = input.required<Share>();
}
