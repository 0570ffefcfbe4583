import { DestroyRef, Service, computed, inject, signal } from '@angular/core';

const TICK_MS = 1_000;

/**
 * The server's time, as the last answer told it. Deadlines are the server's, and a member's own clock may be
 * wrong by hours: what is left is counted from here.
 */
@Service()
export class ServerClock {
  readonly #offset = signal(0);
  readonly #tick = signal(Date.now());
  /** Milliseconds since the epoch, moving once a second. */
  readonly now = computed(() => this.#tick() + this.#offset());

  constructor() {
    const timer = setInterval(() => {
      this.#tick.set(Date.now());
    }, TICK_MS);
    inject(DestroyRef).onDestroy(() => {
      clearInterval(timer);
    });
  }

  /** @param serverNow the `now` of an answer, ISO 8601 */
  learn(serverNow: string): void {
    const told = Date.parse(serverNow);
    if (Number.isNaN(told)) return;
    const own = Date.now();
    this.#tick.set(own);
    this.#offset.set(told - own);
  }
}
