import { WAITS, turnOf, type WaitingFor } from './deadlines.ts';
import {
  TRANSITIONS,
  findTransition,
  isTerminal,
  mayBe,
  type ActorRole,
  type Counter,
  type Operation,
  type RequestEvent,
  type Status,
  type Transition,
} from './life-cycle.ts';
import { Refusal, type RefusalCode } from './refusal.ts';
import { partyOf, type RequestRecord } from './request.ts';

/** As much of a request as decides what may be done with it. */
export type RequestFacts = Pick<RequestRecord, 'status' | 'pendingEvent' | Counter>;

/** Who has to act next. While an answer is being carried out, that is the system. */
export function waitingFor(request: RequestFacts): WaitingFor {
  if (isTerminal(request.status)) return 'NOBODY';
  const wait = WAITS[request.status];
  if (!wait || request.pendingEvent !== undefined) return 'SYSTEM';
  return wait.waitsFor === 'TURN' ? turnOf(request.negotiationRound) : wait.waitsFor;
}

export interface Action {
  readonly event: RequestEvent;
  readonly operation: Operation;
  readonly to: Transition['to'];
}

/** What somebody in `role` may do with a request now: the buttons of its page. */
export function allowedActions(request: RequestFacts, role: ActorRole): readonly Action[] {
  if (request.pendingEvent !== undefined) return [];
  return TRANSITIONS.flatMap((row) => {
    const allowed =
      row.operation !== undefined &&
      row.from.includes(request.status) &&
      mayMove(row, request, role) &&
      !limitReached(row, request);
    return allowed ? [{ event: row.event, operation: row.operation, to: row.to }] : [];
  });
}

/** Whether a row's mover is this role now, turns included. */
export function mayMove(row: Transition, request: RequestFacts, role: ActorRole): boolean {
  if (row.by === 'TURN') return role === turnOf(request.negotiationRound);
  if (row.by === 'BOTH') return role === 'REQUESTER' || role === 'PROVIDER';
  return row.by === role;
}

/** Whether a row has happened as often as it may. */
export const limitReached = (row: Transition, request: RequestFacts): boolean =>
  row.limit !== undefined && (request[row.limit.counter] ?? 0) >= row.limit.most;

const COUNTER_REFUSALS: Readonly<Record<Counter, RefusalCode>> = {
  negotiationRound: 'TOO_MANY_ROUNDS',
  shortfalls: 'INSUFFICIENT_HOURS',
  changesRequested: 'TOO_MANY_CHANGES',
  disputesByRequester: 'TOO_MANY_DISPUTES',
  disputesByProvider: 'TOO_MANY_DISPUTES',
};

/**
 * The row that a party's command asks for. Throws `Refusal`: NOT_FOUND to a stranger, else as `checkEvent`.
 */
export function checkCommand(
  request: RequestFacts & Pick<RequestRecord, 'requesterId' | 'providerId'>,
  memberId: string,
  event: RequestEvent,
): Transition {
  const party = partyOf(request, memberId);
  if (!party) throw new Refusal('NOT_FOUND');
  return checkEvent(request, party, event);
}

/**
 * The row that an event by somebody in `role` asks for. Throws `Refusal`: NOT_YOUR_TURN to the wrong party,
 * ALREADY_ANSWERED while an answer is carried out or once the event has had its effect, TRY_AGAIN while the system is on
 * its way to a status where it can be answered, TOO_MANY_... at a limit, else NOT_ALLOWED_NOW.
 */
export function checkEvent(request: RequestFacts, role: ActorRole, event: RequestEvent): Transition {
  const ofRole = TRANSITIONS.filter((row) => row.event === event && mayBe(row.by, role));
  if (ofRole.length === 0) throw new Refusal('NOT_YOUR_TURN');
  if (request.pendingEvent !== undefined) throw new Refusal('ALREADY_ANSWERED');

  const row = ofRole.find(({ from }) => from.includes(request.status));
  if (!row)
    throw new Refusal(
      findTransition(request.status, event) ? 'NOT_YOUR_TURN' : whyNotNow(request.status, ofRole),
    );
  if (!mayMove(row, request, role)) throw new Refusal('NOT_YOUR_TURN');
  if (row.limit && limitReached(row, request)) throw new Refusal(COUNTER_REFUSALS[row.limit.counter]);
  return row;
}

/** Statuses in the order in which a request that goes well passes them. */
const WAY_TO_PAID: readonly Transition['to'][] = [
  'INITIATED',
  'VALIDATING',
  'ESCROWED',
  'AWAITING_RESPONSE',
  'ACCEPTED',
  'IN_PROGRESS',
  'COMPLETED',
  'PAID',
];

function whyNotNow(status: Status, rows: readonly Transition[]): RefusalCode {
  if (rows.some(({ from }) => from.some((start) => systemLeadsTo(status).includes(start))))
    return 'TRY_AGAIN';
  // An answer settles the question: whoever accepted has answered, and cannot decline any more either.
  const alternatives = TRANSITIONS.filter(({ operation, by }) =>
    rows.some((row) => row.operation === operation && row.by === by),
  );
  const past = alternatives.some(({ to }) => {
    const reached = WAY_TO_PAID.indexOf(to);
    return status === to || (reached >= 0 && WAY_TO_PAID.indexOf(status) > reached);
  });
  return past ? 'ALREADY_ANSWERED' : 'NOT_ALLOWED_NOW';
}

/** The statuses that the system will bring this one to without anybody acting, unless something fails. */
function systemLeadsTo(status: Status): readonly Transition['from'][number][] {
  const row = TRANSITIONS.find(
    ({ from, by, to, insteadOf }) =>
      by === 'SYSTEM' && !insteadOf && from.includes(status) && to !== 'BEFORE_DISPUTE' && !isTerminal(to),
  );
  return row && row.to !== 'BEFORE_DISPUTE' ? [row.to, ...systemLeadsTo(row.to)] : [];
}
