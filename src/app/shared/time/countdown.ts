import { Component, computed, inject, input } from '@angular/core';
import { ServerClock } from './server-clock';
import { timeLeft } from './time-left';

const HURRY_MS = 6 * 3_600_000;

/** How long until a deadline, by the server's clock. Not a live region: a number that ticks must not be read out. */
@Component({
  selector: 'app-countdown',
  template: `<span role="timer" aria-live="off" class="number" [class.hurry]="hurry()">{{ left() }}</span>`,
  styles: `
    span {
      white-space: nowrap;
      font-weight: 600;
    }
    .hurry {
      color: var(--countdown-hurry, var(--mat-sys-error));
    }
  `,
})
export class Countdown {
  readonly #clock = inject(ServerClock);
  /** ISO 8601. */
  readonly until = input.required<string>();
  readonly #milliseconds = computed(() => Date.parse(this.until()) - this.#clock.now());
  protected readonly left = computed(() => timeLeft(this.#milliseconds()));
  protected readonly hurry = computed(() => this.#milliseconds() < HURRY_MS);
}
