import type { Clock } from '../../local/clock/clock.ts';

interface Sleeper {
  readonly time: number;
  wake(): void;
}

/** A clock that stands still until it is moved, so that nothing happens between two steps of a test. */
export class StillClock implements Clock {
  private time: number;
  private readonly sleepers = new Set<Sleeper>();

  /** Epoch milliseconds. */
  constructor(time: number) {
    this.time = time;
  }

  now(): number {
    return this.time;
  }

  instant(): string {
    return new Date(this.time).toISOString();
  }

  /** Moves to a later time (epoch milliseconds) and wakes whoever waited for it, the earliest first. */
  moveTo(time: number): void {
    if (time < this.time) throw new RangeError('A clock only moves forward');
    this.time = time;
    for (const sleeper of [...this.sleepers].sort((a, b) => a.time - b.time))
      if (sleeper.time <= time) sleeper.wake();
  }

  until(time: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const leave = () => {
        this.sleepers.delete(sleeper);
        signal?.removeEventListener('abort', abort);
      };
      const abort = () => {
        leave();
        reject(signal?.reason as Error);
      };
      const sleeper: Sleeper = {
        time,
        wake: () => {
          leave();
          resolve();
        },
      };
      signal?.addEventListener('abort', abort, { once: true });
      if (time <= this.time) sleeper.wake();
      else this.sleepers.add(sleeper);
    });
  }

  onMove(): () => void {
    return () => undefined;
  }
}
