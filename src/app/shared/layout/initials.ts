import { Component, computed, input } from '@angular/core';

/** A member's initials on a disc, always beside the name. */
@Component({
  selector: 'app-initials',
  template: '{{ initials() }}',
  styles: `
    :host {
      display: inline-grid;
      flex: none;
      place-items: center;
      inline-size: 40px;
      block-size: 40px;
      border-radius: 50%;
      background: var(--mat-sys-secondary-container);
      color: var(--mat-sys-on-secondary-container);
      font:
        600 0.9375rem / 1 'Roboto Flex Variable',
        sans-serif;
      user-select: none;
    }
  `,
  host: { 'aria-hidden': 'true', translate: 'no' },
})
export class Initials {
  readonly name = input.required<string>();
  protected readonly initials = computed(() => {
    const words = this.name().trim().split(/\s+/);
    const first = words.at(0)?.at(0) ?? '';
    const last = words.length > 1 ? (words.at(-1)?.at(0) ?? '') : '';
    return (first + last).toUpperCase();
  });
}
