import type { NotificationKind } from './notifications.ts';

/**
 * The life of a request, declared once. Handlers, state machines, buttons, notifications and tests read this table or
 * are checked against it.
 */

export const STATUSES = [
  'INITIATED',
  'VALIDATING',
  'ESCROWED',
  'AWAITING_RESPONSE',
  'NEGOTIATING',
  'ACCEPTED',
  'IN_PROGRESS',
  'COMPLETED',
  'DISPUTED',
  'PAID',
  'REJECTED',
  'EXPIRED',
  'CANCELLED',
  'REFUNDED',
] as const;
export type Status = (typeof STATUSES)[number];

export const TERMINAL = [
  'PAID',
  'REJECTED',
  'EXPIRED',
  'CANCELLED',
  'REFUNDED',
] as const satisfies readonly Status[];
export type TerminalStatus = (typeof TERMINAL)[number];

/** Who a member is to a request. */
export type Party = 'REQUESTER' | 'PROVIDER';
export type ActorRole = Party | 'ADMIN' | 'SYSTEM' | 'CLOCK';
/** `TURN`: the party whose turn the negotiation round makes it. `BOTH`: one proposed it and the other agreed. */
export type Mover = ActorRole | 'TURN' | 'BOTH';

export type RequestEvent =
  | 'SUBMIT'
  | 'START_VALIDATION'
  | 'HOLD_HOURS'
  | 'REFUSE'
  | 'TELL_PROVIDER'
  | 'ACCEPT'
  | 'REJECT'
  | 'COUNTER_OFFER'
  | 'HOURS_GONE'
  | 'WITHDRAW'
  | 'TIMEOUT'
  | 'START_WORK'
  | 'DELIVERED'
  | 'CANNOT_DO'
  | 'CONFIRM'
  | 'CHANGES'
  | 'OPEN_DISPUTE'
  | 'REFUND_TO_REQUESTER'
  | 'PAY_TO_PROVIDER'
  | 'PARTIAL_REFUND'
  | 'DISMISS_DISPUTE'
  | 'SETTLE_REFUND'
  | 'SETTLE_PAY'
  | 'SETTLE_PARTIAL'
  | 'SYSTEM_FAILURE';

/** What moves together with the status, in the same transaction (`posting.ts`). */
export type LedgerEffect = 'NONE' | 'HOLD' | 'RESIZE' | 'RELEASE' | 'REFUND' | 'PARTIAL';

/** What a request counts, so that no cycle goes on for ever. */
export type Counter =
  'negotiationRound' | 'shortfalls' | 'changesRequested' | 'disputesByRequester' | 'disputesByProvider';

/** The public operation by which a member or admin brings a row about (design.md section 5). */
export type Operation =
  | 'submitServiceRequest'
  | 'respondToServiceRequest'
  | 'cancelServiceRequest'
  | 'markServiceDelivered'
  | 'requestChanges'
  | 'confirmServiceCompletion'
  | 'openDispute'
  | 'answerSettlement'
  | 'resolveDispute';

export interface Transition {
  readonly from: readonly (Status | 'NEW')[];
  readonly event: RequestEvent;
  readonly by: Mover;
  /** `BEFORE_DISPUTE`: the status the dispute was opened in, with the time that was left. */
  readonly to: Status | 'BEFORE_DISPUTE';
  readonly ledger: LedgerEffect;
  /** Who is told; `other` is the party that did not act. */
  readonly tells: Readonly<Partial<Record<Lowercase<Party> | 'other', NotificationKind>>>;
  readonly operation?: Operation;
  readonly counts?: Counter;
  /** Not once that many have been counted. */
  readonly limit?: { readonly counter: Counter; readonly most: number };
  /** The wait goes on: the deadline stays what it was. */
  readonly keepsDeadline?: true;
  /** The system does this in place of an event that was asked for; it never happens by itself. */
  readonly insteadOf?: RequestEvent;
  /** Only while nothing is decided: after a confirmation, its deadline or a decision nothing refunds. */
  readonly onlyUndecided?: true;
}

export const MAX_ROUNDS = 5;
export const MAX_SHORTFALLS = 5;
export const MAX_CHANGES = 5;

const ROUND = { counter: 'negotiationRound', most: MAX_ROUNDS } as const;
const SHORTFALL = { counter: 'shortfalls', most: MAX_SHORTFALLS } as const;
const CHANGE = { counter: 'changesRequested', most: MAX_CHANGES } as const;
const BY_REQUESTER = { counter: 'disputesByRequester', most: 1 } as const;
const BY_PROVIDER = { counter: 'disputesByProvider', most: 1 } as const;

const BEFORE_HOLD = ['INITIATED', 'VALIDATING'] as const;
const WHILE_HELD = [
  'ESCROWED',
  'AWAITING_RESPONSE',
  'NEGOTIATING',
  'ACCEPTED',
  'IN_PROGRESS',
  'COMPLETED',
] as const;
const AT_WORK = ['IN_PROGRESS', 'COMPLETED'] as const;

const PAID_BOTH = { requester: 'HOURS_PAID', provider: 'HOURS_RECEIVED' } as const;
const EXPIRED_BOTH = { requester: 'REQUEST_EXPIRED', provider: 'REQUEST_EXPIRED' } as const;
const FAILED_BOTH = { requester: 'REQUEST_FAILED', provider: 'REQUEST_FAILED' } as const;
const REFUNDED_BOTH = { requester: 'HOURS_REFUNDED', provider: 'HOURS_REFUNDED' } as const;
const PARTLY_BOTH = { requester: 'HOURS_PARTLY_REFUNDED', provider: 'HOURS_PARTLY_RECEIVED' } as const;
const DISMISSED_BOTH = { requester: 'DISPUTE_DISMISSED', provider: 'DISPUTE_DISMISSED' } as const;

const row = (
  from: Status | 'NEW' | readonly Status[],
  event: RequestEvent,
  by: Mover,
  to: Transition['to'],
  ledger: LedgerEffect,
  rest: Partial<Transition> = {},
): Transition => ({
  from: typeof from === 'string' ? [from] : from,
  event,
  by,
  to,
  ledger,
  tells: {},
  ...rest,
});

/** From, what happens, by whom, to, what the ledger does; whom it tells, by which operation, how often. */
// prettier-ignore
export const TRANSITIONS: readonly Transition[] = [
  // Submission, validation, hold
  row('NEW',               'SUBMIT',               'REQUESTER', 'INITIATED',         'NONE',     { operation: 'submitServiceRequest' }),
  row('INITIATED',         'START_VALIDATION',     'SYSTEM',    'VALIDATING',        'NONE'),
  row('VALIDATING',        'HOLD_HOURS',           'SYSTEM',    'ESCROWED',          'HOLD'),
  row('VALIDATING',        'REFUSE',               'SYSTEM',    'REJECTED',          'NONE',     { tells: { requester: 'REQUEST_REFUSED' } }),
  row('ESCROWED',          'TELL_PROVIDER',        'SYSTEM',    'AWAITING_RESPONSE', 'NONE',     { tells: { provider: 'REQUEST_RECEIVED' } }),

  // The provider's response
  row('AWAITING_RESPONSE', 'ACCEPT',               'PROVIDER',  'ACCEPTED',          'NONE',     { tells: { requester: 'REQUEST_ACCEPTED' }, operation: 'respondToServiceRequest' }),
  row('AWAITING_RESPONSE', 'REJECT',               'PROVIDER',  'REJECTED',          'REFUND',   { tells: { requester: 'REQUEST_DECLINED' }, operation: 'respondToServiceRequest' }),
  row('AWAITING_RESPONSE', 'COUNTER_OFFER',        'PROVIDER',  'NEGOTIATING',       'NONE',     { tells: { requester: 'COUNTER_OFFER_RECEIVED' }, operation: 'respondToServiceRequest', counts: 'negotiationRound', limit: ROUND }),
  row('AWAITING_RESPONSE', 'WITHDRAW',             'REQUESTER', 'CANCELLED',         'REFUND',   { tells: { provider: 'REQUEST_WITHDRAWN' }, operation: 'cancelServiceRequest' }),
  row('AWAITING_RESPONSE', 'TIMEOUT',              'CLOCK',     'EXPIRED',           'REFUND',   { tells: EXPIRED_BOTH }),

  // Negotiation: an odd round is the requester's turn, an even one the provider's
  row('NEGOTIATING',       'ACCEPT',               'TURN',      'ACCEPTED',          'RESIZE',   { tells: { other: 'REQUEST_ACCEPTED' }, operation: 'respondToServiceRequest', limit: SHORTFALL }),
  row('NEGOTIATING',       'HOURS_GONE',           'SYSTEM',    'NEGOTIATING',       'NONE',     { tells: { requester: 'HOURS_SHORT', provider: 'HOURS_SHORT' }, counts: 'shortfalls', keepsDeadline: true, insteadOf: 'ACCEPT' }),
  row('NEGOTIATING',       'REJECT',               'TURN',      'REJECTED',          'REFUND',   { tells: { other: 'REQUEST_DECLINED' }, operation: 'respondToServiceRequest' }),
  row('NEGOTIATING',       'COUNTER_OFFER',        'TURN',      'NEGOTIATING',       'NONE',     { tells: { other: 'COUNTER_OFFER_RECEIVED' }, operation: 'respondToServiceRequest', counts: 'negotiationRound', limit: ROUND }),
  row('NEGOTIATING',       'WITHDRAW',             'REQUESTER', 'CANCELLED',         'REFUND',   { tells: { provider: 'REQUEST_WITHDRAWN' }, operation: 'cancelServiceRequest' }),
  row('NEGOTIATING',       'TIMEOUT',              'CLOCK',     'EXPIRED',           'REFUND',   { tells: EXPIRED_BOTH }),

  // The work
  row('ACCEPTED',          'START_WORK',           'SYSTEM',    'IN_PROGRESS',       'NONE'),
  row('IN_PROGRESS',       'DELIVERED',            'PROVIDER',  'COMPLETED',         'NONE',     { tells: { requester: 'WORK_DELIVERED' }, operation: 'markServiceDelivered' }),
  row('IN_PROGRESS',       'CANNOT_DO',            'PROVIDER',  'CANCELLED',         'REFUND',   { tells: { requester: 'WORK_CALLED_OFF' }, operation: 'cancelServiceRequest' }),
  row('IN_PROGRESS',       'TIMEOUT',              'CLOCK',     'CANCELLED',         'REFUND',   { tells: { requester: 'WORK_LAPSED', provider: 'WORK_LAPSED' } }),
  row('COMPLETED',         'CONFIRM',              'REQUESTER', 'PAID',              'RELEASE',  { tells: { provider: 'HOURS_RECEIVED' }, operation: 'confirmServiceCompletion' }),
  row('COMPLETED',         'CHANGES',              'REQUESTER', 'IN_PROGRESS',       'NONE',     { tells: { provider: 'CHANGES_REQUESTED' }, operation: 'requestChanges', counts: 'changesRequested', limit: CHANGE }),
  row('COMPLETED',         'TIMEOUT',              'CLOCK',     'PAID',              'RELEASE',  { tells: PAID_BOTH }),

  // Disputes
  row(AT_WORK,             'OPEN_DISPUTE',         'REQUESTER', 'DISPUTED',          'NONE',     { tells: { provider: 'DISPUTE_OPENED' }, operation: 'openDispute', counts: 'disputesByRequester', limit: BY_REQUESTER }),
  row(AT_WORK,             'OPEN_DISPUTE',         'PROVIDER',  'DISPUTED',          'NONE',     { tells: { requester: 'DISPUTE_OPENED' }, operation: 'openDispute', counts: 'disputesByProvider', limit: BY_PROVIDER }),
  row('DISPUTED',          'REFUND_TO_REQUESTER',  'ADMIN',     'REFUNDED',          'REFUND',   { tells: REFUNDED_BOTH, operation: 'resolveDispute' }),
  row('DISPUTED',          'PAY_TO_PROVIDER',      'ADMIN',     'PAID',              'RELEASE',  { tells: PAID_BOTH, operation: 'resolveDispute' }),
  row('DISPUTED',          'PARTIAL_REFUND',       'ADMIN',     'PAID',              'PARTIAL',  { tells: PARTLY_BOTH, operation: 'resolveDispute' }),
  row('DISPUTED',          'DISMISS_DISPUTE',      'ADMIN',     'BEFORE_DISPUTE',    'NONE',     { tells: DISMISSED_BOTH, operation: 'resolveDispute', keepsDeadline: true }),
  row('DISPUTED',          'SETTLE_REFUND',        'BOTH',      'REFUNDED',          'REFUND',   { tells: REFUNDED_BOTH, operation: 'answerSettlement' }),
  row('DISPUTED',          'SETTLE_PAY',           'BOTH',      'PAID',              'RELEASE',  { tells: PAID_BOTH, operation: 'answerSettlement' }),
  row('DISPUTED',          'SETTLE_PARTIAL',       'BOTH',      'PAID',              'PARTIAL',  { tells: PARTLY_BOTH, operation: 'answerSettlement' }),
  row('DISPUTED',          'TIMEOUT',              'CLOCK',     'REFUNDED',          'REFUND',   { tells: REFUNDED_BOTH }),

  // Our own failure: before payment is decided it always ends in a refund
  row(BEFORE_HOLD,         'SYSTEM_FAILURE',       'SYSTEM',    'CANCELLED',         'NONE',     { tells: { requester: 'REQUEST_FAILED' } }),
  row(WHILE_HELD,          'SYSTEM_FAILURE',       'SYSTEM',    'CANCELLED',         'REFUND',   { tells: FAILED_BOTH, onlyUndecided: true }),
  row('DISPUTED',          'SYSTEM_FAILURE',       'SYSTEM',    'REFUNDED',          'REFUND',   { tells: FAILED_BOTH, onlyUndecided: true }),
];

/** The row for an event in a status; undefined where it cannot happen. `role` tells two rows with one event apart. */
export const findTransition = (
  status: Status | 'NEW',
  event: RequestEvent,
  role?: ActorRole,
): Transition | undefined =>
  TRANSITIONS.find(
    ({ event: known, from, by }) =>
      known === event && from.includes(status) && (role === undefined || mayBe(by, role)),
  );

/** Whether somebody in `role` may bring about a row, leaving aside whose turn it is. */
export function mayBe(mover: Mover, role: ActorRole): boolean {
  const isParty = role === 'REQUESTER' || role === 'PROVIDER';
  return mover === role || (isParty && (mover === 'TURN' || mover === 'BOTH'));
}

export const isTerminal = (status: Status): status is TerminalStatus =>
  (TERMINAL as readonly Status[]).includes(status);
