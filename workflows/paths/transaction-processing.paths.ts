import { answers, FAULT, type Matrix } from './path.ts';
import { FAILS_FOR_GOOD, parkedBy, unless, withFaults, type Story } from './variants.ts';

const bonus = { transactionType: 'WELCOME_BONUS', userId: 'member-1', displayName: 'Mina' };
const posted = answers({ transactionId: 'welcome-member-1' });

const welcomed: Story = {
  name: 'posts the welcome bonus and tells the member',
  tasks: { ValidateTransaction: [posted], PostTransaction: [posted], TellMember: [posted] },
  ends: 'SUCCEEDED',
  passes: ['ValidateTransaction', 'PostTransaction', 'TellMember', 'CompleteTransaction'],
  receives: {
    ValidateTransaction: [{ ...bonus, step: 'VALIDATE' }],
    PostTransaction: [{ ...bonus, step: 'POST' }],
    TellMember: [{ ...bonus, step: 'TELL' }],
  },
};

export const transactionProcessing: Matrix = {
  given: bonus,
  paths: [
    welcomed,
    ...withFaults(welcomed),
    ...Object.keys(welcomed.tasks).map((task) => unless(welcomed, task, FAILS_FOR_GOOD, parkedBy(FAULT))),
  ],
};
