import { WAITS, planWait } from '../../../domain/deadlines.ts';
import type { Instant } from '../../../domain/instant.ts';
import {
  findTransition,
  type RequestEvent,
  type Status,
  type Transition,
} from '../../../domain/life-cycle.ts';
import type { RequestRecord } from '../../../domain/request.ts';
import { decisionOf, type Decision } from './decision.ts';
import { requestHint, type Emit } from './events.ts';
import type { RequestWriter } from './request-writer.ts';
import { BrokenRule } from './service-fault.ts';
import type { WaitResult, WaitWriter } from './wait-writer.ts';
import type { StatusStep } from './worker.ts';

/** What the step behind a wait tells its state machine. */
export interface Response {
  readonly outcome: RequestEvent | 'WAIT' | 'REMIND';
  /** What the child that moves the hours is told; null while nothing is decided. */
  readonly decision: Decision | null;
  /** Of the request after this step; the next wait's row is named by it. */
  readonly revision: number;
  /** Until the next reminder or the deadline; null where no wait follows. */
  readonly waitSeconds: number | null;
}

export interface WaitStepEdges {
  readonly requests: Pick<RequestWriter, 'changeStatus'>;
  readonly waits: Pick<WaitWriter, 'takeOutcomeOrClaimTimeout'>;
  readonly emit: Emit;
}

/** An outcome that was taken, with the row of the table that it asks for. */
export interface Taken {
  readonly decision: Decision;
  readonly transition: Transition;
  /** As it stood when the outcome was taken. */
  readonly request: RequestRecord;
}

/** An outcome, or the answer for a wait that goes on. */
export type Answer = { readonly taken: Taken } | { readonly goesOn: Response; readonly reminder: number };

/**
 * Takes the outcome that a command left in the row of a wait in one of `statuses`, or claims TIMEOUT. Throws `BrokenRule`
 * for an outcome that the table does not know there.
 */
export async function takeAnswer(
  { waits, emit }: Pick<WaitStepEdges, 'waits' | 'emit'>,
  statuses: readonly Status[],
  { requestId, revision }: Pick<StatusStep, 'requestId' | 'revision'>,
  now: Instant,
): Promise<Answer> {
  const wait = await waits.takeOutcomeOrClaimTimeout(requestId, revision, now);
  if (wait.kind === 'WAIT') {
    if (wait.reminder > 0) await emit(requestHint(wait.request, now));
    return { goesOn: goingOn(wait, revision), reminder: wait.reminder };
  }
  const decision = decisionOf(wait.outcome);
  const transition = statuses
    .map((status) => findTransition(status, decision.event, decision.actor.role))
    .find((row) => row !== undefined);
  if (!transition) throw new BrokenRule(`${decision.event} cannot end a wait in ${statuses.join(' or ')}`);
  return { taken: { decision, transition, request: wait.request } };
}

const goingOn = (
  { reminder, timeoutSeconds }: Extract<WaitResult, { kind: 'WAIT' }>,
  revision: number,
): Response => ({
  outcome: reminder > 0 ? 'REMIND' : 'WAIT',
  decision: null,
  revision,
  waitSeconds: timeoutSeconds,
});

/** Carries out an event that moves no hours; `statusReason` is a code that says why. */
export async function carryOut(
  { requests, emit }: Pick<WaitStepEdges, 'requests' | 'emit'>,
  { requestId, revision }: Pick<StatusStep, 'requestId' | 'revision'>,
  decision: Decision,
  now: Instant,
  statusReason?: string,
): Promise<Response> {
  const change = { requestId, revision, ...decision, ...(statusReason !== undefined && { statusReason }) };
  const { request } = await requests.changeStatus(change, now);
  await emit(requestHint(request, now));
  return {
    outcome: decision.event,
    decision,
    revision: revision + 1,
    waitSeconds: waitSecondsOf(request, now),
  };
}

/** Leaves an outcome to the state that comes next, and tells that it is under way. */
export async function handOn(
  { emit }: Pick<WaitStepEdges, 'emit'>,
  { decision, request }: Taken,
  revision: number,
  now: Instant,
): Promise<Response> {
  await emit(requestHint(request, now));
  return { outcome: decision.event, decision, revision, waitSeconds: null };
}

/** How long the present wait of a request has still to go; null where it waits for nobody. */
export const waitSecondsOf = (request: RequestRecord, now: Instant): number | null =>
  WAITS[request.status] ? planWait(request, now).timeoutSeconds : null;
