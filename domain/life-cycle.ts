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
  /** The area that carries it out. An area that is not built has no handler, and no screen shows a button for it. */
  readonly since: Area;
}

export type Area = 'main' | 'negotiation' | 'disputes';
export const BUILT_AREAS: readonly Area[] = ['main'];

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
const PAID_BOTH = { requester: 'HOURS_PAID', provider: 'HOURS_RECEIVED' } as const;
const EXPIRED_BOTH = { requester: 'REQUEST_EXPIRED', provider: 'REQUEST_EXPIRED' } as const;
const FAILED_BOTH = { requester: 'REQUEST_FAILED', provider: 'REQUEST_FAILED' } as const;
const REFUNDED_BOTH = { requester: 'HOURS_REFUNDED', provider: 'HOURS_REFUNDED' } as const;
const PARTLY_BOTH = { requester: 'HOURS_PARTLY_REFUNDED', provider: 'HOURS_PARTLY_RECEIVED' } as const;
const DISMISSED_BOTH = { requester: 'DISPUTE_DISMISSED', provider: 'DISPUTE_DISMISSED' } as const;

// prettier-ignore: one row a line, so that it reads as the table it is
export const TRANSITIONS: readonly Transition[] = [
  // Submission, validation, hold
  {
    from: ['NEW'],
    event: 'SUBMIT',
    by: 'REQUESTER',
    to: 'INITIATED',
    ledger: 'NONE',
    tells: {},
    operation: 'submitServiceRequest',
    since: 'main',
  },
  {
    from: ['INITIATED'],
    event: 'START_VALIDATION',
    by: 'SYSTEM',
    to: 'VALIDATING',
    ledger: 'NONE',
    tells: {},
    since: 'main',
  },
  {
    from: ['VALIDATING'],
    event: 'HOLD_HOURS',
    by: 'SYSTEM',
    to: 'ESCROWED',
    ledger: 'HOLD',
    tells: {},
    since: 'main',
  },
  {
    from: ['VALIDATING'],
    event: 'REFUSE',
    by: 'SYSTEM',
    to: 'REJECTED',
    ledger: 'NONE',
    tells: { requester: 'REQUEST_REFUSED' },
    since: 'main',
  },
  {
    from: ['ESCROWED'],
    event: 'TELL_PROVIDER',
    by: 'SYSTEM',
    to: 'AWAITING_RESPONSE',
    ledger: 'NONE',
    tells: { provider: 'REQUEST_RECEIVED' },
    since: 'main',
  },

  // The provider's response
  {
    from: ['AWAITING_RESPONSE'],
    event: 'ACCEPT',
    by: 'PROVIDER',
    to: 'ACCEPTED',
    ledger: 'NONE',
    tells: { requester: 'REQUEST_ACCEPTED' },
    operation: 'respondToServiceRequest',
    since: 'main',
  },
  {
    from: ['AWAITING_RESPONSE'],
    event: 'REJECT',
    by: 'PROVIDER',
    to: 'REJECTED',
    ledger: 'REFUND',
    tells: { requester: 'REQUEST_DECLINED' },
    operation: 'respondToServiceRequest',
    since: 'main',
  },
  {
    from: ['AWAITING_RESPONSE'],
    event: 'COUNTER_OFFER',
    by: 'PROVIDER',
    to: 'NEGOTIATING',
    ledger: 'NONE',
    tells: { requester: 'COUNTER_OFFER_RECEIVED' },
    operation: 'respondToServiceRequest',
    counts: 'negotiationRound',
    limit: ROUND,
    since: 'negotiation',
  },
  {
    from: ['AWAITING_RESPONSE'],
    event: 'WITHDRAW',
    by: 'REQUESTER',
    to: 'CANCELLED',
    ledger: 'REFUND',
    tells: { provider: 'REQUEST_WITHDRAWN' },
    operation: 'cancelServiceRequest',
    since: 'main',
  },
  {
    from: ['AWAITING_RESPONSE'],
    event: 'TIMEOUT',
    by: 'CLOCK',
    to: 'EXPIRED',
    ledger: 'REFUND',
    tells: EXPIRED_BOTH,
    since: 'main',
  },

  // Negotiation: an odd round is the requester's turn, an even one the provider's
  {
    from: ['NEGOTIATING'],
    event: 'ACCEPT',
    by: 'TURN',
    to: 'ACCEPTED',
    ledger: 'RESIZE',
    tells: { other: 'REQUEST_ACCEPTED' },
    operation: 'respondToServiceRequest',
    limit: SHORTFALL,
    since: 'negotiation',
  },
  {
    from: ['NEGOTIATING'],
    event: 'HOURS_GONE',
    by: 'SYSTEM',
    to: 'NEGOTIATING',
    ledger: 'NONE',
    tells: { requester: 'HOURS_SHORT', provider: 'HOURS_SHORT' },
    insteadOf: 'ACCEPT',
    keepsDeadline: true,
    counts: 'shortfalls',
    since: 'negotiation',
  },
  {
    from: ['NEGOTIATING'],
    event: 'REJECT',
    by: 'TURN',
    to: 'REJECTED',
    ledger: 'REFUND',
    tells: { other: 'REQUEST_DECLINED' },
    operation: 'respondToServiceRequest',
    since: 'negotiation',
  },
  {
    from: ['NEGOTIATING'],
    event: 'COUNTER_OFFER',
    by: 'TURN',
    to: 'NEGOTIATING',
    ledger: 'NONE',
    tells: { other: 'COUNTER_OFFER_RECEIVED' },
    operation: 'respondToServiceRequest',
    counts: 'negotiationRound',
    limit: ROUND,
    since: 'negotiation',
  },
  {
    from: ['NEGOTIATING'],
    event: 'WITHDRAW',
    by: 'REQUESTER',
    to: 'CANCELLED',
    ledger: 'REFUND',
    tells: { provider: 'REQUEST_WITHDRAWN' },
    operation: 'cancelServiceRequest',
    since: 'negotiation',
  },
  {
    from: ['NEGOTIATING'],
    event: 'TIMEOUT',
    by: 'CLOCK',
    to: 'EXPIRED',
    ledger: 'REFUND',
    tells: EXPIRED_BOTH,
    since: 'negotiation',
  },

  // The work
  {
    from: ['ACCEPTED'],
    event: 'START_WORK',
    by: 'SYSTEM',
    to: 'IN_PROGRESS',
    ledger: 'NONE',
    tells: {},
    since: 'main',
  },
  {
    from: ['IN_PROGRESS'],
    event: 'DELIVERED',
    by: 'PROVIDER',
    to: 'COMPLETED',
    ledger: 'NONE',
    tells: { requester: 'WORK_DELIVERED' },
    operation: 'markServiceDelivered',
    since: 'main',
  },
  {
    from: ['IN_PROGRESS'],
    event: 'CANNOT_DO',
    by: 'PROVIDER',
    to: 'CANCELLED',
    ledger: 'REFUND',
    tells: { requester: 'WORK_CALLED_OFF' },
    operation: 'cancelServiceRequest',
    since: 'main',
  },
  {
    from: ['IN_PROGRESS'],
    event: 'TIMEOUT',
    by: 'CLOCK',
    to: 'CANCELLED',
    ledger: 'REFUND',
    tells: { requester: 'WORK_LAPSED', provider: 'WORK_LAPSED' },
    since: 'main',
  },
  {
    from: ['COMPLETED'],
    event: 'CONFIRM',
    by: 'REQUESTER',
    to: 'PAID',
    ledger: 'RELEASE',
    tells: { provider: 'HOURS_RECEIVED' },
    operation: 'confirmServiceCompletion',
    since: 'main',
  },
  {
    from: ['COMPLETED'],
    event: 'CHANGES',
    by: 'REQUESTER',
    to: 'IN_PROGRESS',
    ledger: 'NONE',
    tells: { provider: 'CHANGES_REQUESTED' },
    operation: 'requestChanges',
    counts: 'changesRequested',
    limit: CHANGE,
    since: 'main',
  },
  {
    from: ['COMPLETED'],
    event: 'TIMEOUT',
    by: 'CLOCK',
    to: 'PAID',
    ledger: 'RELEASE',
    tells: PAID_BOTH,
    since: 'main',
  },

  // Disputes
  {
    from: ['IN_PROGRESS', 'COMPLETED'],
    event: 'OPEN_DISPUTE',
    by: 'REQUESTER',
    to: 'DISPUTED',
    ledger: 'NONE',
    tells: { provider: 'DISPUTE_OPENED' },
    operation: 'openDispute',
    counts: 'disputesByRequester',
    limit: BY_REQUESTER,
    since: 'disputes',
  },
  {
    from: ['IN_PROGRESS', 'COMPLETED'],
    event: 'OPEN_DISPUTE',
    by: 'PROVIDER',
    to: 'DISPUTED',
    ledger: 'NONE',
    tells: { requester: 'DISPUTE_OPENED' },
    operation: 'openDispute',
    counts: 'disputesByProvider',
    limit: BY_PROVIDER,
    since: 'disputes',
  },
  {
    from: ['DISPUTED'],
    event: 'REFUND_TO_REQUESTER',
    by: 'ADMIN',
    to: 'REFUNDED',
    ledger: 'REFUND',
    tells: REFUNDED_BOTH,
    operation: 'resolveDispute',
    since: 'disputes',
  },
  {
    from: ['DISPUTED'],
    event: 'PAY_TO_PROVIDER',
    by: 'ADMIN',
    to: 'PAID',
    ledger: 'RELEASE',
    tells: PAID_BOTH,
    operation: 'resolveDispute',
    since: 'disputes',
  },
  {
    from: ['DISPUTED'],
    event: 'PARTIAL_REFUND',
    by: 'ADMIN',
    to: 'PAID',
    ledger: 'PARTIAL',
    tells: PARTLY_BOTH,
    operation: 'resolveDispute',
    since: 'disputes',
  },
  {
    from: ['DISPUTED'],
    event: 'DISMISS_DISPUTE',
    by: 'ADMIN',
    to: 'BEFORE_DISPUTE',
    ledger: 'NONE',
    tells: DISMISSED_BOTH,
    operation: 'resolveDispute',
    keepsDeadline: true,
    since: 'disputes',
  },
  {
    from: ['DISPUTED'],
    event: 'SETTLE_REFUND',
    by: 'BOTH',
    to: 'REFUNDED',
    ledger: 'REFUND',
    tells: REFUNDED_BOTH,
    operation: 'answerSettlement',
    since: 'disputes',
  },
  {
    from: ['DISPUTED'],
    event: 'SETTLE_PAY',
    by: 'BOTH',
    to: 'PAID',
    ledger: 'RELEASE',
    tells: PAID_BOTH,
    operation: 'answerSettlement',
    since: 'disputes',
  },
  {
    from: ['DISPUTED'],
    event: 'SETTLE_PARTIAL',
    by: 'BOTH',
    to: 'PAID',
    ledger: 'PARTIAL',
    tells: PARTLY_BOTH,
    operation: 'answerSettlement',
    since: 'disputes',
  },
  {
    from: ['DISPUTED'],
    event: 'TIMEOUT',
    by: 'CLOCK',
    to: 'REFUNDED',
    ledger: 'REFUND',
    tells: REFUNDED_BOTH,
    since: 'disputes',
  },

  // Our own failure: before payment is decided it always ends in a refund
  {
    from: BEFORE_HOLD,
    event: 'SYSTEM_FAILURE',
    by: 'SYSTEM',
    to: 'CANCELLED',
    ledger: 'NONE',
    tells: { requester: 'REQUEST_FAILED' },
    since: 'main',
  },
  {
    from: WHILE_HELD,
    event: 'SYSTEM_FAILURE',
    by: 'SYSTEM',
    to: 'CANCELLED',
    ledger: 'REFUND',
    tells: FAILED_BOTH,
    onlyUndecided: true,
    since: 'main',
  },
  {
    from: ['DISPUTED'],
    event: 'SYSTEM_FAILURE',
    by: 'SYSTEM',
    to: 'REFUNDED',
    ledger: 'REFUND',
    tells: FAILED_BOTH,
    onlyUndecided: true,
    since: 'disputes',
  },
];

/** The row for an event in a status; undefined where it cannot happen. `role` tells two rows with one event apart. */
export const findTransition = (
  status: Status | 'NEW',
  event: RequestEvent,
  role?: ActorRole,
): Transition | undefined =>
  TRANSITIONS.find(
    (row) => row.event === event && row.from.includes(status) && (role === undefined || mayBe(row.by, role)),
  );

/** Whether somebody in `role` may bring about a row, leaving aside whose turn it is. */
export function mayBe(mover: Mover, role: ActorRole): boolean {
  const isParty = role === 'REQUESTER' || role === 'PROVIDER';
  return mover === role || (isParty && (mover === 'TURN' || mover === 'BOTH'));
}

export const isTerminal = (status: Status): status is TerminalStatus =>
  (TERMINAL as readonly Status[]).includes(status);
