import type { Instant } from '../../../domain/instant.ts';
import type { RequestEvent, Status } from '../../../domain/life-cycle.ts';
import { SYSTEM } from '../../../domain/request.ts';
import { carryOut, handOn, takeAnswer, type Response, type WaitStepEdges } from '../shared/wait-step.ts';
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

/** Outcomes that a state of their own carries out, although they move no hours. */
const OF_ANOTHER_STATE: ReadonlySet<RequestEvent> = new Set(['COUNTER_OFFER', 'OPEN_DISPUTE']);

/**
 * What stands behind a wait. It takes the outcome that a command left in the wait's row, or claims TIMEOUT, and carries
 * out what moves no hours; what does is left to the child workflow, which moves hours and status together.
 */
export const processProviderResponse =
  (edges: WaitStepEdges) =>
  async (step: ResponseStep, now: Instant): Promise<Response> => {
    if (step.step === 'START_SERVICE')
      return carryOut(edges, step, { event: 'START_WORK', actor: SYSTEM }, now);

    const answer = await takeAnswer(edges, [WAITED_IN[step.step]], step, now);
    if ('goesOn' in answer) return answer.goesOn;
    const { decision, transition } = answer.taken;
    return transition.ledger === 'NONE' && !OF_ANOTHER_STATE.has(decision.event)
      ? carryOut(edges, step, decision, now)
      : handOn(edges, answer.taken, step.revision, now);
  };
