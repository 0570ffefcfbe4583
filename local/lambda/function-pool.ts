import type { Outcome, Sandbox } from './sandbox.ts';

/** As many sandboxes of one function as are busy at the same time, up to `limit`; idle ones end after a while. */
export class FunctionPool {
  private readonly start: () => Sandbox;
  private readonly limit: number;
  /** Milliseconds. */
  private readonly idleTime: number;
  private readonly sandboxes = new Set<Sandbox>();
  private readonly idle = new Map<Sandbox, NodeJS.Timeout>();
  private readonly waiting: ((sandbox: Sandbox) => void)[] = [];
  private stopped = false;

  constructor(start: () => Sandbox, limit: number, idleTime: number) {
    this.start = start;
    this.limit = limit;
    this.idleTime = idleTime;
  }

  get size(): number {
    return this.sandboxes.size;
  }

  /**
   * Runs an invocation; waits for a sandbox where all are busy (Lambda would throttle, at a thousand). `onStart` is told
   * which one it runs in.
   */
  async invoke(
    event: string,
    requestId: string,
    onStart: (sandbox: Sandbox) => void = () => undefined,
  ): Promise<Outcome> {
    const sandbox = await this.acquire();
    onStart(sandbox);
    const outcome = await sandbox.invoke(event, requestId);
    this.release(sandbox);
    return outcome;
  }

  /** Cuts off what runs; what still waits for a sandbox is never answered. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const timer of this.idle.values()) clearTimeout(timer);
    await Promise.all([...this.sandboxes].map((sandbox) => sandbox.terminate()));
  }

  private acquire(): Sandbox | Promise<Sandbox> {
    for (const [sandbox, timer] of this.idle) {
      this.idle.delete(sandbox);
      clearTimeout(timer);
      if (sandbox.isAlive) return sandbox;
      this.sandboxes.delete(sandbox);
    }
    if (this.sandboxes.size < this.limit) return this.add();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private add(): Sandbox {
    const sandbox = this.start();
    this.sandboxes.add(sandbox);
    return sandbox;
  }

  private release(sandbox: Sandbox): void {
    if (this.stopped) return;
    if (!sandbox.isAlive) this.sandboxes.delete(sandbox);
    const next = this.waiting.shift();
    if (next) next(sandbox.isAlive ? sandbox : this.add());
    else if (sandbox.isAlive) this.idle.set(sandbox, this.endLater(sandbox));
  }

  private endLater(sandbox: Sandbox): NodeJS.Timeout {
    return setTimeout(() => {
      this.idle.delete(sandbox);
      this.sandboxes.delete(sandbox);
      void sandbox.terminate();
    }, this.idleTime).unref();
  }
}
