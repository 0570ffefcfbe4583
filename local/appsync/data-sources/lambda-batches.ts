import { DataSourceError } from './data-source-error.ts';

interface Waiting {
  readonly payload: unknown;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** Puts the invocations of one request that ask for `BatchInvoke` at the same time into one call of the function. */
export class LambdaBatches {
  private readonly open = new Map<string, Waiting[]>();

  /** `size` 0 means as many as there are. Resolves to this payload's own result. */
  add(
    caller: string,
    size: number,
    payload: unknown,
    invoke: (payloads: readonly unknown[]) => Promise<unknown>,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const batch = this.open.get(caller) ?? this.start(caller, invoke);
      batch.push({ payload, resolve, reject });
      if (size > 0 && batch.length >= size) this.open.delete(caller);
    });
  }

  /** A batch is sent once everything that is ready now has joined it. */
  private start(caller: string, invoke: (payloads: readonly unknown[]) => Promise<unknown>): Waiting[] {
    const batch: Waiting[] = [];
    this.open.set(caller, batch);
    setImmediate(() => {
      if (this.open.get(caller) === batch) this.open.delete(caller);
      void send(batch, invoke);
    });
    return batch;
  }
}

async function send(batch: readonly Waiting[], invoke: (payloads: readonly unknown[]) => Promise<unknown>) {
  try {
    const results = await invoke(batch.map(({ payload }) => payload));
    if (!Array.isArray(results) || results.length !== batch.length)
      throw new DataSourceError(
        'Lambda:IllegalArgument',
        `BatchInvoke wants ${batch.length} results, one for each payload`,
      );
    for (const [index, waiting] of batch.entries()) waiting.resolve(results[index] ?? null);
  } catch (error) {
    for (const waiting of batch) waiting.reject(error);
  }
}
