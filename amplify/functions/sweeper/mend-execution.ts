import type { Instant } from '../../../domain/instant.ts';
import type { Execution } from '../shared/executions.ts';
import { redriveOf } from './redrives.ts';
import type { Mended } from './mend-request.ts';

export interface ExecutionEdges {
  readonly execution: (executionArn: string) => Promise<Execution | undefined>;
  /** Takes an execution up again where it failed; `attempt` makes a repeat harmless. */
  readonly redrive: (executionArn: string, attempt: number) => Promise<void>;
}

const IN_ORDER = new Set(['RUNNING', 'PENDING_REDRIVE', 'SUCCEEDED']);

/**
 * Takes up an execution that carries no request: an adjustment, a welcome, a check of the books, a seal of reviews. Every
 * step of it may run again, and none leaves hours between two accounts; so after the last redrive it waits for an operator.
 */
export const mendExecution =
  ({ execution, redrive }: ExecutionEdges) =>
  async (executionArn: string, now: Instant): Promise<Mended> => {
    const found = await execution(executionArn);
    if (!found || IN_ORDER.has(found.status ?? '')) return 'NOTHING';
    const redriving = redriveOf(found, now);
    switch (redriving.todo) {
      case 'WAIT':
        return 'NOTHING';
      case 'GIVE_UP':
        return 'PARKED';
      case 'REDRIVE':
        await redrive(executionArn, redriving.attempt);
        return 'REDRIVEN';
    }
  };
