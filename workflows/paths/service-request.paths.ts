import type { Response } from '../../amplify/functions/shared/wait-step.ts';
import type { Decision } from '../../amplify/functions/shared/decision.ts';
import type { RequestEvent } from '../../domain/life-cycle.ts';
import { SYSTEM, type Actor } from '../../domain/request.ts';
import {
  answers,
  child,
  childFails,
  conditionFails,
  FAULT,
  timesOut,
  timesOutForGood,
  wakes,
  type Matrix,
  type Path,
} from './path.ts';
import { FAILS_FOR_GOOD, parkedBy, though, unless, withFaults, type Story } from './variants.ts';

/** Seconds. */
const DAY = 24 * 3600;

const SUBMITTED = ['ValidateRequest', 'RequestIsValid?', 'CreateEscrow', 'HoursAreHeld?', 'NotifyProvider'];
const RESPONSE = ['WaitForProviderResponse', 'ProcessProviderResponse', 'RouteProviderResponse'];
const NEGOTIATION = ['WaitForNegotiation', 'ProcessNegotiation', 'RouteNegotiation'];
const DELIVERY = ['WaitForDelivery', 'ProcessDelivery', 'RouteDelivery'];
const CONFIRMATION = ['WaitForConfirmation', 'ProcessConfirmation', 'RouteConfirmation'];
const TO_THE_RESPONSE = [...SUBMITTED, ...RESPONSE];
/** The provider's counter-offer goes to the step behind the negotiation at once. */
const TO_THE_NEGOTIATION = [...TO_THE_RESPONSE, ...NEGOTIATION.slice(1)];
const TO_THE_DELIVERY = [...TO_THE_RESPONSE, 'StartServiceExecution', ...DELIVERY];
const TO_THE_CONFIRMATION = [...TO_THE_DELIVERY, ...CONFIRMATION];

const REQUESTER: Actor = { id: 'requester-1', role: 'REQUESTER' };
const PROVIDER: Actor = { id: 'provider-1', role: 'PROVIDER' };
const CLOCK: Actor = { id: 'CLOCK', role: 'CLOCK' };

/** The step behind a wait takes what somebody decided; `waitSeconds` where another wait follows. */
const takes = (event: RequestEvent, actor: Actor, revision: number, waitSeconds: number | null = null) =>
  answers({ outcome: event, decision: { event, actor }, revision, waitSeconds } satisfies Response);

/** It finds that nothing is decided yet. */
const waitsOn = (outcome: 'WAIT' | 'REMIND', revision: number) =>
  answers({ outcome, decision: null, revision, waitSeconds: DAY } satisfies Response);

const awaiting: Path['tasks'] = {
  ValidateRequest: [answers({ revision: 2, valid: true })],
  CreateEscrow: [answers({ revision: 3, held: true })],
  NotifyProvider: [answers({ revision: 4, waitSeconds: 2 * DAY })],
  WaitForProviderResponse: [wakes()],
};
const inProgress: Path['tasks'] = {
  ...awaiting,
  ProcessProviderResponse: [takes('ACCEPT', PROVIDER, 5)],
  StartServiceExecution: [takes('START_WORK', SYSTEM, 6, 30 * DAY)],
  WaitForDelivery: [wakes()],
};

const rowOf = (revision: number) => ({ Key: { id: { S: `r-1#${revision}` } } });
const decided = (event: RequestEvent, actor: Actor) => ({
  requestId: 'r-1',
  decision: { event, actor: { ...actor } } satisfies Decision,
});

/** Hours are given back, and the request has ended. */
const REFUND = ['RefundEscrow', 'HoursAreBack?', 'RequestEnded'];

const paid: Story = {
  name: 'is paid once the work is confirmed',
  tasks: {
    ...inProgress,
    ProcessDelivery: [takes('DELIVERED', PROVIDER, 7, 5 * DAY)],
    WaitForConfirmation: [wakes()],
    ProcessConfirmation: [takes('CONFIRM', REQUESTER, 7)],
    PayProvider: [child()],
  },
  ends: 'SUCCEEDED',
  passes: [...TO_THE_CONFIRMATION, 'PayProvider'],
  receives: {
    ValidateRequest: [{ requestId: 'r-1' }],
    CreateEscrow: [{ requestId: 'r-1', revision: 2 }],
    NotifyProvider: [{ requestId: 'r-1', revision: 3 }],
    WaitForProviderResponse: [rowOf(4)],
    ProcessProviderResponse: [{ requestId: 'r-1', revision: 4, step: 'PROVIDER_RESPONSE' }],
    StartServiceExecution: [{ requestId: 'r-1', revision: 5, step: 'START_SERVICE' }],
    WaitForDelivery: [rowOf(6)],
    ProcessDelivery: [{ requestId: 'r-1', revision: 6, step: 'DELIVERY' }],
    WaitForConfirmation: [rowOf(7)],
    ProcessConfirmation: [{ requestId: 'r-1', revision: 7, step: 'CONFIRMATION' }],
    PayProvider: [decided('CONFIRM', REQUESTER)],
  },
  lasts: {
    WaitForProviderResponse: [2 * DAY],
    WaitForDelivery: [30 * DAY],
    WaitForConfirmation: [5 * DAY],
  },
};

const paidInTheEnd: readonly Path[] = [
  {
    ...paid,
    name: 'is paid though every wait wakes too early once',
    tasks: {
      ...paid.tasks,
      WaitForProviderResponse: [wakes(), wakes()],
      ProcessProviderResponse: [waitsOn('WAIT', 4), takes('ACCEPT', PROVIDER, 5)],
      WaitForDelivery: [wakes(), wakes()],
      ProcessDelivery: [waitsOn('WAIT', 6), takes('DELIVERED', PROVIDER, 7, 5 * DAY)],
      WaitForConfirmation: [wakes(), wakes()],
      ProcessConfirmation: [waitsOn('WAIT', 7), takes('CONFIRM', REQUESTER, 7)],
    },
    passes: [
      ...TO_THE_RESPONSE,
      ...RESPONSE,
      'StartServiceExecution',
      ...DELIVERY,
      ...DELIVERY,
      ...CONFIRMATION,
      ...CONFIRMATION,
      'PayProvider',
    ],
    receives: {
      WaitForProviderResponse: [rowOf(4), rowOf(4)],
      WaitForDelivery: [rowOf(6), rowOf(6)],
      WaitForConfirmation: [rowOf(7), rowOf(7)],
    },
    lasts: {
      WaitForProviderResponse: [2 * DAY, DAY],
      WaitForDelivery: [30 * DAY, DAY],
      WaitForConfirmation: [5 * DAY, DAY],
    },
  },
  {
    ...paid,
    name: 'is paid after one reminder and silence until the deadline',
    tasks: {
      ...paid.tasks,
      WaitForConfirmation: [timesOut(), timesOut()],
      ProcessConfirmation: [waitsOn('REMIND', 7), takes('TIMEOUT', CLOCK, 7)],
    },
    passes: [...TO_THE_CONFIRMATION, ...CONFIRMATION, 'PayProvider'],
    receives: { PayProvider: [decided('TIMEOUT', CLOCK)] },
    lasts: { WaitForConfirmation: [5 * DAY, DAY] },
  },
  {
    ...paid,
    name: 'is paid after changes were asked for',
    tasks: {
      ...paid.tasks,
      WaitForDelivery: [wakes(), wakes()],
      ProcessDelivery: [takes('DELIVERED', PROVIDER, 7, 5 * DAY), takes('DELIVERED', PROVIDER, 9, 5 * DAY)],
      WaitForConfirmation: [wakes(), wakes()],
      ProcessConfirmation: [takes('CHANGES', REQUESTER, 8, 29 * DAY), takes('CONFIRM', REQUESTER, 9)],
    },
    passes: [...TO_THE_CONFIRMATION, ...DELIVERY, ...CONFIRMATION, 'PayProvider'],
    receives: {
      WaitForDelivery: [rowOf(6), rowOf(8)],
      WaitForConfirmation: [rowOf(7), rowOf(9)],
    },
    lasts: { WaitForDelivery: [30 * DAY, 29 * DAY], WaitForConfirmation: [5 * DAY, 5 * DAY] },
  },
];

const refused: readonly Path[] = [
  {
    name: 'is refused when its terms no longer hold',
    tasks: { ValidateRequest: [answers({ revision: 3, valid: false })] },
    ends: 'SUCCEEDED',
    passes: ['ValidateRequest', 'RequestIsValid?', 'RequestRefused'],
  },
  {
    name: 'is refused when the hours are gone',
    tasks: {
      ValidateRequest: [answers({ revision: 2, valid: true })],
      CreateEscrow: [answers({ revision: 3, held: false })],
    },
    ends: 'SUCCEEDED',
    passes: ['ValidateRequest', 'RequestIsValid?', 'CreateEscrow', 'HoursAreHeld?', 'RequestRefused'],
  },
];

const refundedInsteadOfWork = (event: RequestEvent, actor: Actor, ...through: readonly string[]): Story => ({
  name: `is refunded when the wait for the provider ends in ${event}`,
  tasks: { ...awaiting, ProcessProviderResponse: [takes(event, actor, 4)], RefundEscrow: [child()] },
  ends: 'SUCCEEDED',
  passes: [...TO_THE_RESPONSE, ...through, ...REFUND],
  receives: { RefundEscrow: [decided(event, actor)] },
});

const refundedAfterAcceptance = (event: RequestEvent, actor: Actor): Story => ({
  name: `is refunded when the wait for the delivery ends in ${event}`,
  tasks: { ...inProgress, ProcessDelivery: [takes(event, actor, 6)], RefundEscrow: [child()] },
  ends: 'SUCCEEDED',
  passes: [...TO_THE_DELIVERY, 'CancelRequest', ...REFUND],
  receives: { RefundEscrow: [decided(event, actor)] },
});

const declined = refundedInsteadOfWork('REJECT', PROVIDER);

const negotiating: Path['tasks'] = {
  ...awaiting,
  ProcessProviderResponse: [takes('COUNTER_OFFER', PROVIDER, 4)],
  WaitForNegotiation: [wakes()],
};

const negotiated: Story = {
  name: 'is paid after a counter-offer was accepted',
  tasks: {
    ...paid.tasks,
    ...negotiating,
    ProcessNegotiation: [takes('COUNTER_OFFER', PROVIDER, 5, 2 * DAY), takes('ACCEPT', REQUESTER, 6)],
  },
  ends: 'SUCCEEDED',
  passes: [
    ...TO_THE_NEGOTIATION,
    ...NEGOTIATION,
    ...TO_THE_CONFIRMATION.slice(TO_THE_RESPONSE.length),
    'PayProvider',
  ],
  receives: {
    ProcessNegotiation: [
      { requestId: 'r-1', revision: 4 },
      { requestId: 'r-1', revision: 5 },
    ],
    WaitForNegotiation: [rowOf(5)],
    StartServiceExecution: [{ revision: 6 }],
  },
  lasts: { WaitForNegotiation: [2 * DAY] },
};

const negotiatedAtLength: Path = {
  ...negotiated,
  name: 'is paid after a counter-offer to a counter-offer, hours that were gone and a wake too early',
  tasks: {
    ...negotiated.tasks,
    WaitForNegotiation: [wakes(), wakes(), timesOut(), wakes()],
    ProcessNegotiation: [
      takes('COUNTER_OFFER', PROVIDER, 5, 2 * DAY),
      takes('COUNTER_OFFER', REQUESTER, 6, 2 * DAY),
      takes('HOURS_GONE', SYSTEM, 7, 2 * DAY),
      waitsOn('WAIT', 7),
      takes('ACCEPT', REQUESTER, 8),
    ],
  },
  passes: [
    ...TO_THE_NEGOTIATION,
    ...[1, 2, 3, 4].flatMap(() => NEGOTIATION),
    ...TO_THE_CONFIRMATION.slice(TO_THE_RESPONSE.length),
    'PayProvider',
  ],
  receives: { WaitForNegotiation: [rowOf(5), rowOf(6), rowOf(7), rowOf(7)] },
  lasts: { WaitForNegotiation: [2 * DAY, 2 * DAY, 2 * DAY, DAY] },
};

const notAgreed = (event: RequestEvent, actor: Actor, ...through: readonly string[]): Story => ({
  name: `is refunded when the negotiation ends in ${event}`,
  tasks: {
    ...negotiating,
    ProcessNegotiation: [takes('COUNTER_OFFER', PROVIDER, 5, 2 * DAY), takes(event, actor, 5)],
    RefundEscrow: [child()],
  },
  ends: 'SUCCEEDED',
  passes: [...TO_THE_NEGOTIATION, ...NEGOTIATION, ...through, ...REFUND],
  receives: { RefundEscrow: [decided(event, actor)] },
});

const disputed: Path['tasks'] = {
  ...inProgress,
  ProcessDelivery: [takes('OPEN_DISPUTE', REQUESTER, 6)],
};
const DISPUTE = ['ResolveDispute', 'RouteAfterDispute'];

const endedByDispute: Story = {
  name: 'ends with its dispute',
  tasks: { ...disputed, ResolveDispute: [child({ resumes: 'ENDED', revision: 8, waitSeconds: null })] },
  ends: 'SUCCEEDED',
  passes: [...TO_THE_DELIVERY, ...DISPUTE, 'RequestEnded'],
  receives: { ResolveDispute: [{ ...decided('OPEN_DISPUTE', REQUESTER), revision: 6 }] },
};

const dismissed: readonly Path[] = [
  {
    ...paid,
    name: 'is paid after a dispute during the work was dismissed',
    tasks: {
      ...paid.tasks,
      WaitForDelivery: [wakes(), wakes()],
      ProcessDelivery: [takes('OPEN_DISPUTE', REQUESTER, 6), takes('DELIVERED', PROVIDER, 9, 5 * DAY)],
      ResolveDispute: [child({ resumes: 'IN_PROGRESS', revision: 8, waitSeconds: 11 * DAY })],
    },
    passes: [
      ...TO_THE_DELIVERY,
      ...DISPUTE,
      ...TO_THE_CONFIRMATION.slice(TO_THE_DELIVERY.length - DELIVERY.length),
      'PayProvider',
    ],
    receives: { WaitForDelivery: [rowOf(6), rowOf(8)] },
    lasts: { WaitForDelivery: [30 * DAY, 11 * DAY] },
  },
  {
    ...paid,
    name: 'is paid after a dispute about the work was dismissed',
    tasks: {
      ...paid.tasks,
      WaitForConfirmation: [wakes(), wakes()],
      ProcessConfirmation: [takes('OPEN_DISPUTE', PROVIDER, 7), takes('CONFIRM', REQUESTER, 9)],
      ResolveDispute: [child({ resumes: 'COMPLETED', revision: 9, waitSeconds: 3 * DAY })],
    },
    passes: [...TO_THE_CONFIRMATION, ...DISPUTE, ...CONFIRMATION, 'PayProvider'],
    receives: {
      ResolveDispute: [{ ...decided('OPEN_DISPUTE', PROVIDER), revision: 7 }],
      WaitForConfirmation: [rowOf(7), rowOf(9)],
    },
    lasts: { WaitForConfirmation: [5 * DAY, 3 * DAY] },
  },
];

const compensated: Story = {
  name: 'gives every hour back',
  tasks: { RefundEscrow: [child()] },
  ends: 'SUCCEEDED',
  passes: ['CompensateRequest', ...REFUND],
  receives: { RefundEscrow: [decided('SYSTEM_FAILURE', SYSTEM)] },
};

/** The step had delivered before it failed, and the requester confirms before the hours are given back. */
const confirmedMeanwhile: Story = {
  name: 'pays what is confirmed meanwhile',
  tasks: {
    RefundEscrow: [child({ todo: 'PAY', revision: 7 })],
    ProcessConfirmation: [takes('CONFIRM', REQUESTER, 7)],
    PayProvider: [child()],
  },
  ends: 'SUCCEEDED',
  passes: [
    ...['CompensateRequest', 'RefundEscrow', 'HoursAreBack?'],
    ...['ProcessConfirmation', 'RouteConfirmation', 'PayProvider'],
  ],
  receives: {
    ProcessConfirmation: [{ requestId: 'r-1', revision: 7, step: 'CONFIRMATION' }],
    PayProvider: [decided('CONFIRM', REQUESTER)],
  },
};

/** An outcome that a newer version of a function may bring. */
const UNHEARD_OF = {
  turn: answers({ outcome: 'UNHEARD_OF', decision: null, revision: 4, waitSeconds: null }),
  how: 'takes what no rule knows',
};
const TIMES_OUT = { turn: timesOutForGood(), how: 'times out for good' };
const CHILD_FAILS = { turn: childFails(), how: 'fails in the child' };

const BEFORE_THE_CONFIRMATION = [
  'ValidateRequest',
  'CreateEscrow',
  'NotifyProvider',
  'ProcessProviderResponse',
  'StartServiceExecution',
  'ProcessDelivery',
];
const WAITS = ['WaitForProviderResponse', 'WaitForDelivery', 'WaitForConfirmation'];

export const serviceRequest: Matrix = {
  given: { requestId: 'r-1' },
  paths: [
    paid,
    ...withFaults(paid),
    ...paidInTheEnd,
    ...WAITS.flatMap((wait) => [
      though(paid, wait, TIMES_OUT),
      though(paid, wait, { turn: conditionFails(), how: 'finds the outcome there already' }),
      though(paid, wait, FAILS_FOR_GOOD),
    ]),
    ...refused,

    declined,
    ...withFaults(declined),
    refundedInsteadOfWork('TIMEOUT', CLOCK, 'ExpireRequest'),
    refundedInsteadOfWork('WITHDRAW', REQUESTER, 'CancelRequest'),
    negotiated,
    negotiatedAtLength,
    ...withFaults(negotiated, ['WaitForNegotiation', 'ProcessNegotiation']),
    though(negotiated, 'WaitForNegotiation', FAILS_FOR_GOOD),
    unless(negotiated, 'ProcessNegotiation', FAILS_FOR_GOOD, compensated),
    unless(negotiated, 'ProcessNegotiation', UNHEARD_OF, {
      ...compensated,
      passes: ['RouteNegotiation', ...compensated.passes],
    }),
    notAgreed('REJECT', REQUESTER),
    notAgreed('TIMEOUT', CLOCK, 'ExpireRequest'),
    notAgreed('WITHDRAW', REQUESTER, 'CancelRequest'),

    endedByDispute,
    ...withFaults(endedByDispute, ['ResolveDispute']),
    unless(endedByDispute, 'ResolveDispute', FAILS_FOR_GOOD, parkedBy(FAULT)),
    unless(endedByDispute, 'ResolveDispute', CHILD_FAILS, parkedBy('States.TaskFailed')),
    ...dismissed,

    refundedAfterAcceptance('CANNOT_DO', PROVIDER),
    refundedAfterAcceptance('TIMEOUT', CLOCK),

    ...BEFORE_THE_CONFIRMATION.flatMap((task) => [
      unless(paid, task, FAILS_FOR_GOOD, compensated),
      unless(paid, task, TIMES_OUT, compensated),
    ]),
    unless(paid, 'ProcessProviderResponse', UNHEARD_OF, {
      ...compensated,
      passes: ['RouteProviderResponse', ...compensated.passes],
    }),
    unless(paid, 'ProcessDelivery', UNHEARD_OF, {
      ...compensated,
      passes: ['RouteDelivery', ...compensated.passes],
    }),

    unless(paid, 'ProcessDelivery', FAILS_FOR_GOOD, confirmedMeanwhile),
    unless(paid, 'ProcessConfirmation', FAILS_FOR_GOOD, parkedBy(FAULT)),
    unless(paid, 'ProcessConfirmation', UNHEARD_OF, parkedBy('States.NoChoiceMatched', 'RouteConfirmation')),
    unless(paid, 'PayProvider', FAILS_FOR_GOOD, parkedBy(FAULT)),
    unless(paid, 'PayProvider', CHILD_FAILS, parkedBy('States.TaskFailed')),
    unless(declined, 'RefundEscrow', FAILS_FOR_GOOD, parkedBy(FAULT)),
    unless(declined, 'RefundEscrow', CHILD_FAILS, parkedBy('States.TaskFailed')),
  ],
};
