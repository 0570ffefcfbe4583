import { DAY, HOUR, after, secondsBetween, type Instant } from './instant.ts';
import type { Party, Status } from './life-cycle.ts';
import type { NotificationKind } from './notifications.ts';
import type { RequestRecord } from './request.ts';

/** A provider's time to respond, in hours: their own setting. */
export const DEFAULT_RESPONSE_HOURS = 48;
export const MIN_RESPONSE_HOURS = 1;
export const MAX_RESPONSE_HOURS = 14 * 24;

/** A status of the system's own that lasts longer than this many seconds has failed; the sweeper compensates it. */
export const SYSTEM_PATIENCE = 6 * HOUR;

export interface Wait {
  /** How long the status waits, in seconds; `RESPONSE_TIME` is the provider's own setting. */
  readonly lasts: number | 'RESPONSE_TIME';
  readonly waitsFor: Party | 'TURN' | 'ADMIN';
  readonly reminder?: {
    /** Seconds after the wait began. */
    readonly after: readonly number[];
    readonly tells: Party | 'ADMIN';
    readonly kind: NotificationKind;
  };
  /** Seconds after which an operator is alarmed. */
  readonly alarmAfter?: number;
}

/** The statuses that wait for somebody, and what the clock does meanwhile. */
export const WAITS: Readonly<Partial<Record<Status, Wait>>> = {
  AWAITING_RESPONSE: { lasts: 'RESPONSE_TIME', waitsFor: 'PROVIDER' },
  NEGOTIATING: { lasts: 48 * HOUR, waitsFor: 'TURN' },
  IN_PROGRESS: { lasts: 30 * DAY, waitsFor: 'PROVIDER' },
  COMPLETED: {
    lasts: 7 * DAY,
    waitsFor: 'REQUESTER',
    reminder: { after: [5 * DAY, 6 * DAY], tells: 'REQUESTER', kind: 'CONFIRMATION_DUE' },
  },
  DISPUTED: {
    lasts: 30 * DAY,
    waitsFor: 'ADMIN',
    reminder: { after: [24 * HOUR, 36 * HOUR, 48 * HOUR], tells: 'ADMIN', kind: 'DISPUTE_UNDECIDED' },
    alarmAfter: 48 * HOUR,
  },
};

/** How many seconds a status waits; undefined where it waits for nobody. */
export function deadlineSeconds(
  status: Status,
  request: Pick<RequestRecord, 'responseTimeHours'>,
): number | undefined {
  const lasts = WAITS[status]?.lasts;
  return lasts === 'RESPONSE_TIME' ? request.responseTimeHours * HOUR : lasts;
}

export type WaitingFor = Party | 'ADMIN' | 'SYSTEM' | 'NOBODY';

/** Whose turn a round of negotiation is: the provider makes the first counter-offer, so odd rounds are the requester's. */
export const turnOf = (negotiationRound: number): Party =>
  negotiationRound % 2 === 1 ? 'REQUESTER' : 'PROVIDER';

/** What a wait state has to do next. */
export interface WaitPlan {
  /** The deadline has passed. */
  readonly over: boolean;
  /** Seconds until the next reminder or the deadline, at least 1. */
  readonly timeoutSeconds: number;
  /** How many reminders are due by now. */
  readonly remindersDue: number;
}

/** How long the present wait of a request has still to go. Throws where the request waits for nobody. */
export function planWait(
  request: Pick<RequestRecord, 'status' | 'expiresAt' | 'responseTimeHours'>,
  now: Instant,
): WaitPlan {
  const total = deadlineSeconds(request.status, request);
  if (request.expiresAt === undefined || total === undefined)
    throw new Error(`A request in ${request.status} waits for nobody`);
  const began = after(request.expiresAt, -total);
  const reminders = (WAITS[request.status]?.reminder?.after ?? []).map((seconds) => after(began, seconds));
  const next = [...reminders, request.expiresAt].find((moment) => moment > now);
  return {
    over: next === undefined,
    timeoutSeconds: next === undefined ? 1 : Math.max(1, Math.ceil(secondsBetween(now, next))),
    remindersDue: reminders.filter((moment) => moment <= now).length,
  };
}
