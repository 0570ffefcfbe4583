import { MINUTE, after, type Instant } from '../../../domain/instant.ts';
import { isTerminal } from '../../../domain/life-cycle.ts';
import { SYSTEM, type RequestRecord } from '../../../domain/request.ts';
import { paymentIsDecided } from '../../../domain/status-change.ts';
import type { Decision } from '../shared/decision.ts';
import type { Execution } from '../shared/executions.ts';
import type { Wake } from '../shared/task-tokens.ts';
import type { WaitRow } from '../shared/wait-writer.ts';
import type { Workflow } from '../shared/workflow.ts';

/** An execution that went wrong is taken up again so many times; then its request is compensated. */
const REDRIVES = 3;

/** Between two redrives, so that whatever was broken has time to heal; seconds. */
const REDRIVE_PAUSE = 10 * MINUTE;

/** What was done for a request. `PARKED`: nothing may be done, an operator is called. */
export type Mended = 'NOTHING' | 'WOKEN' | 'STARTED' | 'REDRIVEN' | 'COMPENSATED' | 'PARKED';

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
  readonly cancel: (request: RequestRecord, decision: Decision) => Promise<boolean>;
}

/** Carries on a request that nobody carries on. Harmless to repeat, and to run beside itself. */
export const mendRequest =
  ({ requestOf, waitOf, wake, workflow, execution, redrive, cancel }: MendEdges) =>
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
      const attempt = (how.redriveCount ?? 0) + 1;
      if (attempt > REDRIVES || how.redriveStatus !== 'REDRIVABLE') return compensate();
      const stopped = how.stopDate?.toISOString() ?? now;
      if (attempt > 1 && after(stopped, REDRIVE_PAUSE) > now) return 'NOTHING';
      await redrive(arn, attempt);
      return 'REDRIVEN';
    }

    /** Before a payment is decided every hour goes back; after it nothing does, and the payment waits for an operator. */
    async function compensate(): Promise<Mended> {
      const lost = await requestOf(requestId); // anew: it may have ended since the first look
      if (!lost || isTerminal(lost.status)) return 'NOTHING';
      if (paymentIsDecided(lost)) return 'PARKED';
      return (await cancel(lost, { event: 'SYSTEM_FAILURE', actor: SYSTEM })) ? 'COMPENSATED' : 'PARKED';
    }
  };
