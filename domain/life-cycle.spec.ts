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

describe('the life-cycle table', () => {
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
