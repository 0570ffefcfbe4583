import { answers, child, childFails, FAULT, type Matrix } from './path.ts';
import { FAILS_FOR_GOOD, parkedBy, unless, withFaults, type Story } from './variants.ts';

const bonus = { transactionType: 'WELCOME_BONUS', userId: 'member-1', displayName: 'Mina' };
const posted = answers({ transactionId: 'welcome-member-1' });

const welcomed: Story = {
  name: 'posts the welcome bonus and tells the member',
  tasks: { ValidateTransaction: [posted], PostTransaction: [posted], TellMember: [posted] },
  ends: 'SUCCEEDED',
  passes: ['RouteTransaction', 'ValidateTransaction', 'PostTransaction', 'TellMember', 'CompleteTransaction'],
  receives: {
    ValidateTransaction: [{ transaction: bonus, step: 'VALIDATE' }],
    PostTransaction: [{ transaction: bonus, step: 'POST' }],
    TellMember: [{ transaction: bonus, step: 'TELL' }],
  },
};

const adjustment = {
  transactionType: 'ADMIN_ADJUSTMENT',
  adjustmentId: 'adjustment-1',
  adminId: 'admin-1',
  userId: 'member-1',
  hours: -2.5,
  reason: 'A correction',
  allowBelowZero: false,
};

const adjusted: Story = {
  ...welcomed,
  name: 'adjusts an account, with all that the admin said at every step',
  given: adjustment,
  receives: {
    ValidateTransaction: [{ transaction: adjustment, step: 'VALIDATE' }],
    PostTransaction: [{ transaction: adjustment, step: 'POST' }],
    TellMember: [{ transaction: adjustment, step: 'TELL' }],
  },
};

const confirmed = {
  event: 'PARTIAL_REFUND',
  actor: { id: 'admin-1', role: 'ADMIN' },
  disputeId: 'dispute-1',
  refundHours: 0.75,
};

const paid: Story = {
  name: 'pays a request on the decision that its wait knows',
  given: { transactionType: 'PAYMENT', requestId: 'r-1' },
  tasks: {
    ValidatePayment: [answers({ todo: 'PAY', decision: confirmed })],
    PayProvider: [child()],
  },
  ends: 'SUCCEEDED',
  passes: ['RouteTransaction', 'ValidatePayment', 'RoutePayment', 'PayProvider', 'CompleteTransaction'],
  receives: {
    ValidatePayment: [{ transactionType: 'PAYMENT', requestId: 'r-1' }],
    PayProvider: [{ requestId: 'r-1', decision: confirmed }],
  },
};

const failure = { event: 'SYSTEM_FAILURE', actor: { id: 'SYSTEM', role: 'SYSTEM' } };

const refunded: Story = {
  name: 'gives the hours of a request back',
  given: { transactionType: 'REFUND', requestId: 'r-1' },
  tasks: {
    ValidatePayment: [answers({ todo: 'REFUND', decision: failure })],
    RefundEscrow: [child()],
  },
  ends: 'SUCCEEDED',
  passes: [
    'RouteTransaction',
    'ValidatePayment',
    'RoutePayment',
    'RefundEscrow',
    'HoursAreBack?',
    'CompleteTransaction',
  ],
  receives: {
    ValidatePayment: [{ transactionType: 'REFUND', requestId: 'r-1' }],
    RefundEscrow: [{ requestId: 'r-1', decision: failure }],
  },
};

const paidMeanwhile: Story = {
  ...refunded,
  name: 'refunds nothing once a payment is decided',
  tasks: {
    ValidatePayment: [answers({ todo: 'REFUND', decision: failure })],
    RefundEscrow: [child({ todo: 'PAY' })],
  },
  ends: { error: 'PaymentDecided' },
  passes: [
    ...['RouteTransaction', 'ValidatePayment', 'RoutePayment'],
    ...['RefundEscrow', 'HoursAreBack?', 'RefuseRefund'],
  ],
};

const done: Story = {
  name: 'leaves alone what has ended by now',
  given: { transactionType: 'PAYMENT', requestId: 'r-1' },
  tasks: { ValidatePayment: [answers({ todo: 'NOTHING', decision: null })] },
  ends: 'SUCCEEDED',
  passes: ['RouteTransaction', 'ValidatePayment', 'RoutePayment', 'CompleteTransaction'],
};

const unknown = (given: Readonly<Record<string, string>>, what: string): Story => ({
  name: `fails for a transaction ${what}`,
  given,
  tasks: {},
  ends: { error: 'UnknownTransaction' },
  passes: ['RouteTransaction', 'RefuseTransaction'],
});

const BROKEN_CHILD = { turn: childFails(), how: 'ends otherwise' };

export const transactionProcessing: Matrix = {
  given: bonus,
  paths: [
    welcomed,
    adjusted,
    paid,
    refunded,
    paidMeanwhile,
    done,
    unknown({ transactionType: 'GIFT' }, 'of another type'),
    unknown({}, 'of no type'),
    ...[welcomed, paid, refunded].flatMap((story) => withFaults(story)),
    ...[welcomed, paid, refunded].flatMap((story) =>
      Object.keys(story.tasks).map((task) => unless(story, task, FAILS_FOR_GOOD, parkedBy(FAULT))),
    ),
    unless(paid, 'PayProvider', BROKEN_CHILD, parkedBy('States.TaskFailed')),
  ],
};
