import type { RequestEvent } from '../../domain/life-cycle.ts';
import { SYSTEM } from '../../domain/request.ts';
import { answers, child, childFails, conditionFails, FAULT, timesOut, wakes, type Matrix } from './path.ts';
import { FAILS_FOR_GOOD, parkedBy, though, unless, withFaults, type Story } from './variants.ts';

/** Seconds. */
const DAY = 24 * 3600;

const opened = { event: 'OPEN_DISPUTE', actor: { id: 'requester-1', role: 'REQUESTER' } };
const decisionOf = (event: RequestEvent) => ({ event, actor: { id: 'admin-1', role: 'ADMIN' } });

const OPENING = ['InitiateDispute', 'DisputeIsOpen?', 'FreezeRelatedTransactions', 'NotifyAdmin'];
const RESOLUTION = ['WaitForAdminDecision', 'ProcessResolution', 'RouteResolution'];

const awaitingDecision = {
  InitiateDispute: [answers({ open: true, revision: 7 })],
  FreezeRelatedTransactions: [answers({ frozenBy: 'd-1' })],
  NotifyAdmin: [answers({ waitSeconds: DAY })],
  WaitForAdminDecision: [wakes()],
};

const takes = (event: RequestEvent) =>
  answers({ outcome: event, decision: decisionOf(event), waitSeconds: null });

const completed = answers({ resumes: 'ENDED', revision: 8, waitSeconds: null });

/** An end that a child execution brings about. */
const settledBy = (event: RequestEvent, way: string): Story => ({
  name: `ends by ${event} in ${way}`,
  tasks: {
    ...awaitingDecision,
    ProcessResolution: [takes(event)],
    [way]: [child()],
    CompleteDisputeResolution: [completed],
  },
  ends: 'SUCCEEDED',
  passes: [...OPENING, ...RESOLUTION, way, 'CompleteDisputeResolution'],
  receives: { [way]: [{ requestId: 'r-1', decision: decisionOf(event) }] },
});

const refundedBy = (event: RequestEvent): Story => ({
  ...settledBy(event, 'RefundToRequester'),
  passes: [...OPENING, ...RESOLUTION, 'RefundToRequester', 'HoursAreBack?', 'CompleteDisputeResolution'],
});

const refunded = refundedBy('REFUND_TO_REQUESTER');
const paid = settledBy('PAY_TO_PROVIDER', 'PayToProvider');
const divided = settledBy('PARTIAL_REFUND', 'PartialRefund');

const dismissed: Story = {
  ...settledBy('DISMISS_DISPUTE', 'DismissDispute'),
  receives: {
    InitiateDispute: [{ requestId: 'r-1', step: 'INITIATE', revision: 6, decision: opened }],
    FreezeRelatedTransactions: [{ requestId: 'r-1', step: 'FREEZE' }],
    NotifyAdmin: [{ requestId: 'r-1', step: 'NOTIFY' }],
    WaitForAdminDecision: [{ Key: { id: { S: 'r-1#7' } } }],
    ProcessResolution: [{ requestId: 'r-1', step: 'TAKE', revision: 7 }],
    DismissDispute: [
      { requestId: 'r-1', step: 'DISMISS', revision: 7, decision: decisionOf('DISMISS_DISPUTE') },
    ],
    CompleteDisputeResolution: [{ requestId: 'r-1', step: 'COMPLETE' }],
  },
  lasts: { WaitForAdminDecision: [DAY] },
};

const reminded: Story = {
  name: 'gives everything back when nobody decides, after a reminder',
  tasks: {
    ...refunded.tasks,
    WaitForAdminDecision: [timesOut(), timesOut()],
    ProcessResolution: [
      answers({ outcome: 'REMIND', decision: null, waitSeconds: 29 * DAY }),
      takes('TIMEOUT'),
    ],
  },
  ends: 'SUCCEEDED',
  passes: [
    ...[...OPENING, ...RESOLUTION, ...RESOLUTION],
    ...['RefundToRequester', 'HoursAreBack?', 'CompleteDisputeResolution'],
  ],
  receives: { RefundToRequester: [{ decision: decisionOf('TIMEOUT') }] },
  lasts: { WaitForAdminDecision: [DAY, 29 * DAY] },
};

const endedBefore: Story = {
  name: 'does nothing again when it has ended already',
  tasks: { InitiateDispute: [answers({ open: false, revision: 7 })], CompleteDisputeResolution: [completed] },
  ends: 'SUCCEEDED',
  passes: ['InitiateDispute', 'DisputeIsOpen?', 'CompleteDisputeResolution'],
};

const compensated: Story = {
  name: 'gives every hour back',
  tasks: { RefundToRequester: [child()], CompleteDisputeResolution: [completed] },
  ends: 'SUCCEEDED',
  passes: ['CompensateDispute', 'RefundToRequester', 'HoursAreBack?', 'CompleteDisputeResolution'],
  receives: {
    RefundToRequester: [{ requestId: 'r-1', decision: { event: 'SYSTEM_FAILURE', actor: { ...SYSTEM } } }],
  },
};

/** The admins were told before the step failed, and one decides before the hours are given back. */
const decidedMeanwhile: Story = {
  name: 'pays what is decided meanwhile',
  tasks: {
    RefundToRequester: [child({ todo: 'PAY', revision: 7 })],
    ProcessResolution: [takes('PAY_TO_PROVIDER')],
    PayToProvider: [child()],
    CompleteDisputeResolution: [completed],
  },
  ends: 'SUCCEEDED',
  passes: [
    ...['CompensateDispute', 'RefundToRequester', 'HoursAreBack?'],
    ...['ProcessResolution', 'RouteResolution', 'PayToProvider', 'CompleteDisputeResolution'],
  ],
  receives: {
    ProcessResolution: [{ requestId: 'r-1', step: 'TAKE', revision: 7 }],
    PayToProvider: [{ requestId: 'r-1', decision: decisionOf('PAY_TO_PROVIDER') }],
  },
};

const UNHEARD_OF = {
  turn: answers({ outcome: 'UNHEARD_OF', decision: null, waitSeconds: null }),
  how: 'takes what no rule knows',
};
const CHILD_FAILS = { turn: childFails(), how: 'fails in the child' };

export const disputeResolution: Matrix = {
  given: { requestId: 'r-1', revision: 6, decision: opened },
  paths: [
    dismissed,
    ...withFaults(dismissed),
    though(dismissed, 'WaitForAdminDecision', {
      turn: conditionFails(),
      how: 'finds the decision there already',
    }),
    though(dismissed, 'WaitForAdminDecision', FAILS_FOR_GOOD),
    reminded,
    endedBefore,

    refunded,
    paid,
    divided,
    refundedBy('SETTLE_REFUND'),
    settledBy('SETTLE_PAY', 'PayToProvider'),
    settledBy('SETTLE_PARTIAL', 'PartialRefund'),
    ...withFaults(refunded, ['RefundToRequester']),
    ...withFaults(paid, ['PayToProvider']),
    ...withFaults(divided, ['PartialRefund']),

    ...['InitiateDispute', 'FreezeRelatedTransactions', 'NotifyAdmin'].map((task) =>
      unless(dismissed, task, FAILS_FOR_GOOD, compensated),
    ),
    unless(dismissed, 'InitiateDispute', FAILS_FOR_GOOD, decidedMeanwhile),
    ...['ProcessResolution', 'DismissDispute', 'CompleteDisputeResolution'].map((task) =>
      unless(dismissed, task, FAILS_FOR_GOOD, parkedBy(FAULT)),
    ),
    unless(dismissed, 'ProcessResolution', UNHEARD_OF, parkedBy('States.NoChoiceMatched', 'RouteResolution')),
    unless(refunded, 'RefundToRequester', FAILS_FOR_GOOD, parkedBy(FAULT)),
    unless(paid, 'PayToProvider', FAILS_FOR_GOOD, parkedBy(FAULT)),
    unless(paid, 'PayToProvider', CHILD_FAILS, parkedBy('States.TaskFailed')),
    unless(divided, 'PartialRefund', FAILS_FOR_GOOD, parkedBy(FAULT)),
  ],
};
