import { Component } from '@angular/core';

/** The mark and the name. */
@Component({
  selector: 'app-brand',
  template: `
    <svg viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <rect width="48" height="48" rx="14" class="ground" />
      <path d="M24 9a15 15 0 1 0 15 15" class="line ring" />
      <path d="M24 16v8.5l6 4" class="line" />
      <circle cx="35.5" cy="12.5" r="4" class="dot" />
    </svg>
    <span translate="no">{{ name }}</span>
  `,
  styles: `
    :host {
      display: inline-flex;
      gap: 10px;
      align-items: center;
      font:
        700 1.25rem / 1 'Roboto Flex Variable',
        sans-serif;
      letter-spacing: -0.02em;
    }
    svg {
      inline-size: 32px;
      block-size: 32px;
    }
    .ground {
      fill: #1c6871;
    }
    .line {
      fill: none;
      stroke: #fff8f3;
      stroke-width: 4.5;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
    .dot {
      fill: #ffb877;
    }
  `,
})
export class Brand {
  protected readonly name = 'HourBank';
}
