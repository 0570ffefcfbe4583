import { answers, FAULT, type Matrix } from './path.ts';
import { FAILS_FOR_GOOD, parkedBy, unless, withFaults, type Story } from './variants.ts';

const opened = answers({ reportId: 'check-1' });
const orphanPage = { table: 'escrow', after: 'escrow-9' };

const balanced: Story = {
  name: 'finds that the books balance',
  tasks: {
    OpenReport: [opened],
    ListAccounts: [answers({ batches: [{ accounts: ['ana'] }], cursor: null })],
    CheckBatch: [answers({ checked: 1, mismatches: 0 })],
    FindOrphans: [answers({ mismatches: 0, cursor: null })],
    CloseReport: [answers({ status: 'BALANCED', mismatches: 0 })],
  },
  ends: 'SUCCEEDED',
  passes: [
    'OpenReport',
    'ListAccounts',
    'CheckAccounts',
    'CheckBatch',
    'MoreAccounts?',
    'FindOrphans',
    'MoreOrphans?',
    'CloseReport',
    'BooksBalance?',
    'CompleteReconciliation',
  ],
  receives: {
    OpenReport: [{ step: 'OPEN', requestedBy: 'admin-1' }],
    ListAccounts: [{ step: 'LIST', cursor: null }],
    CheckBatch: [{ step: 'CHECK', accounts: ['ana'] }],
    FindOrphans: [{ step: 'ORPHANS', cursor: null }],
    CloseReport: [{ step: 'CLOSE', checked: 1, mismatches: 0 }],
  },
};

const mismatched: Story = {
  name: 'goes through every page, adds up what each step counted, and calls the operators',
  tasks: {
    OpenReport: [opened],
    ListAccounts: [
      answers({ batches: [{ accounts: ['ana', 'ben'] }], cursor: 'ben' }),
      answers({ batches: [{ accounts: [] }], cursor: null }),
    ],
    CheckBatch: [answers({ checked: 2, mismatches: 1 }), answers({ checked: 0, mismatches: 0 })],
    FindOrphans: [answers({ mismatches: 2, cursor: orphanPage }), answers({ mismatches: 0, cursor: null })],
    CloseReport: [answers({ status: 'MISMATCHED', mismatches: 3 })],
    AlarmOperators: [answers({ mismatches: 3 })],
  },
  ends: 'SUCCEEDED',
  passes: [
    'OpenReport',
    ...['ListAccounts', 'CheckAccounts', 'CheckBatch', 'MoreAccounts?'],
    ...['ListAccounts', 'CheckAccounts', 'CheckBatch', 'MoreAccounts?'],
    ...['FindOrphans', 'MoreOrphans?', 'FindOrphans', 'MoreOrphans?'],
    'CloseReport',
    'BooksBalance?',
    'AlarmOperators',
    'CompleteReconciliation',
  ],
  receives: {
    ListAccounts: [{ cursor: null }, { cursor: 'ben' }],
    CheckBatch: [{ accounts: ['ana', 'ben'] }, { accounts: [] }],
    FindOrphans: [{ cursor: null }, { cursor: orphanPage }],
    CloseReport: [{ checked: 2, mismatches: 3 }],
    AlarmOperators: [{ step: 'ALARM', mismatches: 3 }],
  },
};

const severalBatches = {
  name: 'adds up the batches of one page',
  tasks: {
    ...balanced.tasks,
    ListAccounts: [answers({ batches: [{ accounts: ['ana'] }, { accounts: ['ben'] }], cursor: null })],
    CheckBatch: [answers({ checked: 1, mismatches: 0 }), answers({ checked: 1, mismatches: 0 })],
  },
  ends: 'SUCCEEDED',
  receives: { CloseReport: [{ checked: 2, mismatches: 0 }] },
} as const;

const broken = (story: Story, task: string) => unless(story, task, FAILS_FOR_GOOD, parkedBy(FAULT));

export const balanceReconciliation: Matrix = {
  given: { requestedBy: 'admin-1' },
  paths: [
    balanced,
    mismatched,
    severalBatches,
    ...withFaults(mismatched),
    ...Object.keys(mismatched.tasks).map((task) => broken(mismatched, task)),
  ],
};
