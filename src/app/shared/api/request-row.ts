import type { ActorRole, RequestEvent, Status } from '../../../../domain/life-cycle';
import type { Changed, OfferedTerms, ServiceRequest, Step } from './service-request';

/** What is read of a request; relations by selection set, so that a page is one query. */
export const REQUEST_FIELDS = [
  'id',
  'serviceId',
  'serviceTitle',
  'requesterId',
  'requester.displayName',
  'providerId',
  'provider.displayName',
  'status',
  'statusReason',
  'estimatedHours',
  'agreedRate',
  'agreedHours',
  'amount',
  'message',
  'offeredHours',
  'offeredRate',
  'offeredAmount',
  'negotiationRound',
  'shortfalls',
  'changesRequested',
  'disputesByRequester',
  'disputesByProvider',
  'disputeId',
  'expiresAt',
  'revision',
  'pendingEvent',
  'createdAt',
  'updatedAt',
] as const;

/** A request as GraphQL answers it. */
export interface RequestRow {
  readonly id: string;
  readonly serviceId: string;
  readonly serviceTitle: string;
  readonly requesterId: string;
  readonly requester: { readonly displayName: string } | null;
  readonly providerId: string;
  readonly provider: { readonly displayName: string } | null;
  readonly status: Status;
  readonly statusReason: string | null;
  readonly estimatedHours: number;
  readonly agreedRate: number;
  readonly agreedHours: number | null;
  readonly amount: number;
  readonly message: string | null;
  readonly offeredHours: number | null;
  readonly offeredRate: number | null;
  readonly offeredAmount: number | null;
  readonly negotiationRound: number;
  readonly shortfalls: number | null;
  readonly changesRequested: number;
  readonly disputesByRequester: number | null;
  readonly disputesByProvider: number | null;
  readonly disputeId: string | null;
  readonly expiresAt: string | null;
  readonly revision: number;
  readonly pendingEvent: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What a command answers. */
export type CommandRow = Pick<
  RequestRow,
  'id' | 'status' | 'revision' | 'agreedRate' | 'amount' | 'negotiationRound' | 'updatedAt'
> & {
  readonly statusReason?: string | null;
  readonly pendingEvent?: string | null;
  readonly agreedHours?: number | null;
  readonly offeredHours?: number | null;
  readonly offeredRate?: number | null;
  readonly offeredAmount?: number | null;
  readonly disputeId?: string | null;
  readonly expiresAt?: string | null;
  readonly now: string;
};

interface StepRow {
  readonly revision: number;
  readonly status: Status;
  readonly event: string;
  readonly actorRole: ActorRole;
  readonly at: string;
  readonly note?: string | null;
  readonly hours?: number | null;
  readonly rate?: number | null;
  readonly amount?: number | null;
}

// Events travel as strings, so that a new one does not break an old schema; the backend writes domain's events only.
const toEvent = (event: string): RequestEvent => event as RequestEvent;

export const toRequest = (row: RequestRow): ServiceRequest => ({
  ...row,
  requesterName: row.requester?.displayName ?? $localize`:@@member.unknown:A member`,
  providerName: row.provider?.displayName ?? $localize`:@@member.unknown:A member`,
  statusReason: row.statusReason ?? undefined,
  agreedHours: row.agreedHours ?? undefined,
  ...offerOf(row),
  shortfalls: row.shortfalls ?? 0,
  disputesByRequester: row.disputesByRequester ?? 0,
  disputesByProvider: row.disputesByProvider ?? 0,
  disputeId: row.disputeId ?? undefined,
  message: row.message ?? '',
  expiresAt: row.expiresAt ?? undefined,
  pendingEvent: row.pendingEvent == null ? undefined : toEvent(row.pendingEvent),
});

export const toChanged = (row: CommandRow): Changed => ({
  id: row.id,
  status: row.status,
  statusReason: row.statusReason ?? undefined,
  revision: row.revision,
  pendingEvent: row.pendingEvent == null ? undefined : toEvent(row.pendingEvent),
  agreedHours: row.agreedHours ?? undefined,
  agreedRate: row.agreedRate,
  amount: row.amount,
  ...offerOf(row),
  negotiationRound: row.negotiationRound,
  disputeId: row.disputeId ?? undefined,
  expiresAt: row.expiresAt ?? undefined,
  updatedAt: row.updatedAt,
});

const offerOf = ({
  offeredHours,
  offeredRate,
  offeredAmount,
}: Pick<CommandRow, 'offeredHours' | 'offeredRate' | 'offeredAmount'>) => ({
  offeredHours: offeredHours ?? undefined,
  offeredRate: offeredRate ?? undefined,
  offeredAmount: offeredAmount ?? undefined,
});

export const toStep = (row: StepRow): Step => ({
  revision: row.revision,
  status: row.status,
  event: toEvent(row.event),
  actorRole: row.actorRole,
  at: row.at,
  note: row.note ?? undefined,
  terms: termsOf(row),
});

const termsOf = ({ hours, rate, amount }: StepRow): OfferedTerms | undefined =>
  hours == null || rate == null || amount == null ? undefined : { hours, rate, amount };
