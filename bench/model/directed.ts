import { Coverage } from './coverage.ts';
import type { Step } from './step.ts';

/** Sequences that go where chance seldom does, so that together they meet every row and every pair, whatever the seed. */

/** The newest request. */
const NEWEST = -1;

const submit = (quarters = 2, how: Extract<Step, { kind: 'SUBMIT' }>['how'] = 'ONCE'): Step => ({
  kind: 'SUBMIT',
  by: 0,
  offer: 1,
  quarters,
  how,
});

const move = (want: string, x = 4): Step => ({
  kind: 'MOVE',
  deal: NEWEST,
  pick: 0,
  want,
  x,
  how: 'ONCE',
  runs: 'ONCE',
});

const fail = (want: string, skip: number, times = 1): Step => ({
  kind: 'FAIL',
  deal: NEWEST,
  pick: 0,
  want,
  x: 4,
  skip,
  times,
});

const race = (first: string, second: string, how: Extract<Step, { kind: 'RACE' }>['how']): Step => ({
  kind: 'RACE',
  deal: NEWEST,
  pick: 0,
  other: 0,
  want: [first, second],
  x: 5,
  how,
});

const ACCEPTED = [submit(), move('PROVIDER ACCEPT')];
const COMPLETED = [...ACCEPTED, move('PROVIDER DELIVERED')];
const DISPUTED = [...ACCEPTED, move('PROVIDER OPEN_DISPUTE')];
const COUNTERED = [submit(), move('PROVIDER COUNTER_OFFER')];

/** How a request comes to wait where these two can race. */
function wayTo(status: string, first: string, second: string): readonly Step[] {
  switch (status) {
    case 'AWAITING_RESPONSE':
      return [submit()];
    case 'NEGOTIATING':
      return isProvidersTurn(first) || isProvidersTurn(second)
        ? [...COUNTERED, move('REQUESTER COUNTER_OFFER', 3)]
        : COUNTERED;
    case 'IN_PROGRESS':
      return ACCEPTED;
    case 'COMPLETED':
      return COMPLETED;
    default:
      return [...DISPUTED, ...proposedFor(first), ...proposedFor(second)];
  }
}

const isProvidersTurn = (mover: string) => mover.startsWith('PROVIDER');

/** The settlement that a party agrees to is the other one's. */
function proposedFor(mover: string): readonly Step[] {
  const [role = '', event = ''] = mover.split(' ');
  if (!event.startsWith('SETTLE_')) return [];
  const other = role === 'REQUESTER' ? 'PROVIDER' : 'REQUESTER';
  return [move(`${other} ${event.replace('SETTLE_', 'PROPOSE_')}`)];
}

/** So many races share one sequence, one after the other. */
const RACES_AT_ONCE = 6;

const RACES = Coverage.pairs.map(({ status, first, second }) => [
  ...wayTo(status, first, second),
  race(first, second, 'IN_ORDER'),
]);

const SYSTEM_ROWS: readonly (readonly Step[])[] = [
  [submit(3, 'FAIL'), submit(4, 'FAIL'), submit(2, 'FAIL'), submit(2, 'OFFER_CLOSED')],
  [
    submit(),
    fail('PROVIDER REJECT', 0),
    submit(),
    fail('PROVIDER ACCEPT', 1),
    ...COUNTERED,
    fail('REQUESTER REJECT', 0),
  ],
  [...ACCEPTED, fail('PROVIDER DELIVERED', 0), ...COMPLETED, fail('REQUESTER CHANGES', 0, 4)],
  [...COMPLETED, fail('REQUESTER CONFIRM', 0, 4), ...COMPLETED, fail('REQUESTER CONFIRM', 1)],
  [...ACCEPTED, fail('REQUESTER OPEN_DISPUTE', 2), ...DISPUTED, fail('ADMIN PAY_TO_PROVIDER', 0)],
  [...DISPUTED, fail('ADMIN REFUND_TO_REQUESTER', 0, 4), ...DISPUTED, fail('ADMIN PARTIAL_REFUND', 1, 1)],
  // The requester offers four hours, holds the rest of their ten for others, and the provider accepts
  [
    ...COUNTERED,
    move('REQUESTER COUNTER_OFFER', 40),
    ...[1, 2, 3].map((): Step => ({ kind: 'SUBMIT', by: 0, offer: 3, quarters: 5, how: 'ONCE' })),
    { kind: 'MOVE', deal: 0, pick: 0, want: 'PROVIDER ACCEPT', x: 4, how: 'ONCE', runs: 'AGAIN' },
    { kind: 'MOVE', deal: 0, pick: 0, want: 'PROVIDER ACCEPT', x: 4, how: 'ONCE', runs: 'ONCE' },
  ],
];

const REVIEWED: readonly Step[] = [
  ...COMPLETED,
  move('REQUESTER CONFIRM'),
  { kind: 'TALK', deal: NEWEST, who: 1, x: 2 }, // the requester's review
];

/** A review that nobody answers can be read after a week, and not before. */
const LONE_REVIEWS: readonly (readonly Step[])[] = [
  [...REVIEWED, { kind: 'CLOCK', deal: NEWEST, to: 'DAY' }],
  [...REVIEWED, { kind: 'CLOCK', deal: NEWEST, to: 'WEEK' }],
];

export const DIRECTED: readonly (readonly Step[])[] = [
  ...SYSTEM_ROWS,
  ...LONE_REVIEWS,
  ...Array.from({ length: Math.ceil(RACES.length / RACES_AT_ONCE) }, (_, index) =>
    RACES.slice(index * RACES_AT_ONCE, (index + 1) * RACES_AT_ONCE).flat(),
  ),
];
