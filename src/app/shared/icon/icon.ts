import { Component, input } from '@angular/core';

/** A drawn icon from `@mdi/js`, always beside words that say the same: screen readers skip it. */
@Component({
  selector: 'app-icon',
  template: `<svg viewBox="0 0 24 24" focusable="false"><path [attr.d]="path()" /></svg>`,
  styles: `
    :host {
      display: inline-flex;
      flex: none;
      inline-size: var(--icon-size, 24px);
      block-size: var(--icon-size, 24px);
      vertical-align: middle;
    }
    svg {
      inline-size: 100%;
      block-size: 100%;
      fill: currentcolor;
    }
  `,
  host: { 'aria-hidden': 'true' },
})
export class Icon {
  /** A path of `@mdi/js`. */
  readonly path = input.required<string>();
}
