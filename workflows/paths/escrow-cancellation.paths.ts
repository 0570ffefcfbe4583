import { answers, FAULT, fails, type Matrix } from './path.ts';
import { FAILS_FOR_GOOD, parkedBy, unless, withFaults, type Story } from './variants.ts';

const decision = { event: 'REJECT', actor: { id: 'provider-1', role: 'PROVIDER' } };
/** What the validation adds: a failure of ours does not know of the dispute that froze the hours. */
const told = { ...decision, disputeId: 'd-1' };
const posted = answers({ transactionId: 'refund-r-1' });

const refunded: Story = {
  name: 'gives the held hours back',
  tasks: {
    ValidateEscrowCancellation: [answers({ todo: 'REFUND', revision: 4, decision: told })],
    ProcessRefund: [posted],
    UpdateBalances: [posted],
    CreateTransactionLog: [posted],
  },
  ends: 'SUCCEEDED',
  passes: [
    'ValidateEscrowCancellation',
    'HoursWereHeld?',
    'ProcessRefund',
    'UpdateBalances',
    'CreateTransactionLog',
    'CompleteEscrowCancellation',
  ],
  receives: {
    ValidateEscrowCancellation: [{ requestId: 'r-1', step: 'VALIDATE', decision }],
    ProcessRefund: [{ requestId: 'r-1', step: 'PREPARE', decision: told }],
    UpdateBalances: [{ requestId: 'r-1', step: 'COMMIT', revision: 4, decision: told }],
    CreateTransactionLog: [{ requestId: 'r-1', step: 'AUDIT', decision: told }],
  },
};

const closed: Story = {
  name: 'closes a request that never held hours',
  tasks: {
    ValidateEscrowCancellation: [answers({ todo: 'CLOSE', revision: 2, decision: told })],
    CloseRequest: [answers({ todo: 'NOTHING', revision: 3, decision: told })],
  },
  ends: 'SUCCEEDED',
  passes: ['ValidateEscrowCancellation', 'HoursWereHeld?', 'CloseRequest', 'CompleteEscrowCancellation'],
  receives: { CloseRequest: [{ requestId: 'r-1', step: 'CLOSE', revision: 2, decision: told }] },
};

const done: Story = {
  name: 'leaves alone what is closed already',
  tasks: { ValidateEscrowCancellation: [answers({ todo: 'NOTHING', revision: 4, decision: told })] },
  ends: 'SUCCEEDED',
  passes: ['ValidateEscrowCancellation', 'HoursWereHeld?', 'CompleteEscrowCancellation'],
};

const toBePaid: Story = {
  ...done,
  name: 'leaves alone what is to be paid',
  tasks: { ValidateEscrowCancellation: [answers({ todo: 'PAY', revision: 4, decision: told })] },
};

/** The payment was decided between the look and the posting. */
const paidMeanwhile: Story = {
  ...refunded,
  name: 'gives nothing back once a payment is decided',
  tasks: {
    ValidateEscrowCancellation: [
      answers({ todo: 'REFUND', revision: 4, decision: told }),
      answers({ todo: 'PAY', revision: 4, decision: told }),
    ],
    ProcessRefund: [posted],
    UpdateBalances: [fails('PaymentDecided')],
  },
  passes: [
    ...['ValidateEscrowCancellation', 'HoursWereHeld?', 'ProcessRefund', 'UpdateBalances'],
    ...toBePaid.passes,
  ],
  receives: {},
};

/** A step that had been given up has moved the request meanwhile: it is looked at anew. */
const STALE = fails('StaleRequest');
const late: Story = {
  ...refunded,
  name: 'gives the hours back of a request that moved on meanwhile',
  tasks: {
    ValidateEscrowCancellation: [
      answers({ todo: 'CLOSE', revision: 2, decision: told }),
      answers({ todo: 'REFUND', revision: 3, decision: told }),
      answers({ todo: 'REFUND', revision: 4, decision: told }),
    ],
    CloseRequest: [STALE],
    ProcessRefund: [posted, posted],
    UpdateBalances: [STALE, posted],
    CreateTransactionLog: [posted],
  },
  passes: [
    ...['ValidateEscrowCancellation', 'HoursWereHeld?', 'CloseRequest'],
    ...['ValidateEscrowCancellation', 'HoursWereHeld?', 'ProcessRefund', 'UpdateBalances'],
    ...refunded.passes,
  ],
  receives: {
    UpdateBalances: [
      { requestId: 'r-1', step: 'COMMIT', revision: 3, decision: told },
      { requestId: 'r-1', step: 'COMMIT', revision: 4, decision: told },
    ],
  },
};

export const escrowCancellation: Matrix = {
  given: { requestId: 'r-1', decision },
  paths: [
    refunded,
    closed,
    done,
    late,
    toBePaid,
    paidMeanwhile,
    ...withFaults(refunded),
    ...withFaults(closed),
    ...Object.keys(refunded.tasks).map((task) => unless(refunded, task, FAILS_FOR_GOOD, parkedBy(FAULT))),
    unless(closed, 'CloseRequest', FAILS_FOR_GOOD, parkedBy(FAULT)),
  ],
};
