import { randomUUID } from 'node:crypto';
import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AdminJourney } from '../../../dev/admin-journey.ts';
import { RequestJourney } from '../../../dev/request-journey.ts';
import { intercept, startScratchDatabase, type ScratchDatabase } from '../../../dev/scratch-database.ts';
import type { AdminActionRecord } from '../../../domain/admin-action.ts';
import type { Account, Escrow, LogEntry } from '../../../domain/ledger.ts';
import { isTreasury } from '../../../domain/ledger.ts';
import type { NotificationRecord } from '../../../domain/notifications.ts';
import { MAX_FINDINGS, type ReportRecord } from '../../../domain/reconciliation.ts';
import type { RequestRecord } from '../../../domain/request.ts';
import { NOW, sampleEscrow } from '../../../domain/samples.ts';
import { accountLock } from '../shared/account-lock.ts';
import type { Tables } from '../shared/tables.ts';
import { listAccounts } from './account-list.ts';
import { accountReader } from './account-reader.ts';
import { LOOKS, checkAccounts } from './check-accounts.ts';
import { findOrphans } from './orphans.ts';
import { reconcileBalances, type Count, type ReconciliationStep } from './reconcile-balances.ts';
import { createReports, type Ended } from './reports.ts';

let database: ScratchDatabase;
let journey: RequestJourney;

beforeAll(async () => {
  database = await startScratchDatabase();
});
afterAll(() => database.stop());
beforeEach(async () => {
  await database.clear(); // a tampered one is of no use to the next test
  journey = new RequestJourney(database, NOW);
});

interface Options {
  /** In place of the database that the check reads. */
  readonly dynamo?: ScratchDatabase['dynamo'];
  /** What happens while the check pauses. */
  readonly meanwhile?: () => Promise<unknown>;
}

/** A step without what the state machine adds to each. */
type Unnamed<Step> = Step extends unknown ? Omit<Step, 'reportId' | 'executionArn'> : never;

/** BalanceReconciliationWorkflow; every step runs twice, and must answer the same twice. */
async function reconcile({ dynamo = database.dynamo, meanwhile }: Options = {}) {
  const { tables } = database;
  const reportId = `check-${randomUUID()}`;
  const sleep = vi.fn(async () => {
    await meanwhile?.();
  });
  const alarm = vi.fn();
  const busy = vi.fn();
  const lookAt = accountReader(dynamo, tables);
  const run = reconcileBalances({
    reports: createReports(database),
    listAccounts: (cursor) => listAccounts(dynamo, tables, cursor, { page: 7, batch: 3 }),
    checkAccounts: (userIds) => checkAccounts({ lookAt, sleep }, userIds),
    findOrphans: (cursor) => findOrphans({ dynamo, tables, sleep }, cursor),
    setLock: accountLock(database),
    emit: journey.emit,
    busy,
    alarm,
  });
  const twice = async (step: Unnamed<ReconciliationStep>) => {
    const given = { ...step, reportId, executionArn: `arn:${reportId}` };
    const first = await run(given, NOW);
    if (!meanwhile) expect(await run(given, NOW)).toEqual(first);
    return first;
  };

  const total = { checked: 0, mismatches: 0 };
  await twice({ step: 'OPEN', requestedBy: 'admin-1' });
  for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
    const page = (await twice({ step: 'LIST', cursor })) as Awaited<ReturnType<typeof listAccounts>>;
    for (const { accounts } of page.batches) {
      const { checked, mismatches } = (await twice({ step: 'CHECK', accounts: [...accounts] })) as Count;
      total.checked += checked;
      total.mismatches += mismatches;
    }
    cursor = page.cursor;
  }
  const orphans = (await twice({ step: 'ORPHANS', cursor: null })) as { mismatches: number };
  total.mismatches += orphans.mismatches;
  const ended = (await twice({ step: 'CLOSE', ...total })) as Ended;
  if (ended.status === 'MISMATCHED') await twice({ step: 'ALARM', mismatches: ended.mismatches });
  const reports = await database.rows<ReportRecord>('reconciliationReport');
  const report = reports.find(({ id }) => id === reportId);
  if (!report) throw new Error('There is no report');
  return { report, sleep, alarm, busy };
}

const wordsOf = ({ findings = [] }: ReportRecord) =>
  Object.fromEntries(findings.map(({ accountId, words }) => [accountId, words.join(' ')]));

async function accountOf(userId: string): Promise<Account> {
  const found = (await database.rows<Account>('userBalance')).find((row) => row.userId === userId);
  if (!found) throw new Error(`There is no account ${userId}`);
  return found;
}

/** Changes a row behind the back of the ledger. */
async function tamper(table: keyof Tables, key: object, set: Readonly<Record<string, unknown>>) {
  const fields = Object.entries(set);
  await database.dynamo.send(
    new UpdateCommand({
      TableName: database.tables[table],
      Key: { ...key },
      UpdateExpression: `SET ${fields.map(([field]) => `#${field} = :${field}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(fields.map(([field]) => [`#${field}`, field])),
      ExpressionAttributeValues: Object.fromEntries(fields.map(([field, value]) => [`:${field}`, value])),
    }),
  );
}

const remove = (table: keyof Tables, key: object) =>
  database.dynamo.send(new DeleteCommand({ TableName: database.tables[table], Key: { ...key } }));

const insert = (table: keyof Tables, row: object) =>
  database.dynamo.send(new PutCommand({ TableName: database.tables[table], Item: { ...row } }));

describe('books that nobody touched', () => {
  it('balance, and the report says how many accounts were checked', async () => {
    await journey.paid();
    await journey.awaiting();
    const accounts = await database.rows('userBalance');

    const { report, alarm, sleep } = await reconcile();

    expect(report).toMatchObject({
      kind: 'BALANCES',
      status: 'BALANCED',
      startedAt: NOW,
      finishedAt: NOW,
      accountsChecked: accounts.length,
      mismatches: 0,
      requestedBy: 'admin-1',
      findings: [],
      stepFunctionExecutionArn: `arn:${report.id}`,
      __typename: 'ReconciliationReport',
    });
    expect(report).not.toHaveProperty('foundByAccount');
    expect(alarm).not.toHaveBeenCalled();
    expect(sleep).not.toHaveBeenCalled(); // who agrees at once is not asked again
    const notices = journey.hints.filter(({ DetailType }) => DetailType === 'Admin Notice');
    expect(notices.map(({ Detail }) => Detail['eventId'])).toContain(`${report.id}#BALANCED`);
  });

  it('balance where there are none', async () => {
    expect((await reconcile()).report).toMatchObject({ status: 'BALANCED', accountsChecked: 0 });
  });

  it('balance after any history', async () => {
    const deed = fc.constantFrom(
      'submitted',
      'awaiting',
      'inProgress',
      'completed',
      'paid',
      'refunded',
      'withdrawn',
      'adjusted',
      'locked',
    );
    const live = async (done: readonly string[]) => {
      const admin = new AdminJourney(journey);
      for (const what of done) {
        const request = await journey[LEADS_TO[what] ?? 'awaiting']();
        const { id: requestId, requesterId: userId } = request;
        if (what === 'refunded') await journey.cancel(requestId, SYSTEM_FAILURE);
        if (what === 'withdrawn') {
          await journey.command('cancelServiceRequest', userId, { requestId });
          await journey.cancel(requestId, (await journey.process(requestId, 'PROVIDER_RESPONSE')).decision);
        }
        if (what === 'adjusted') await admin.adjust(userId, -11, { allowBelowZero: true });
        if (what === 'locked')
          await admin.command('setAccountLock', { userId, locked: true, reason: 'A look' });
      }
    };
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 5 }), async (done) => {
        await live(done); // on top of what lives already
        expect(await database.breaches()).toEqual([]);
        expect(wordsOf((await reconcile()).report)).toEqual({});
      }),
      { numRuns: 5, endOnFailure: true },
    );
  }, 120_000);
});

const SYSTEM_FAILURE = { event: 'SYSTEM_FAILURE', actor: { id: 'SYSTEM', role: 'SYSTEM' } } as const;

/** How far a request gets before something else happens to it. */
const LEADS_TO: Readonly<Record<string, 'submitted' | 'awaiting' | 'inProgress' | 'completed' | 'paid'>> = {
  submitted: 'submitted',
  inProgress: 'inProgress',
  completed: 'completed',
  paid: 'paid',
};

/** A request whose hours are held, and one that is paid, of four members. */
async function town() {
  const held = await journey.inProgress();
  const paid = await journey.paid();
  const escrows = await database.rows<Escrow>('escrow');
  const entries = await database.rows<LogEntry>('transactionLog');
  const escrowOf = ({ id }: RequestRecord) => {
    const escrow = escrows.find(({ requestId }) => requestId === id);
    if (!escrow) throw new Error('Nothing is held');
    return escrow;
  };
  const entryOf = (userId: string, type: LogEntry['transactionType']) => {
    const entry = entries.find((row) => row.userId === userId && row.transactionType === type);
    if (!entry) throw new Error('Nothing is logged');
    return entry;
  };
  return { held, paid, escrowOf, entryOf };
}

type Town = Awaited<ReturnType<typeof town>>;

interface Tampering {
  readonly what: string;
  readonly with: (town: Town) => Promise<unknown>;
  /** Whose account must be named. */
  readonly names: (town: Town) => string;
  readonly says: RegExp;
}

const TAMPERINGS: readonly Tampering[] = [
  {
    what: 'available hours',
    with: ({ held }) => tamper('userBalance', { userId: held.requesterId }, { availableBalance: 80 }),
    names: ({ held }) => held.requesterId,
    says: /available by the log is 80, not 8/,
  },
  {
    what: 'escrowed hours',
    with: ({ held }) => tamper('userBalance', { userId: held.requesterId }, { escrowedBalance: 0 }),
    names: ({ held }) => held.requesterId,
    says: /escrowed by open escrows is 0, not 2/,
  },
  {
    what: 'the total',
    with: ({ held }) => tamper('userBalance', { userId: held.providerId }, { totalBalance: 11 }),
    names: ({ held }) => held.providerId,
    says: /total is 11, not 10/,
  },
  {
    what: 'the version',
    with: ({ held }) => tamper('userBalance', { userId: held.requesterId }, { version: 7 }),
    names: ({ held }) => held.requesterId,
    says: /version is 7, not 2/,
  },
  {
    what: 'hours below zero',
    with: ({ held }) =>
      tamper('userBalance', { userId: held.providerId }, { availableBalance: -1, totalBalance: -1 }),
    names: ({ held }) => held.providerId,
    says: /is below zero/,
  },
  {
    what: 'an amount in the log',
    with: ({ paid, entryOf }) =>
      tamper('transactionLog', { id: entryOf(paid.providerId, 'TRANSFER').id }, { amount: 3 }),
    names: ({ paid }) => paid.providerId,
    says: /available by the log is 12, not 13/,
  },
  {
    what: 'an account and its log alike',
    with: async ({ paid, entryOf }) => {
      const { id } = entryOf(paid.providerId, 'TRANSFER');
      await tamper('transactionLog', { id }, { amount: 3, balanceAfter: 13 });
      await tamper('userBalance', { userId: paid.providerId }, { availableBalance: 13, totalBalance: 13 });
    },
    names: ({ paid }) => paid.providerId,
    says: /Posting release-escrow-.* nets to 1/,
  },
  {
    what: 'an entry that is gone',
    with: ({ paid, entryOf }) => remove('transactionLog', { id: entryOf(paid.providerId, 'TRANSFER').id }),
    names: ({ paid }) => paid.providerId,
    says: /version is 2, not 1/,
  },
  {
    what: 'an entry that is new',
    with: ({ held, entryOf }) => {
      const entry = entryOf(held.providerId, 'WELCOME_BONUS');
      return insert('transactionLog', { ...entry, id: `gift#${held.providerId}`, transactionId: 'gift' });
    },
    names: ({ held }) => held.providerId,
    says: /Posting gift nets to 10/,
  },
  {
    what: 'the amount of an escrow',
    with: ({ held, escrowOf }) => tamper('escrow', { id: escrowOf(held).id }, { amount: 4 }),
    names: ({ held }) => held.requesterId,
    says: /Escrow escrow-.*: held by the log is 2, not 4/,
  },
  {
    what: 'the status of an escrow',
    with: ({ held, escrowOf }) => tamper('escrow', { id: escrowOf(held).id }, { status: 'CANCELLED' }),
    names: ({ held }) => held.requesterId,
    says: /Escrow escrow-.*: released and refunded is 0, not 2/,
  },
  {
    what: 'what an escrow paid',
    with: ({ paid, escrowOf }) => tamper('escrow', { id: escrowOf(paid).id }, { releasedAmount: 1 }),
    names: ({ paid }) => paid.requesterId,
    says: /Escrow escrow-.*: paid to the provider by the log is 2, not 1/,
  },
  {
    what: 'whom an escrow will pay',
    with: ({ held, paid, escrowOf }) =>
      tamper('escrow', { id: escrowOf(held).id }, { toUserId: paid.requesterId }),
    names: ({ held }) => held.requesterId,
    says: /Request .* is to .*, its escrow to/,
  },
  {
    what: 'an escrow that is gone',
    with: ({ held, escrowOf }) => remove('escrow', { id: escrowOf(held).id }),
    names: ({ held }) => held.requesterId,
    says: /escrowed by open escrows is 2, not 0/,
  },
  {
    what: 'an escrow that is new',
    with: ({ held }) => insert('escrow', sampleEscrow({ fromUserId: held.providerId })),
    names: ({ held }) => held.providerId,
    says: /No request .*, but an escrow/,
  },
  {
    what: 'the status of a request',
    with: ({ held }) => tamper('serviceRequest', { id: held.id }, { status: 'PAID' }),
    names: ({ held }) => held.requesterId,
    says: /Request .* is PAID, its escrow ESCROWED/,
  },
  {
    what: 'the amount of a request',
    with: ({ held }) => tamper('serviceRequest', { id: held.id }, { amount: 3 }),
    names: ({ held }) => held.requesterId,
    says: /Request .* is of 3 hours, its escrow of 2/,
  },
  {
    what: 'a request that is gone',
    with: ({ held }) => remove('serviceRequest', { id: held.id }),
    names: ({ held }) => held.requesterId,
    says: /No request .*, but an escrow/,
  },
  {
    what: 'a member who is gone',
    with: ({ held }) => remove('user', { id: held.providerId }),
    names: ({ held }) => held.providerId,
    says: /is of no member/,
  },
];

describe('what was changed behind the API', () => {
  it.each(TAMPERINGS)('is found and named, and its account locked: $what', async (tampering) => {
    const people = await town();
    await tampering.with(people);
    const culprit = tampering.names(people);
    expect(await database.breaches()).not.toEqual([]);
    const before = await accountOf(culprit);

    const { report, alarm } = await reconcile();

    expect(wordsOf(report)[culprit]).toMatch(tampering.says);
    expect(report.findings).toContainEqual(expect.objectContaining({ accountId: culprit, locked: true }));
    expect(report).toMatchObject({ status: 'MISMATCHED', mismatches: report.findings?.length });
    expect(alarm).toHaveBeenCalledWith(report.mismatches);
    expect(await accountOf(culprit)).toEqual({
      ...before, // never repaired
      lockedAt: NOW,
      lockedBy: 'RECONCILIATION',
      updatedAt: NOW,
    });
    const actions = await database.rows<AdminActionRecord>('adminAction');
    expect(actions.filter(({ userId }) => userId === culprit)).toEqual([
      expect.objectContaining({ kind: 'LOCK', adminId: 'RECONCILIATION', status: 'DONE' }),
    ]);
    const told = await database.rows<NotificationRecord>('notification');
    expect(told.filter(({ userId, kind }) => userId === culprit && kind === 'ACCOUNT_LOCKED')).toHaveLength(
      1,
    );
  });

  it('in an account of the treasury is found, and nothing is locked there', async () => {
    await town();
    const [treasury] = (await database.rows<Account>('userBalance')).filter(({ userId }) =>
      isTreasury(userId),
    );
    const userId = treasury?.userId ?? '';
    await tamper('userBalance', { userId }, { availableBalance: -1000, totalBalance: -1000 });

    const { report } = await reconcile();

    expect(report.findings).toEqual([
      {
        accountId: userId,
        words: [expect.stringContaining('-1000') as string, expect.any(String) as string],
        locked: false,
      },
    ]);
    expect(await accountOf(userId)).not.toHaveProperty('lockedAt');
  });

  it('leaves an account as an admin locked it', async () => {
    const { held } = await town();
    await tamper(
      'userBalance',
      { userId: held.providerId },
      { totalBalance: 11, lockedAt: 'then', lockedBy: 'ann' },
    );
    const { report } = await reconcile();
    expect(report.findings).toEqual([expect.objectContaining({ locked: true })]);
    expect(await accountOf(held.providerId)).toMatchObject({ lockedAt: 'then', lockedBy: 'ann' });
  });

  it('is found where no account leads to it: rows of nobody, and members without an account', async () => {
    const { held, entryOf } = await town();
    await insert('transactionLog', {
      ...entryOf(held.providerId, 'WELCOME_BONUS'),
      id: 'x#ghost',
      userId: 'ghost',
    });
    await insert('escrow', sampleEscrow({ fromUserId: 'spectre' }));
    await remove('userBalance', { userId: held.providerId });

    const words = wordsOf((await reconcile()).report);

    expect(words['ghost']).toBe('Entry x#ghost is of no account');
    expect(words['spectre']).toBe(`Escrow ${sampleEscrow().id} is of no account`);
    expect(words[held.providerId]).toContain(`Member ${held.providerId} is of no account`);
    expect(words[held.providerId]).toContain(`Entry welcome-${held.providerId}#${held.providerId}`);
  });

  it('is found whatever it is: reconciliation and the rules of whole books agree', async () => {
    const { held, paid } = await town();
    const rows = {
      userBalance: await database.rows<Account>('userBalance'),
      transactionLog: await database.rows<LogEntry>('transactionLog'),
      escrow: await database.rows<Escrow>('escrow'),
      serviceRequest: [held, paid],
    };
    const FIELDS = {
      userBalance: ['totalBalance', 'availableBalance', 'escrowedBalance', 'version'],
      transactionLog: ['amount', 'heldDelta', 'balanceBefore', 'balanceAfter'],
      escrow: ['amount', 'releasedAmount', 'refundedAmount'],
      serviceRequest: ['amount'],
    } as const;
    const places = (Object.keys(FIELDS) as (keyof typeof FIELDS)[]).flatMap((table) =>
      FIELDS[table].flatMap((field) => rows[table].map((row) => ({ table, field, row: { ...row } }))),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), fc.integer({ min: -9, max: 9 }), async (place, by) => {
        const { table, field } = place;
        const row: Readonly<Record<string, unknown>> = place.row;
        await insert(table, { ...row, [field]: Number(row[field]) + by / 4 });
        const breaches = await database.breaches();
        const { report } = await reconcile();
        await insert(table, row); // as it was, the lock too
        expect(report.status).toBe(breaches.length > 0 ? 'MISMATCHED' : 'BALANCED');
      }),
      { numRuns: 20 },
    );
  }, 180_000);
});

describe('a check while hours move', () => {
  it('finds nothing, however many postings there are', async () => {
    await town();
    let moving = true;
    const live = async () => {
      while (moving) await journey.paid();
    };
    const lives = [live(), live(), live()];
    for (let time = 0; time < 4; time++) {
      const { report } = await reconcile({ meanwhile: () => Promise.resolve() });
      expect(wordsOf(report)).toEqual({});
    }
    moving = false;
    await Promise.all(lives);
    expect(await database.breaches()).toEqual([]);
  }, 120_000);

  it('looks again where it read half of a posting', async () => {
    const { held } = await town();
    const { requesterId: userId, id: requestId } = held;
    let posted = false;
    const dynamo = intercept(database.dynamo, 'GetCommand', async (send, input) => {
      const row = await send();
      const ofAccount = 'Key' in input && (input.Key as { userId?: string }).userId === userId;
      if (!ofAccount || posted) return row;
      posted = true;
      await journey.cancel(requestId, SYSTEM_FAILURE); // after the balance was read, and before the log
      return row;
    });
    const { report, sleep } = await reconcile({ dynamo, meanwhile: () => Promise.resolve() });
    expect(wordsOf(report)).toEqual({});
    expect(sleep).toHaveBeenCalled();
  });

  /** A database whose index of the log does not know the latest entry of an account for a while. */
  function laggingIndex(userId: string, lags: () => boolean) {
    const send = async (command: Parameters<typeof database.dynamo.send>[0]) => {
      const reply = await database.dynamo.send(command);
      const { input } = command;
      const ofLog = 'IndexName' in input && input.IndexName === 'byUserId';
      if (!ofLog || !lags() || !('Items' in reply)) return reply;
      const entries = (reply.Items ?? []) as unknown as readonly LogEntry[];
      const mine = entries.filter((entry) => entry.userId === userId);
      return { ...reply, Items: entries.filter((entry) => entry !== mine.at(-1)) };
    };
    return Object.assign(Object.create(database.dynamo) as typeof database.dynamo, { send });
  }

  it('gives an index time to catch up, even over several looks', async () => {
    const { held } = await town();
    let looks = 0;
    const dynamo = laggingIndex(held.requesterId, () => looks < LOOKS - 2);
    const meanwhile = () => {
      looks += 1;
      return Promise.resolve();
    };
    expect(wordsOf((await reconcile({ dynamo, meanwhile })).report)).toEqual({});
    expect(looks).toBe(LOOKS - 2);
  });

  it('believes in a missing entry once it has looked often enough', async () => {
    const { held } = await town();
    const dynamo = laggingIndex(held.requesterId, () => true);
    const { report, sleep } = await reconcile({ dynamo, meanwhile: () => Promise.resolve() });
    expect(Object.keys(wordsOf(report))).toEqual([held.requesterId]);
    expect(sleep).toHaveBeenCalledTimes(LOOKS - 1);
  });

  it('finds guilty whoever disagrees twice, and not who was mended meanwhile', async () => {
    const { held, paid } = await town();
    const { requesterId: mended } = held;
    const { providerId: broken } = paid;
    await tamper('userBalance', { userId: mended }, { totalBalance: 11 });
    await tamper('userBalance', { userId: broken }, { totalBalance: 13 });
    const meanwhile = () => tamper('userBalance', { userId: mended }, { totalBalance: 10 });
    const { report } = await reconcile({ meanwhile });
    expect(Object.keys(wordsOf(report))).toEqual([broken]);
  });

  it('does not judge an account that moves each time, and says so', async () => {
    const { held } = await town();
    let version = 100;
    const dynamo = intercept(database.dynamo, 'GetCommand', async (send, input) => {
      const reply = (await send()) as { Item?: Record<string, unknown> };
      const ofAccount = 'Key' in input && (input.Key as { userId?: string }).userId === held.requesterId;
      return ofAccount && reply.Item?.['version'] !== undefined
        ? { ...reply, Item: { ...reply.Item, version: version++ } }
        : reply;
    });
    const { report, busy } = await reconcile({ dynamo, meanwhile: () => Promise.resolve() });
    expect(busy).toHaveBeenCalledExactlyOnceWith([held.requesterId]);
    const accounts = await database.rows('userBalance');
    expect(report).toMatchObject({ status: 'BALANCED', accountsChecked: accounts.length - 1 });
  });
});

describe('a report', () => {
  const reports = () => createReports(database);
  const finding = (accountId: string) => ({ accountId, words: ['It disagrees'], locked: true });

  it('has room for so many findings, and counts them all', async () => {
    await reports().open({ id: 'r', requestedBy: 'SCHEDULE' }, NOW);
    for (let index = 0; index < MAX_FINDINGS + 5; index++)
      await reports().add('r', finding(`account-${index}`));
    await reports().add('r', { ...finding('account-3'), words: ['Again'] }); // known: there is room
    expect(await reports().close('r', 200, MAX_FINDINGS + 5, NOW)).toEqual({
      status: 'MISMATCHED',
      mismatches: MAX_FINDINGS + 5,
    });
    const [report] = await database.rows<ReportRecord>('reconciliationReport');
    expect(report?.findings).toHaveLength(MAX_FINDINGS);
    expect(report?.findings).toContainEqual(expect.objectContaining({ words: ['Again'] }));
  });

  it('believes its findings rather than a step that counted twice', async () => {
    await reports().open({ id: 'r', requestedBy: 'SCHEDULE' }, NOW);
    await reports().add('r', finding('ana'));
    expect(await reports().close('r', 3, 2, NOW)).toEqual({ status: 'MISMATCHED', mismatches: 1 });
  });

  it('is opened and closed once', async () => {
    await reports().open({ id: 'r', requestedBy: 'SCHEDULE' }, NOW);
    await reports().close('r', 3, 0, NOW);
    await reports().open({ id: 'r', requestedBy: 'somebody else' }, NOW);
    expect(await reports().close('r', 9, 9, NOW)).toEqual({ status: 'BALANCED', mismatches: 0 });
    expect(await database.rows('reconciliationReport')).toEqual([
      expect.objectContaining({ requestedBy: 'SCHEDULE', accountsChecked: 3 }),
    ]);
  });

  it('that was never opened is not closed', async () => {
    await expect(reports().close('none', 0, 0, NOW)).rejects.toMatchObject({ name: 'BrokenRule' });
  });
});
