import * as z from 'zod/mini';
import { WAITS } from '../../../domain/deadlines.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { Status } from '../../../domain/life-cycle.ts';
import { isTerminal } from '../../../domain/life-cycle.ts';
import { decisionSchema } from '../shared/decision.ts';
import { disputeHint } from '../shared/events.ts';
import { loadRequest } from '../shared/load-request.ts';
import type { RequestWriter } from '../shared/request-writer.ts';
import {
  carryOut,
  handOn,
  takeAnswer,
  waitSecondsOf,
  type Response,
  type WaitStepEdges,
} from '../shared/wait-step.ts';
import { requestStepSchema, statusStepSchema } from '../shared/worker.ts';

const takeSchema = z.extend(statusStepSchema, { step: z.literal('TAKE') });
const dismissSchema = z.extend(statusStepSchema, { step: z.literal('DISMISS'), decision: decisionSchema });
const completeSchema = z.extend(requestStepSchema, { step: z.literal('COMPLETE') });

export const resolutionStepSchema = z.discriminatedUnion('step', [takeSchema, dismissSchema, completeSchema]);

export type ResolutionStep = z.output<typeof resolutionStepSchema>;

/** How the request goes on after its dispute. */
export interface Completion {
  /** The status that it waits in again; ENDED where it waits for nobody. */
  readonly resumes: Status | 'ENDED';
  readonly revision: number;
  readonly waitSeconds: number | null;
}

export interface ResolutionEdges extends WaitStepEdges {
  readonly requests: Pick<RequestWriter, 'request' | 'changeStatus'>;
  /** Raises the alarm: a dispute has waited for its decision for too long. */
  readonly alarm: () => void;
}

/**
 * Takes the decision, the settlement or the deadline of a dispute. Hours are moved by the child workflows; a dismissal
 * sets the request, with the time that was left, and its hours free again.
 */
export const processDisputeResolution =
  (edges: ResolutionEdges) =>
  async (step: ResolutionStep, now: Instant): Promise<Response | Completion> => {
    switch (step.step) {
      case 'TAKE':
        return take(edges, step, now);
      case 'DISMISS':
        return carryOut(edges, step, step.decision, now);
      case 'COMPLETE': {
        const request = await loadRequest(edges.requests, step.requestId);
        await edges.emit(disputeHint(request, now));
        const resumes = isTerminal(request.status) ? 'ENDED' : request.status;
        return { resumes, revision: request.revision, waitSeconds: waitSecondsOf(request, now) };
      }
    }
  };

/** The reminder that comes when an operator is alarmed, counted from 1. */
const ALARMING =
  (WAITS.DISPUTED?.reminder?.after ?? []).findIndex((seconds) => seconds === WAITS.DISPUTED?.alarmAfter) + 1;

async function take(
  edges: ResolutionEdges,
  step: z.output<typeof takeSchema>,
  now: Instant,
): Promise<Response> {
  const answer = await takeAnswer(edges, ['DISPUTED'], step, now);
  if (!('goesOn' in answer)) return handOn(edges, answer.taken, step.revision, now);
  if (answer.reminder > 0)
    await edges.emit(disputeHint(await loadRequest(edges.requests, step.requestId), now));
  if (answer.reminder >= ALARMING) edges.alarm();
  return answer.goesOn;
}
