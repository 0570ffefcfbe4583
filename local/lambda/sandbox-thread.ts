import { parentPort, workerData } from 'node:worker_threads';
import { loadHandler, type Handler } from './load-handler.ts';
import { moveDate } from './moved-date.ts';
import type { FunctionError, InvocationMessage, SandboxData, SandboxMessage } from './sandbox-messages.ts';

// The thread of one sandbox: loads a function's code once, then runs its handler for each message.

const { clockOffset, codeDirectory, handler } = workerData as SandboxData; // written by Sandbox
const offset = new Float64Array(clockOffset);
const realNow = Date.now.bind(Date);
moveDate(() => offset[0] ?? 0);

function say(message: SandboxMessage): void {
  parentPort?.postMessage(message);
}

/** Source: how the Node.js runtime interface client words errors. */
function describe(error: unknown): FunctionError {
  return error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };
}

async function invoke(run: Handler, { event, context, deadline }: InvocationMessage): Promise<void> {
  try {
    const getRemainingTimeInMillis = () => Math.max(0, deadline - realNow());
    const value = await run(JSON.parse(event), {
      ...context,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis,
    });
    // In an array, because what has no JSON text (nothing, a function) is null there, and so it is in Lambda.
    say({ kind: 'result', payload: JSON.stringify([value]).slice(1, -1) });
  } catch (error) {
    say({ kind: 'error', error: describe(error) });
  }
}

try {
  const run = await loadHandler(codeDirectory, handler);
  parentPort?.on('message', (message: InvocationMessage) => void invoke(run, message));
  say({ kind: 'ready' });
} catch (error) {
  say({ kind: 'error', error: describe(error) });
}
