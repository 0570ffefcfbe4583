import { describe, expect, it } from 'vitest';

import { limitReached } from './actions.ts';
import { MAX_RESPONSE_HOURS, SYSTEM_PATIENCE, WAITS, deadlineSeconds } from './deadlines.ts';
import { DAY, HOUR } from './instant.ts';
import {
  STATUSES,
  TERMINAL,
  TRANSITIONS,
  findTransition,
  isTerminal,
  type Counter,
  type Status,
  type Transition,
} from './life-cycle.ts';

type Counts = Readonly<Record<Counter, number>>;

/** A request as the table sees it, wherever it may have come from. */
interface Situation {
  readonly status: Status;
  readonly beforeDispute: Status | undefined;
  readonly counts: Counts;
}

const NOTHING_COUNTED: Counts = {
  negotiationRound: 0,
  shortfalls: 0,
  changesRequested: 0,
  disputesByRequester: 0,
  disputesByProvider: 0,
};

const rowsFrom = ({ status, counts }: Situation, table = TRANSITIONS): readonly Transition[] =>
  table.filter((row) => {
    const asked = row.insteadOf ? findTransition(status, row.insteadOf) : row;
    return row.from.includes(status) && asked !== undefined && !limitReached(asked, { status, ...counts });
  });

const follow = (situation: Situation, row: Transition): Situation => ({
  status: row.to === 'BEFORE_DISPUTE' ? (situation.beforeDispute ?? 'DISPUTED') : row.to,
  beforeDispute: row.to === 'DISPUTED' ? situation.status : undefined,
  counts: row.counts
    ? { ...situation.counts, [row.counts]: situation.counts[row.counts] + 1 }
    : situation.counts,
});

/** Seconds that a status may last: its deadline, or the patience of the sweeper. */
const longestStay = (status: Status): number =>
  isTerminal(status)
    ? 0
    : (deadlineSeconds(status, { responseTimeHours: MAX_RESPONSE_HOURS }) ?? SYSTEM_PATIENCE);

/**
 * The longest life from a situation on, in seconds, over every path there is. Each stay is left at its last moment; one
 * that goes on with its old deadline adds nothing. Throws where a path comes back to the same situation: such a cycle
 * has no counter.
 */
function longestLife(
  situation: Situation,
  table = TRANSITIONS,
  known = new Map<string, number>(),
  path: ReadonlySet<string> = new Set(),
): number {
  const key = JSON.stringify(situation);
  const before = known.get(key);
  if (before !== undefined) return before;
  if (path.has(key)) throw new Error(`A cycle without a counter: ${key}`);
  const lives = rowsFrom(situation, table).map((row) => {
    const next = follow(situation, row);
    const stay = row.keepsDeadline ? 0 : longestStay(next.status);
    return stay + longestLife(next, table, known, new Set([...path, key]));
  });
  const longest = Math.max(0, ...lives);
  known.set(key, longest);
  return longest;
}

const born = { status: 'INITIATED', beforeDispute: undefined, counts: NOTHING_COUNTED } as const;
const living = STATUSES.filter((status) => !isTerminal(status));

/** A row in one line, with everything that it says. */
const lineOf = ({
  from,
  event,
  by,
  to,
  ledger,
  tells,
  operation,
  counts,
  limit,
  ...flags
}: Transition): string =>
  [
    `${from.join(', ')}: ${event} by ${by} to ${to}`,
    ledger,
    ...Object.entries(tells).map(([who, kind]) => `${who} ${kind}`),
    ...(operation === undefined ? [] : [operation]),
    ...(counts === undefined ? [] : [`counts ${counts}`]),
    ...(limit === undefined ? [] : [`at most ${limit.most} ${limit.counter}`]),
    ...Object.entries(flags).map(([flag, value]) => `${flag} ${String(value)}`),
  ].join('; ');

/** Section 4 of the design, rule by rule. */
const DESIGN = [
  // A member asks; validation starts; the hours are held, or were lost to a race; the provider is told
  'NEW: SUBMIT by REQUESTER to INITIATED; NONE; submitServiceRequest',
  'INITIATED: START_VALIDATION by SYSTEM to VALIDATING; NONE',
  'VALIDATING: HOLD_HOURS by SYSTEM to ESCROWED; HOLD',
  'VALIDATING: REFUSE by SYSTEM to REJECTED; NONE; requester REQUEST_REFUSED',
  'ESCROWED: TELL_PROVIDER by SYSTEM to AWAITING_RESPONSE; NONE; provider REQUEST_RECEIVED',

  // The provider accepts, declines or makes a counter-offer, or the deadline passes
  'AWAITING_RESPONSE: ACCEPT by PROVIDER to ACCEPTED; NONE; requester REQUEST_ACCEPTED; respondToServiceRequest',
  'AWAITING_RESPONSE: REJECT by PROVIDER to REJECTED; REFUND; requester REQUEST_DECLINED; respondToServiceRequest',
  'AWAITING_RESPONSE: COUNTER_OFFER by PROVIDER to NEGOTIATING; NONE; requester COUNTER_OFFER_RECEIVED; ' +
    'respondToServiceRequest; counts negotiationRound; at most 5 negotiationRound',
  'AWAITING_RESPONSE: TIMEOUT by CLOCK to EXPIRED; REFUND; requester REQUEST_EXPIRED; provider REQUEST_EXPIRED',

  // Whose turn it is does the same, at most 5 rounds; the hours of a dearer offer may be gone, and the turn stays
  'NEGOTIATING: ACCEPT by TURN to ACCEPTED; RESIZE; other REQUEST_ACCEPTED; respondToServiceRequest; ' +
    'at most 5 shortfalls',
  'NEGOTIATING: REJECT by TURN to REJECTED; REFUND; other REQUEST_DECLINED; respondToServiceRequest',
  'NEGOTIATING: COUNTER_OFFER by TURN to NEGOTIATING; NONE; other COUNTER_OFFER_RECEIVED; ' +
    'respondToServiceRequest; counts negotiationRound; at most 5 negotiationRound',
  'NEGOTIATING: HOURS_GONE by SYSTEM to NEGOTIATING; NONE; requester HOURS_SHORT; provider HOURS_SHORT; ' +
    'counts shortfalls; keepsDeadline true; insteadOf ACCEPT',
  'NEGOTIATING: TIMEOUT by CLOCK to EXPIRED; REFUND; requester REQUEST_EXPIRED; provider REQUEST_EXPIRED',

  // The requester withdraws
  'AWAITING_RESPONSE: WITHDRAW by REQUESTER to CANCELLED; REFUND; provider REQUEST_WITHDRAWN; cancelServiceRequest',
  'NEGOTIATING: WITHDRAW by REQUESTER to CANCELLED; REFUND; provider REQUEST_WITHDRAWN; cancelServiceRequest',

  // Work begins, and is delivered, called off or forgotten
  'ACCEPTED: START_WORK by SYSTEM to IN_PROGRESS; NONE',
  'IN_PROGRESS: DELIVERED by PROVIDER to COMPLETED; NONE; requester WORK_DELIVERED; markServiceDelivered',
  'IN_PROGRESS: CANNOT_DO by PROVIDER to CANCELLED; REFUND; requester WORK_CALLED_OFF; cancelServiceRequest',
  'IN_PROGRESS: TIMEOUT by CLOCK to CANCELLED; REFUND; requester WORK_LAPSED; provider WORK_LAPSED',

  // Confirmation, or silence, pays; changes are asked for at most 5 times
  'COMPLETED: CONFIRM by REQUESTER to PAID; RELEASE; provider HOURS_RECEIVED; confirmServiceCompletion',
  'COMPLETED: TIMEOUT by CLOCK to PAID; RELEASE; requester HOURS_PAID; provider HOURS_RECEIVED',
  'COMPLETED: CHANGES by REQUESTER to IN_PROGRESS; NONE; provider CHANGES_REQUESTED; requestChanges; ' +
    'counts changesRequested; at most 5 changesRequested',

  // Either party opens one dispute; an admin decides, both agree, or 30 days refund
  'IN_PROGRESS, COMPLETED: OPEN_DISPUTE by REQUESTER to DISPUTED; NONE; provider DISPUTE_OPENED; openDispute; ' +
    'counts disputesByRequester; at most 1 disputesByRequester',
  'IN_PROGRESS, COMPLETED: OPEN_DISPUTE by PROVIDER to DISPUTED; NONE; requester DISPUTE_OPENED; openDispute; ' +
    'counts disputesByProvider; at most 1 disputesByProvider',
  'DISPUTED: REFUND_TO_REQUESTER by ADMIN to REFUNDED; REFUND; requester HOURS_REFUNDED; provider HOURS_REFUNDED; ' +
    'resolveDispute',
  'DISPUTED: PAY_TO_PROVIDER by ADMIN to PAID; RELEASE; requester HOURS_PAID; provider HOURS_RECEIVED; resolveDispute',
  'DISPUTED: PARTIAL_REFUND by ADMIN to PAID; PARTIAL; requester HOURS_PARTLY_REFUNDED; ' +
    'provider HOURS_PARTLY_RECEIVED; resolveDispute',
  'DISPUTED: DISMISS_DISPUTE by ADMIN to BEFORE_DISPUTE; NONE; requester DISPUTE_DISMISSED; ' +
    'provider DISPUTE_DISMISSED; resolveDispute; keepsDeadline true',
  'DISPUTED: SETTLE_REFUND by BOTH to REFUNDED; REFUND; requester HOURS_REFUNDED; provider HOURS_REFUNDED; ' +
    'answerSettlement',
  'DISPUTED: SETTLE_PAY by BOTH to PAID; RELEASE; requester HOURS_PAID; provider HOURS_RECEIVED; answerSettlement',
  'DISPUTED: SETTLE_PARTIAL by BOTH to PAID; PARTIAL; requester HOURS_PARTLY_REFUNDED; ' +
    'provider HOURS_PARTLY_RECEIVED; answerSettlement',
  'DISPUTED: TIMEOUT by CLOCK to REFUNDED; REFUND; requester HOURS_REFUNDED; provider HOURS_REFUNDED',

  // Section 3, rule 6: every failure of ours before payment is decided ends in a refund of what is held
  'INITIATED, VALIDATING: SYSTEM_FAILURE by SYSTEM to CANCELLED; NONE; requester REQUEST_FAILED',
  'ESCROWED, AWAITING_RESPONSE, NEGOTIATING, ACCEPTED, IN_PROGRESS, COMPLETED: SYSTEM_FAILURE by SYSTEM to CANCELLED; ' +
    'REFUND; requester REQUEST_FAILED; provider REQUEST_FAILED; onlyUndecided true',
  'DISPUTED: SYSTEM_FAILURE by SYSTEM to REFUNDED; REFUND; requester REQUEST_FAILED; provider REQUEST_FAILED; ' +
    'onlyUndecided true',
];

describe('the life-cycle table', () => {
  it('says what the design says, row by row, and nothing else', () => {
    expect(TRANSITIONS.map(lineOf).sort()).toEqual([...DESIGN].sort());
  });

  it('has every cycle counted: no path comes back to where it was', () => {
    expect(() => longestLife(born)).not.toThrow();
  });

  it('ends within 310 days with everybody obstructing, over every path', () => {
    const days = (longestLife(born) + SYSTEM_PATIENCE) / DAY;
    expect(days).toBeLessThan(310);
    expect(days).toBe(307); // 14 response, 5 x 2 negotiation, 6 x 30 work, 6 x 7 confirmation, 2 x 30 disputes, 1 ours
  });

  it.each(['CHANGES', 'COUNTER_OFFER', 'HOURS_GONE', 'OPEN_DISPUTE'])(
    'would be found out if %s lost its counter',
    (event) => {
      const uncounted = TRANSITIONS.map((row) => {
        const { counts: _lost, ...rest } = row;
        return row.event === event ? rest : row;
      });
      expect(() => longestLife(born, uncounted)).toThrow('A cycle without a counter');
    },
  );

  it.each(living)('brings %s to an end by clocks and system alone', (status) => {
    const seen = new Set<Status>();
    const visit = (current: Status): void => {
      if (isTerminal(current) || seen.has(current)) return;
      seen.add(current);
      const alone = TRANSITIONS.filter(
        ({ from, by, insteadOf }) =>
          from.includes(current) && (by === 'CLOCK' || by === 'SYSTEM') && !insteadOf,
      );
      expect(alone.length, `${current} can be left`).toBeGreaterThan(0);
      for (const { to } of alone) {
        expect(to, `${current} goes forward`).not.toBe('BEFORE_DISPUTE');
        if (to !== 'BEFORE_DISPUTE') {
          expect(seen.has(to), `${current} to ${to} does not turn back`).toBe(false);
          visit(to);
        }
      }
      seen.delete(current);
    };
    visit(status);
  });

  it.each(STATUSES)('reaches %s', (status) => {
    const reached = new Set<Status>();
    const todo: Situation[] = [born];
    const seen = new Set<string>();
    for (let situation = todo.pop(); situation; situation = todo.pop()) {
      const key = JSON.stringify(situation);
      if (seen.has(key)) continue;
      seen.add(key);
      reached.add(situation.status);
      todo.push(...rowsFrom(situation).map((row) => follow(situation, row)));
    }
    expect(reached).toContain(status);
  });

  it.each(living)('lets a failure of ours end %s in a cancellation or refund', (status) => {
    const row = findTransition(status, 'SYSTEM_FAILURE', 'SYSTEM');
    expect(['CANCELLED', 'REFUNDED']).toContain(row?.to);
  });

  it('leaves a waiting status by a clock, and only that', () => {
    for (const status of living)
      expect(findTransition(status, 'TIMEOUT') !== undefined, status).toBe(WAITS[status] !== undefined);
  });

  it('leaves no terminal status', () => {
    for (const status of TERMINAL)
      expect(TRANSITIONS.filter(({ from }) => from.includes(status))).toEqual([]);
  });

  it('has one row for an event of a role in a status', () => {
    const keys = TRANSITIONS.flatMap(({ from, event, by }) =>
      from.map((status) => `${status} ${event} ${by}`),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('gives back every held hour with each refusal, expiry and cancellation', () => {
    const unpaid: readonly Transition['to'][] = ['REJECTED', 'EXPIRED', 'CANCELLED', 'REFUNDED'];
    for (const row of TRANSITIONS.filter(({ to }) => unpaid.includes(to)))
      for (const status of row.from) {
        const nothingHeld = status === 'INITIATED' || status === 'VALIDATING';
        expect(row.ledger, `${status} ${row.event}`).toBe(nothingHeld ? 'NONE' : 'REFUND');
      }
  });

  it('pays with PAID and only then', () => {
    for (const row of TRANSITIONS)
      expect(row.ledger === 'RELEASE' || row.ledger === 'PARTIAL', `${row.event} to ${row.to}`).toBe(
        row.to === 'PAID',
      );
  });

  it('refunds nothing for a failure of ours once payment is decided', () => {
    for (const row of TRANSITIONS.filter(
      ({ event, ledger }) => event === 'SYSTEM_FAILURE' && ledger === 'REFUND',
    ))
      expect(row.onlyUndecided, row.from.join()).toBe(true);
  });

  it('names the operation of every row that a member or admin brings about, and of no other', () => {
    for (const row of TRANSITIONS)
      expect(row.operation === undefined, `${row.event} by ${row.by}`).toBe(
        row.by === 'SYSTEM' || row.by === 'CLOCK',
      );
  });

  it('tells the party that did not act of everything a party does', () => {
    for (const row of TRANSITIONS.filter(({ event }) => event !== 'SUBMIT')) {
      if (row.by === 'PROVIDER') expect(row.tells.requester, row.event).toBeDefined();
      if (row.by === 'REQUESTER') expect(row.tells.provider, row.event).toBeDefined();
      if (row.by === 'TURN') expect(row.tells.other, row.event).toBeDefined();
    }
  });

  it('waits as long as the design says', () => {
    const request = { responseTimeHours: 48 };
    expect(deadlineSeconds('AWAITING_RESPONSE', request)).toBe(48 * HOUR);
    expect(deadlineSeconds('NEGOTIATING', request)).toBe(48 * HOUR);
    expect(deadlineSeconds('IN_PROGRESS', request)).toBe(30 * DAY);
    expect(deadlineSeconds('COMPLETED', request)).toBe(7 * DAY);
    expect(deadlineSeconds('DISPUTED', request)).toBe(30 * DAY);
    expect(deadlineSeconds('ESCROWED', request)).toBeUndefined();
  });
});
