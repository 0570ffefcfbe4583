/** Where a worker is held up: before it runs, or when it has run and its state machine has not heard yet. */
export type GateSide = 'BEFORE' | 'AFTER';

/** Holds up what comes by until it is opened. */
export class Gate {
  private side: GateSide | undefined;
  private readonly held = new Set<() => void>();
  private readonly onHeld: () => void;

  /** `onHeld` hears whenever somebody has to wait. */
  constructor(onHeld: () => void) {
    this.onHeld = onHeld;
  }

  close(side: GateSide): void {
    this.side = side;
  }

  open(): void {
    this.side = undefined;
    for (const letGo of this.held) letGo();
    this.held.clear();
  }

  /** How many are held up. */
  get waiting(): number {
    return this.held.size;
  }

  /** Resolves at once unless the gate is closed on this side. */
  pass(side: GateSide): Promise<void> {
    if (this.side !== side) return Promise.resolve();
    return new Promise((resolve) => {
      this.held.add(resolve);
      this.onHeld();
    });
  }
}
