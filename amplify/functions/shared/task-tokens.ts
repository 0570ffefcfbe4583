import { SFNClient, SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import { count, logger } from './logger.ts';

/** The wait is over already; its row says how. */
const TOO_LATE = new Set(['TaskTimedOut', 'TaskDoesNotExist']);

/** Sends nothing but a wake-up: the row decides what it means. */
export type Wake = (token: string) => Promise<void>;

/**
 * Wakes the waiting execution. Never throws: the answer stands in the row, and the sweeper wakes again what did not wake.
 */
export function waker(states: Pick<SFNClient, 'send'> = new SFNClient({})): Wake {
  return async (taskToken) => {
    try {
      await states.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }));
    } catch (error) {
      if (error instanceof Error && TOO_LATE.has(error.name)) return;
      const fault = error instanceof Error ? error.name : 'unknown';
      logger.error('The execution was not woken', { fault });
      count('WakesFailed');
    }
  };
}
