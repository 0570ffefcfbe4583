import type { AdminAction } from '../app/shared/api/account-client';
import type { Balance, LogEntry } from '../app/shared/api/balance-client';
import type { BooksReport } from '../app/shared/api/books-client';
import type { Dispute, EvidenceFile, Statement } from '../app/shared/api/dispute';
import type { Member } from '../app/shared/api/member-client';
import type { Message } from '../app/shared/api/message-client';
import type { MemberNotification } from '../app/shared/api/notification-client';
import type { Offer } from '../app/shared/api/offer-client';
import type { RequestLedger } from '../app/shared/api/request-ledger-client';
import type { OwnReview, Review } from '../app/shared/api/review-client';
import type { MemberStats } from '../app/shared/api/stats-client';
import type { ServiceRequest, Standing, Step } from '../app/shared/api/service-request';

/** The server's now in tests. */
export const NOW = '2026-11-24T10:00:00.000Z';
const HOUR_MS = 3_600_000;

/** ISO 8601, some hours from the server's now. */
export const inHours = (hours: number): string => new Date(Date.parse(NOW) + hours * HOUR_MS).toISOString();

export const ADA = 'ada-id';
export const BEN = 'ben-id';

export const member = (given: Partial<Member> = {}): Member => ({
  id: BEN,
  displayName: 'Ben Okafor',
  about: 'I repair what others throw away, and like company while I do it.',
  skills: ['bicycles', 'radios', 'bread'],
  neighbourhood: 'Canal Street',
  responseTimeHours: 24,
  ...given,
});

export const offer = (given: Partial<Offer> = {}): Offer => ({
  id: 'offer-1',
  providerId: BEN,
  providerName: 'Ben Okafor',
  title: 'Bike repair at your door',
  description: 'Brakes, gears, punctures. I bring my own tools; you pay for parts.',
  category: 'REPAIRS',
  rate: 1,
  place: 'IN_PERSON',
  active: true,
  ratings: { ratingSum: 0, ratingCount: 0 },
  ...given,
});

export const request = (given: Partial<ServiceRequest> = {}): ServiceRequest => ({
  id: 'request-1',
  serviceId: 'offer-1',
  serviceTitle: 'Bike repair at your door',
  requesterId: ADA,
  requesterName: 'Ada Lindqvist',
  providerId: BEN,
  providerName: 'Ben Okafor',
  status: 'AWAITING_RESPONSE',
  statusReason: undefined,
  estimatedHours: 2,
  agreedRate: 1,
  agreedHours: undefined,
  amount: 2,
  message: 'The back brake squeaks and the chain jumps. Thursday evening would suit me.',
  offeredHours: undefined,
  offeredRate: undefined,
  offeredAmount: undefined,
  negotiationRound: 0,
  shortfalls: 0,
  changesRequested: 0,
  disputesByRequester: 0,
  disputesByProvider: 0,
  disputeId: undefined,
  expiresAt: inHours(47),
  revision: 4,
  pendingEvent: undefined,
  createdAt: inHours(-1),
  updatedAt: inHours(-1),
  ...given,
});

export const step = (
  revision: number,
  given: Pick<Step, 'status' | 'event' | 'actorRole'> & Partial<Step>,
): Step => ({
  revision,
  at: inHours(-1),
  note: undefined,
  terms: undefined,
  ...given,
});

/** What was done until a provider is asked. */
export const STEPS_UNTIL_ASKED: readonly Step[] = [
  step(1, {
    status: 'INITIATED',
    event: 'SUBMIT',
    actorRole: 'REQUESTER',
    terms: { hours: 2, rate: 1, amount: 2 },
  }),
  step(2, { status: 'VALIDATING', event: 'START_VALIDATION', actorRole: 'SYSTEM' }),
  step(3, { status: 'ESCROWED', event: 'HOLD_HOURS', actorRole: 'SYSTEM' }),
  step(4, { status: 'AWAITING_RESPONSE', event: 'TELL_PROVIDER', actorRole: 'SYSTEM' }),
];

/** What was done until the work is said to be done. */
export const STEPS_UNTIL_DELIVERED: readonly Step[] = [
  ...STEPS_UNTIL_ASKED,
  step(5, {
    status: 'ACCEPTED',
    event: 'ACCEPT',
    actorRole: 'PROVIDER',
    note: 'Thursday at six works for me.',
  }),
  step(6, { status: 'IN_PROGRESS', event: 'START_WORK', actorRole: 'SYSTEM' }),
  step(7, { status: 'COMPLETED', event: 'DELIVERED', actorRole: 'PROVIDER' }),
];

/** What was done until a provider has made a counter-offer. */
export const STEPS_UNTIL_COUNTERED: readonly Step[] = [
  ...STEPS_UNTIL_ASKED,
  step(5, {
    status: 'NEGOTIATING',
    event: 'COUNTER_OFFER',
    actorRole: 'PROVIDER',
    note: 'The chain takes me longer than that.',
    terms: { hours: 2.5, rate: 1.5, amount: 3.75 },
  }),
];

/** A request whose provider has made a counter-offer. */
export const countered = (given: Partial<ServiceRequest> = {}): ServiceRequest =>
  request({
    status: 'NEGOTIATING',
    offeredHours: 2.5,
    offeredRate: 1.5,
    offeredAmount: 3.75,
    negotiationRound: 1,
    revision: 5,
    ...given,
  });

/** What was done until a dispute was opened about the work. */
export const STEPS_UNTIL_DISPUTED: readonly Step[] = [
  ...STEPS_UNTIL_DELIVERED,
  step(8, { status: 'DISPUTED', event: 'OPEN_DISPUTE', actorRole: 'REQUESTER' }),
];

export const dispute = (given: Partial<Dispute> = {}): Dispute => ({
  id: 'dispute-1',
  requestId: 'request-1',
  serviceTitle: 'Bike repair at your door',
  escrowId: 'escrow-request-1',
  requesterId: ADA,
  requesterName: 'Ada Lindqvist',
  providerId: BEN,
  providerName: 'Ben Okafor',
  openedByRole: 'REQUESTER',
  reason: 'The work is not what we agreed',
  statement: 'The brake still squeaks, and the chain jumped again on the way home.',
  status: 'AWAITING_DECISION',
  statusBefore: 'COMPLETED',
  amount: 2,
  expiresAt: inHours(29 * 24),
  proposal: undefined,
  proposals: 0,
  decision: undefined,
  refundHours: undefined,
  decidedAt: undefined,
  decisionNote: undefined,
  createdAt: inHours(-24),
  updatedAt: inHours(-24),
  ...given,
});

export const statement = (given: Partial<Statement> = {}): Statement => ({
  kind: 'STATEMENT',
  id: 'dispute-1#PROVIDER#STATEMENT#1',
  authorRole: 'PROVIDER',
  text: 'Both were fine when I left. I would gladly have another look.',
  at: inHours(-20),
  ...given,
});

export const evidenceFile = (given: Partial<EvidenceFile> = {}): EvidenceFile => ({
  kind: 'FILE',
  id: 'dispute-1#REQUESTER#FILE#1',
  authorRole: 'REQUESTER',
  fileName: 'brake.jpg',
  fileType: 'image/jpeg',
  fileSize: 482_113,
  at: inHours(-22),
  ...given,
});

/** Two hours held, and frozen by a dispute. */
export const requestLedger = (given: Partial<RequestLedger> = {}): RequestLedger => ({
  hold: { status: 'ESCROWED', amount: 2, released: 0, refunded: 0, frozenBy: 'dispute-1' },
  postings: [
    {
      transactionId: 'hold-escrow-request-1',
      kind: 'HOLD',
      at: inHours(-48),
      entries: [{ id: 'hold-escrow-request-1#ada-id', userId: ADA, amount: -2, heldDelta: 2 }],
    },
  ],
  ...given,
});

export const standing = (given: Partial<Standing> = {}): Standing => ({
  revision: 4,
  waitingFor: 'PROVIDER',
  waitingUntil: inHours(47),
  steps: STEPS_UNTIL_ASKED,
  ...given,
});

export const balance = (given: Partial<Balance> = {}): Balance => ({
  total: 10,
  available: 8,
  held: 2,
  lockedAt: undefined,
  ...given,
});

export const logEntry = (given: Partial<LogEntry> = {}): LogEntry => ({
  id: 'hold-escrow-request-1#ada-id',
  type: 'ESCROW',
  amount: -2,
  heldDelta: 2,
  balanceAfter: 8,
  description: undefined,
  requestId: 'request-1',
  at: inHours(-1),
  ...given,
});

export const notification = (given: Partial<MemberNotification> = {}): MemberNotification => ({
  id: 'request-1#5#ada-id',
  kind: 'REQUEST_ACCEPTED',
  requestId: 'request-1',
  title: 'Bike repair at your door',
  hours: 2,
  otherName: 'Ben Okafor',
  disputeId: undefined,
  reason: undefined,
  until: undefined,
  at: inHours(-0.5),
  ...given,
});

export const message = (given: Partial<Message> = {}): Message => ({
  id: 'message-1',
  authorId: BEN,
  text: 'Shall I bring a chain?',
  at: inHours(-0.5),
  ...given,
});

export const review = (given: Partial<Review> = {}): Review => ({
  id: 'request-1#REQUESTER',
  authorId: ADA,
  authorName: 'Ada Lindqvist',
  authorRole: 'REQUESTER',
  rating: 5,
  comment: 'Came on time, and left the bike better than new.',
  at: inHours(-1),
  ...given,
});

export const ownReview = (given: Partial<OwnReview> = {}): OwnReview => ({
  rating: 4,
  comment: 'A pleasure to help.',
  published: false,
  publishedBy: inHours(7 * 24),
  ...given,
});

export const memberStats = (given: Partial<MemberStats> = {}): MemberStats => ({
  ratingSum: 19,
  ratingCount: 4,
  servicesDelivered: 6,
  hoursGiven: 9.5,
  hoursReceived: 3,
  ...given,
});

export const adminAction = (given: Partial<AdminAction> = {}): AdminAction => ({
  id: 'action-1',
  kind: 'ADJUSTMENT',
  adminName: 'Mo Admin',
  hours: 2,
  allowBelowZero: false,
  reason: 'Hours for the street party.',
  status: 'DONE',
  refusal: undefined,
  at: inHours(-3),
  ...given,
});

export const report = (given: Partial<BooksReport> = {}): BooksReport => ({
  id: 'report-1',
  status: 'BALANCED',
  startedAt: inHours(-6.1),
  finishedAt: inHours(-6),
  accountsChecked: 48,
  mismatches: 0,
  requestedBy: undefined,
  findings: [],
  ...given,
});
