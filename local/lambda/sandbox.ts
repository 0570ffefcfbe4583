import { Worker } from 'node:worker_threads';
import type { FunctionDefinition } from './function-definition.ts';
import type { FunctionError, InvocationMessage, SandboxData, SandboxMessage } from './sandbox-messages.ts';

/** What an invocation came to; `payload` is JSON text. */
export type Outcome =
  | { readonly kind: 'result'; readonly payload: string }
  | { readonly kind: 'error'; readonly error: FunctionError };

export interface SandboxOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly clockOffset: SharedArrayBuffer;
  readonly logStream: string;
  /** Takes what the function writes to its standard output and error. */
  readonly log: (text: string) => void;
}

/** Milliseconds that loading the code may take. Lambda gives 10 s; a busy laptop is slower than Lambda. */
const INIT_TIMEOUT = 60_000;

/** One thread with a function's code loaded, which runs one invocation at a time. */
export class Sandbox {
  private readonly definition: FunctionDefinition;
  private readonly options: SandboxOptions;
  private readonly worker: Worker;
  /** Resolves with the error when the code cannot be loaded. */
  private readonly loaded: Promise<FunctionError | undefined>;
  private settle: ((outcome: Outcome) => void) | undefined;
  private dead = false;

  constructor(definition: FunctionDefinition, options: SandboxOptions) {
    this.definition = definition;
    this.options = options;
    const data: SandboxData = {
      clockOffset: options.clockOffset,
      codeDirectory: definition.codeDirectory,
      handler: definition.handler,
    };
    this.worker = new Worker(new URL('sandbox-thread.ts', import.meta.url), {
      workerData: data,
      env: options.environment,
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: definition.memory },
    });
    this.worker.stdout.setEncoding('utf8').on('data', options.log);
    this.worker.stderr.setEncoding('utf8').on('data', options.log);
    this.loaded = this.load();
  }

  /** Whether it can take another invocation. */
  get isAlive(): boolean {
    return !this.dead;
  }

  /** Runs the handler. Never rejects: whatever goes wrong is an outcome. */
  async invoke(event: string, requestId: string): Promise<Outcome> {
    const failure = await this.loaded;
    if (failure) {
      await this.terminate();
      return { kind: 'error', error: failure };
    }
    const { definition } = this;
    const message: InvocationMessage = {
      event,
      deadline: Date.now() + definition.timeout,
      context: {
        functionName: definition.name,
        functionVersion: '$LATEST',
        invokedFunctionArn: definition.arn,
        memoryLimitInMB: String(definition.memory),
        awsRequestId: requestId,
        logGroupName: definition.logging.group,
        logStreamName: this.options.logStream,
      },
    };
    const outcome = this.nextOutcome(definition.timeout, `RequestId: ${requestId} `);
    this.worker.postMessage(message);
    return outcome;
  }

  async terminate(): Promise<void> {
    this.dead = true;
    await this.worker.terminate();
  }

  private load(): Promise<FunctionError | undefined> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        finish({ errorType: 'Sandbox.Timedout', errorMessage: 'The code did not load in time' });
      }, INIT_TIMEOUT);
      const finish = (error?: FunctionError) => {
        clearTimeout(timer);
        resolve(error);
      };
      this.worker.on('message', (message: SandboxMessage) => {
        if (message.kind === 'ready') finish();
        else if (this.settle) this.settle(message);
        else if (message.kind === 'error') finish(message.error);
      });
      this.worker.once('error', (error: unknown) => {
        this.fail(describeCrash(error), finish);
      });
      this.worker.once('exit', (code) => {
        const errorMessage = `Error: Runtime exited with error: exit status ${code}`;
        this.fail({ errorType: 'Runtime.ExitError', errorMessage }, finish);
      });
    });
  }

  private fail(error: FunctionError, finish: (error: FunctionError) => void): void {
    this.dead = true;
    finish(error);
    this.settle?.({ kind: 'error', error });
  }

  private nextOutcome(timeout: number, prefix: string): Promise<Outcome> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        const errorMessage = `${prefix}Error: Task timed out after ${(timeout / 1000).toFixed(2)} seconds`;
        this.settle?.({ kind: 'error', error: { errorType: 'Sandbox.Timedout', errorMessage } });
        void this.terminate();
      }, timeout);
      this.settle = (outcome) => {
        clearTimeout(timer);
        this.settle = undefined;
        resolve(outcome);
      };
      if (this.dead)
        this.settle({
          kind: 'error',
          error: { errorType: 'Runtime.ExitError', errorMessage: `${prefix}Error: Runtime exited` },
        });
    });
  }
}

/** An error that no handler caught: of a timer, of a promise nobody awaits, or the end of the memory. */
function describeCrash(error: unknown): FunctionError {
  if (!(error instanceof Error)) return { errorType: 'Runtime.ExitError', errorMessage: String(error) };
  const outOfMemory = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
  return {
    errorType: outOfMemory ? 'Runtime.OutOfMemory' : error.name,
    errorMessage: error.message,
    trace: error.stack?.split('\n') ?? [],
  };
}
