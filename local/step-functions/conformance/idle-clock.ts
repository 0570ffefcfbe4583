import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../clock/clock.ts';

interface Sleeper {
  readonly time: number;
  wake(): void;
}

/** Turns of the event loop without a new wait, after which nothing is taken to happen but by the clock. */
const QUIET_TURNS = 5;

/** A clock that jumps to the next wait whenever nothing else goes on, so that a year takes no time. */
export class IdleClock implements Clock {
  private time = Date.now();
  private readonly sleepers = new Set<Sleeper>();
  private waits = 0;
  private watching = false;

  now(): number {
    return this.time;
  }

  onMove(): () => void {
    return () => undefined;
  }

  until(time: number, signal?: AbortSignal): Promise<void> {
    this.waits += 1;
    return new Promise((resolve, reject) => {
      const abort = () => {
        this.sleepers.delete(sleeper);
        reject(signal?.reason as Error);
      };
      const sleeper: Sleeper = {
        time,
        wake: () => {
          signal?.removeEventListener('abort', abort);
          this.sleepers.delete(sleeper);
          resolve();
        },
      };
      if (signal?.aborted) {
        abort();
        return;
      }
      signal?.addEventListener('abort', abort, { once: true });
      this.sleepers.add(sleeper);
      if (!this.watching) void this.watch();
    });
  }

  private async watch(): Promise<void> {
    this.watching = true;
    while (this.sleepers.size > 0) {
      await this.quiet();
      const [next] = [...this.sleepers].sort((a, b) => a.time - b.time);
      if (!next) continue;
      this.time = Math.max(this.time, next.time);
      next.wake();
    }
    this.watching = false;
  }

  private async quiet(): Promise<void> {
    for (let turns = 0, waits = this.waits; turns < QUIET_TURNS; turns++) {
      await setImmediate();
      if (waits === this.waits) continue;
      waits = this.waits;
      turns = -1;
    }
  }
}
