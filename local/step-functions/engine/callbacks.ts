import { randomBytes } from 'node:crypto';
import { AwsServiceError } from '../../gateway/aws-service.ts';
import type { Journal } from '../journal/journal.ts';
import type { CallbackOutcome, TaskProgress } from './frame.ts';
import type { Thread } from './thread.ts';

interface OpenCallback {
  readonly thread: Thread;
  readonly task: TaskProgress;
  readonly settled: () => void;
}

const TOKEN_BYTES = 96;
const TOKEN = /^[\w-]{128}$/;

/** The task tokens that are waited for. An outcome is durable before its sender hears of it. */
export class Callbacks {
  private readonly open = new Map<string, OpenCallback>();
  private readonly journal: Journal;
  private readonly now: () => number;

  constructor(journal: Journal, now: () => number) {
    this.journal = journal;
    this.now = now;
  }

  /** 768 random bits: a token cannot be guessed. */
  newToken(): string {
    return randomBytes(TOKEN_BYTES).toString('base64url');
  }

  /** Resolves with the outcome that SendTaskSuccess or SendTaskFailure brings; closes the token when it ends or is aborted. */
  outcome(token: string, thread: Thread, task: TaskProgress, signal: AbortSignal): Promise<CallbackOutcome> {
    return new Promise((resolve, reject) => {
      const close = () => {
        this.open.delete(token);
        signal.removeEventListener('abort', abort);
      };
      const abort = () => {
        close();
        reject(signal.reason as Error);
      };
      if (signal.aborted) {
        abort();
        return;
      }
      const settled = () => {
        if (!task.outcome) return;
        close();
        resolve(task.outcome);
      };
      signal.addEventListener('abort', abort, { once: true });
      this.open.set(token, { thread, task, settled });
      settled();
    });
  }

  /** ARN of the state machine whose execution waits for a token; undefined if none does. */
  machineOf(token: string): string | undefined {
    return this.open.get(token)?.thread.execution.machine.arn;
  }

  /** Throws AwsServiceError `TaskTimedOut`, `TaskDoesNotExist` or `InvalidToken`. */
  async settle(token: string, outcome: CallbackOutcome): Promise<void> {
    const { thread, task, settled } = this.find(token);
    task.outcome = outcome;
    thread.save();
    this.open.delete(token);
    await this.journal.durable();
    settled();
  }

  /** Throws as `settle`. */
  async heartbeat(token: string): Promise<void> {
    const { thread, task } = this.find(token);
    task.heartbeatAt = this.now();
    thread.save();
    await this.journal.durable();
  }

  private find(token: string): OpenCallback {
    const callback = this.open.get(token);
    if (callback) return callback;
    if (!TOKEN.test(token)) throw new AwsServiceError('InvalidToken', "Invalid Token: 'Invalid token'");
    if (this.journal.hasToken(token))
      throw new AwsServiceError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
    throw new AwsServiceError('TaskDoesNotExist', "Task does not exist: 'Provided task does not exist'");
  }
}
