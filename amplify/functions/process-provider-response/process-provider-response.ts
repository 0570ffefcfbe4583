import { WAITS, planWait } from '../../../domain/deadlines.ts';
import type { Instant } from '../../../domain/instant.ts';
import { findTransition, type RequestEvent, type Status } from '../../../domain/life-cycle.ts';
import { SYSTEM, type RequestRecord } from '../../../domain/request.ts';
import type { Decision } from '../shared/decision.ts';
import { requestHint, type Emit } from '../shared/events.ts';
import type { RequestWriter } from '../shared/request-writer.ts';
import { BrokenRule } from '../shared/service-fault.ts';
import type { Outcome, WaitWriter } from '../shared/wait-writer.ts';
import type { StatusStep } from '../shared/worker.ts';

/** The status in which each step's wait was. */
const WAITED_IN = {
  PROVIDER_RESPONSE: 'AWAITING_RESPONSE',
  DELIVERY: 'IN_PROGRESS',
  CONFIRMATION: 'COMPLETED',
} as const satisfies Record<string, Status>;

export const RESPONSE_STEPS = ['PROVIDER_RESPONSE', 'DELIVERY', 'CONFIRMATION', 'START_SERVICE'] as const;

export interface ResponseStep extends StatusStep {
  readonly step: (typeof RESPONSE_STEPS)[number];
}

export interface Response {
  readonly outcome: RequestEvent | 'WAIT' | 'REMIND';
  /** What the child that moves the hours is told; null while nothing is decided. */
  readonly decision: Decision | null;
  /** Of the request after this step; the next wait's row is named by it. */
  readonly revision: number;
  /** Until the next reminder or the deadline; null where no wait follows. */
  readonly waitSeconds: number | null;
}

export interface ResponseEdges {
  readonly requests: Pick<RequestWriter, 'changeStatus'>;
  readonly waits: Pick<WaitWriter, 'takeOutcomeOrClaimTimeout'>;
  readonly emit: Emit;
}

/**
 * What stands behind every wait. It takes the outcome that a command left in the wait's row, or claims TIMEOUT, and carries
 * out what moves no hours; what does is left to the child workflow, which moves hours and status together.
 */
export const processProviderResponse =
  ({ requests, waits, emit }: ResponseEdges) =>
  async ({ requestId, revision, step }: ResponseStep, now: Instant): Promise<Response> => {
    if (step === 'START_SERVICE') return carryOut({ event: 'START_WORK', actor: SYSTEM });

    const wait = await waits.takeOutcomeOrClaimTimeout(requestId, revision, now);
    if (wait.kind === 'WAIT') {
      if (wait.reminded) await emit(requestHint(wait.request, now));
      const outcome = wait.reminded ? 'REMIND' : 'WAIT';
      return { outcome, decision: null, revision, waitSeconds: wait.timeoutSeconds };
    }
    const decision = decisionOf(wait.outcome);
    const transition = findTransition(WAITED_IN[step], decision.event, decision.actor.role);
    if (!transition) throw new BrokenRule(`${decision.event} cannot end a wait in ${WAITED_IN[step]}`);
    if (transition.ledger === 'NONE') return carryOut(decision);
    await emit(requestHint(wait.request, now));
    return { outcome: decision.event, decision, revision, waitSeconds: null };

    async function carryOut(decided: Decision): Promise<Response> {
      const { request } = await requests.changeStatus({ requestId, revision, ...decided }, now);
      await emit(requestHint(request, now));
      return {
        outcome: decided.event,
        decision: decided,
        revision: revision + 1,
        waitSeconds: waitSecondsOf(request, now),
      };
    }
  };

const decisionOf = ({ event, actor, note }: Outcome): Decision => ({
  event,
  actor,
  ...(note !== undefined && { note }),
});

const waitSecondsOf = (request: RequestRecord, now: Instant): number | null =>
  WAITS[request.status] ? planWait(request, now).timeoutSeconds : null;
