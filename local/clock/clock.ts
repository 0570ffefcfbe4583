/** The time of the embedded AWS. All times are epoch milliseconds. */
export interface Clock {
  now(): number;
  /** Resolves once `now()` has reached `time`; rejects with the signal's reason when aborted first. */
  until(time: number, signal?: AbortSignal): Promise<void>;
  /** Calls `listener` with the new offset to real time (milliseconds) whenever the clock is moved; returns how to stop. */
  onMove(listener: (offset: number) => void): () => void;
}

interface Sleeper {
  readonly time: number;
  wake(): void;
}

/** Node fires a longer timer at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Real time plus an offset that only grows, so that everything which waits for it can be moved at once. */
export class MovableClock implements Clock {
  private readonly sleepers = new Set<Sleeper>();
  private readonly listeners = new Set<(offset: number) => void>();
  private timer: NodeJS.Timeout | undefined;
  /** Time of the first sleeper: a later one need not disturb it. */
  private next = Infinity;
  private shift: number;

  constructor(offset = 0) {
    this.shift = offset;
  }

  /** Milliseconds that this clock is ahead of real time. */
  get offset(): number {
    return this.shift;
  }

  now(): number {
    return Date.now() + this.shift;
  }

  /** Moves the clock forward. Throws RangeError for a negative or non-finite number of milliseconds. */
  advance(milliseconds: number): void {
    if (!(milliseconds >= 0 && Number.isFinite(milliseconds)))
      throw new RangeError('A clock only moves forward');
    this.shift += milliseconds;
    for (const listener of this.listeners) listener(this.shift);
    this.wakeDue();
  }

  until(time: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const sleeper: Sleeper = {
        time,
        wake: () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        },
      };
      const abort = () => {
        this.sleepers.delete(sleeper);
        if (this.sleepers.size === 0) this.wakeDue(); // a timer for nobody would keep the process alive
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.sleepers.add(sleeper);
      if (time <= this.now() || time < this.next) this.wakeDue();
    });
  }

  onMove(listener: (offset: number) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private wakeDue(): void {
    clearTimeout(this.timer);
    const now = this.now();
    this.next = Infinity;
    for (const sleeper of [...this.sleepers].sort((a, b) => a.time - b.time)) {
      if (sleeper.time > now) {
        this.next = sleeper.time;
        break;
      }
      this.sleepers.delete(sleeper);
      sleeper.wake();
    }
    if (this.next < Infinity)
      this.timer = setTimeout(
        () => {
          this.wakeDue();
        },
        Math.min(this.next - now, LONGEST_TIMER),
      );
  }
}
