import type { Instant } from '../../../domain/instant.ts';
import { isTerminal } from '../../../domain/life-cycle.ts';
import type { RequestRecord } from '../../../domain/request.ts';
import { paymentIsDecided } from '../../../domain/status-change.ts';
import type { Execution } from '../shared/executions.ts';
import type { Wake } from '../shared/task-tokens.ts';
import type { WaitRow } from '../shared/wait-writer.ts';
import type { Workflow } from '../shared/workflow.ts';
import { redriveOf } from './redrives.ts';

/** What was done for a request, or an execution without one. `PARKED`: nothing more may be done, an operator is called. */
export type Mended = 'NOTHING' | 'WOKEN' | 'STARTED' | 'REDRIVEN' | 'COMPENSATED' | 'PAYING' | 'PARKED';

export interface MendEdges {
  readonly requestOf: (requestId: string) => Promise<RequestRecord | undefined>;
  /** The row of the request's present wait. */
  readonly waitOf: (request: RequestRecord) => Promise<WaitRow | undefined>;
  readonly wake: Wake;
  readonly workflow: Pick<Workflow, 'executionArn' | 'start'>;
  readonly execution: (executionArn: string) => Promise<Execution | undefined>;
  /** Takes an execution up again where it failed; `attempt` makes a repeat harmless. */
  readonly redrive: (executionArn: string, attempt: number) => Promise<void>;
  /** Starts the refund of a request once; false if it was started before. */
  readonly refund: (request: RequestRecord) => Promise<boolean>;
  /** Starts the payment that was decided for a request once; false if it was started before. */
  readonly pay: (request: RequestRecord) => Promise<boolean>;
}

/** Carries on a request that nobody carries on. Harmless to repeat, and to run beside itself. */
export const mendRequest =
  ({ requestOf, waitOf, wake, workflow, execution, redrive, refund, pay }: MendEdges) =>
  async (requestId: string, now: Instant): Promise<Mended> => {
    const request = await requestOf(requestId);
    if (!request || isTerminal(request.status)) return 'NOTHING';
    const executionArn = request.stepFunctionExecutionArn ?? workflow.executionArn(requestId);
    const found = await execution(executionArn);
    if (!found) {
      if (request.status !== 'INITIATED') return compensate(); // Step Functions forgets an execution after 90 days
      await workflow.start(requestId);
      return 'STARTED';
    }
    switch (found.status) {
      case 'RUNNING':
      case 'PENDING_REDRIVE':
        return wakeUp(request);
      case 'SUCCEEDED':
        return compensate();
      default:
        return takeUpAgain(executionArn, found);
    }

    /** The row knows the answer, or the deadline has passed: the token only has to wake. */
    async function wakeUp(waiting: RequestRecord): Promise<Mended> {
      const due = waiting.pendingEvent !== undefined || (waiting.expiresAt ?? now) < now;
      const token = due ? (await waitOf(waiting))?.token : undefined;
      if (token === undefined) return 'NOTHING';
      await wake(token);
      return 'WOKEN';
    }

    async function takeUpAgain(arn: string, how: Execution): Promise<Mended> {
      const redriving = redriveOf(how, now);
      switch (redriving.todo) {
        case 'WAIT':
          return 'NOTHING';
        case 'GIVE_UP':
          return compensate(how.redriveStatus === 'REDRIVABLE');
        case 'REDRIVE':
          await redrive(arn, redriving.attempt);
          return 'REDRIVEN';
      }
    }

    /**
     * Before a payment is decided every hour goes back. After it nothing does: the payment waits for an operator, who may
     * redrive it; once that can no longer be done, it is made without the execution that should have made it.
     */
    async function compensate(redrivable = false): Promise<Mended> {
      const lost = await requestOf(requestId); // anew: it may have ended since the first look
      if (!lost || isTerminal(lost.status)) return 'NOTHING';
      if (!paymentIsDecided(lost)) return (await refund(lost)) ? 'COMPENSATED' : 'PARKED';
      return !redrivable && (await pay(lost)) ? 'PAYING' : 'PARKED';
    }
  };
