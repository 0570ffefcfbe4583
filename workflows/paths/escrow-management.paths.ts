import { answers, FAULT, type Matrix } from './path.ts';
import { FAILS_FOR_GOOD, parkedBy, unless, withFaults, type Story } from './variants.ts';

const decision = { event: 'CONFIRM', actor: { id: 'requester-1', role: 'REQUESTER' } };
const posted = answers({ transactionId: 'release-r-1' });

const released: Story = {
  name: 'pays the provider',
  tasks: {
    ValidateEscrowRelease: [answers({ revision: 7 })],
    ProcessEscrowRelease: [posted],
    UpdateBalances: [posted],
    CreateTransactionLog: [posted],
  },
  ends: 'SUCCEEDED',
  passes: [
    'ValidateEscrowRelease',
    'ProcessEscrowRelease',
    'UpdateBalances',
    'CreateTransactionLog',
    'CompleteEscrowRelease',
  ],
  receives: {
    ValidateEscrowRelease: [{ requestId: 'r-1', decision }],
    ProcessEscrowRelease: [{ requestId: 'r-1', step: 'PREPARE', decision }],
    UpdateBalances: [{ requestId: 'r-1', step: 'COMMIT', revision: 7, decision }],
    CreateTransactionLog: [{ requestId: 'r-1', step: 'AUDIT' }],
  },
};

export const escrowManagement: Matrix = {
  given: { requestId: 'r-1', decision },
  paths: [
    released,
    ...withFaults(released),
    ...Object.keys(released.tasks).map((task) => unless(released, task, FAILS_FOR_GOOD, parkedBy(FAULT))),
  ],
};
