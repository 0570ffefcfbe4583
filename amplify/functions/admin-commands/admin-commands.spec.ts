import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AdminJourney } from '../../../dev/admin-journey.ts';
import { RequestJourney } from '../../../dev/request-journey.ts';
import { intercept, startScratchDatabase, type ScratchDatabase } from '../../../dev/scratch-database.ts';
import type { AdminActionRecord } from '../../../domain/admin-action.ts';
import { after } from '../../../domain/instant.ts';
import type { NotificationRecord } from '../../../domain/notifications.ts';
import type { RefusalCode } from '../../../domain/refusal.ts';
import { NOW } from '../../../domain/samples.ts';
import { accountLock } from '../shared/account-lock.ts';
import { createLedgerWriter } from '../shared/ledger-writer.ts';
import { startReconciliation } from './start-reconciliation.ts';

let database: ScratchDatabase;
let journey: RequestJourney;
let admin: AdminJourney;
let userId: string;

beforeAll(async () => {
  database = await startScratchDatabase();
});
afterAll(() => database.stop());
beforeEach(async () => {
  journey = new RequestJourney(database, NOW);
  admin = new AdminJourney(journey);
  userId = await journey.member();
});
afterEach(async () => {
  expect(await database.breaches()).toEqual([]);
});

const refused = (code: RefusalCode) => expect.objectContaining({ name: 'Refusal', code }) as unknown;

const toldTo = async (member: string) =>
  (await database.rows<NotificationRecord>('notification')).filter((row) => row.userId === member);

const adjustmentOf = (overrides: object = {}) => ({
  adjustmentId: randomUUID(),
  userId,
  hours: 2,
  reason: ' Hours lost in the old system ',
  ...overrides,
});

/** The ledger, where something happens just before its first transaction is sent. */
function lastMoment(happens: () => Promise<unknown>) {
  let first = true;
  const dynamo = intercept(database.dynamo, 'TransactWriteCommand', async (send) => {
    if (first) await happens();
    first = false;
    return send();
  });
  return { ledger: createLedgerWriter({ ...database, dynamo }) };
}

describe('an adjustment', () => {
  it('answers as REQUESTED, and starts its workflow with everything in the input', async () => {
    const args = adjustmentOf({ hours: -2.5, allowBelowZero: null });
    expect(await admin.command('adjustBalance', args)).toEqual({
      id: args.adjustmentId,
      kind: 'ADJUSTMENT',
      userId,
      hours: -2.5,
      allowBelowZero: false,
      reason: 'Hours lost in the old system',
      status: 'REQUESTED',
      refusal: null,
      createdAt: NOW,
      now: NOW,
    });
    expect(admin.started).toEqual([
      {
        name: `adjustment-${args.adjustmentId}`,
        input: {
          transactionType: 'ADMIN_ADJUSTMENT',
          adjustmentId: args.adjustmentId,
          adminId: admin.adminId,
          userId,
          hours: -2.5,
          reason: 'Hours lost in the old system',
          allowBelowZero: false,
        },
      },
    ]);
  });

  it.each([2, -10])(
    'of %d hours moves them, is on record as DONE, and is told to the member',
    async (hours) => {
      const action = await admin.adjust(userId, hours);
      expect(action).toMatchObject({
        kind: 'ADJUSTMENT',
        adminId: admin.adminId,
        status: 'DONE',
        stepFunctionExecutionArn: `arn:adjustment-${action?.id ?? ''}`,
        __typename: 'AdminAction',
      });
      expect(await admin.account(userId)).toMatchObject({ availableBalance: 10 + hours, version: 2 });
      expect(await toldTo(userId)).toEqual([
        expect.objectContaining({
          kind: 'HOURS_ADJUSTED',
          parameters: { title: '', hours, otherId: '', reason: 'A correction' },
          __typename: 'Notification',
        }),
      ]);
      const hints = journey.hints.map(({ DetailType, Detail }) => [DetailType, Detail['kind']]);
      expect(hints).toContainEqual(['Balance Changed', 'BALANCE']);
      expect(hints).toContainEqual(['Balance Changed', 'NOTIFICATION']);
      expect(hints).toContainEqual(['Admin Notice', 'NOTIFICATION']);
    },
  );

  it('takes a member below zero only where that is allowed', async () => {
    const taking = (rest: object) => admin.adjust(userId, -10.25, rest);
    await expect(taking({})).rejects.toEqual(refused('INSUFFICIENT_HOURS'));
    await expect(taking({ allowBelowZero: false })).rejects.toEqual(refused('INSUFFICIENT_HOURS'));
    expect(await taking({ allowBelowZero: true })).toMatchObject({ status: 'DONE', allowBelowZero: true });
    expect(await admin.account(userId)).toMatchObject({ availableBalance: -0.25 });
  });

  it('of what an account holds is refused: held hours are not available', async () => {
    const { requesterId } = await journey.awaiting();
    await expect(admin.adjust(requesterId, -8.25)).rejects.toEqual(refused('INSUFFICIENT_HOURS'));
    expect(await admin.adjust(requesterId, -8)).toMatchObject({ status: 'DONE' });
  });

  it.each<readonly [string, object, RefusalCode]>([
    ['no hours', { hours: 0 }, 'INVALID_HOURS'],
    ['a tenth of an hour', { hours: 0.1 }, 'INVALID_HOURS'],
    ['more hours than there are', { hours: -1000.25 }, 'INVALID_HOURS'],
    ['no reason', { reason: '  ' }, 'INVALID_INPUT'],
    ['a reason without end', { reason: 'a'.repeat(501) }, 'INVALID_INPUT'],
    ['an id that is no UUID', { adjustmentId: 'mine' }, 'INVALID_INPUT'],
    ['a member whom nobody knows', { userId: randomUUID() }, 'NOT_FOUND'],
    ['an account of the treasury', { userId: 'treasury-3' }, 'NOT_FOUND'],
  ])('is refused with %s, and nothing starts', async (_what, overrides, code) => {
    await expect(admin.command('adjustBalance', adjustmentOf(overrides))).rejects.toEqual(refused(code));
    expect(admin.started).toEqual([]);
  });

  it('is refused to whoever is no admin, and to an admin about themselves', async () => {
    const args = adjustmentOf();
    await expect(admin.command('adjustBalance', args, { groups: [] })).rejects.toEqual(
      refused('NOT_AN_ADMIN'),
    );
    const own = admin.command('adjustBalance', args, { userId });
    await expect(own).rejects.toEqual(refused('CONFLICT_OF_INTEREST'));
    expect(admin.started).toEqual([]);
  });

  it('that comes again before it is on record is the same start', async () => {
    const args = adjustmentOf();
    const first = await admin.command('adjustBalance', args);
    expect(await admin.command('adjustBalance', args)).toEqual(first);
    expect(admin.started[1]).toEqual(admin.started[0]);
  });

  it('that comes again later is found as it stands, though nothing is left to take', async () => {
    const args = adjustmentOf({ hours: -10 });
    await admin.command('adjustBalance', args);
    await Promise.all(admin.started.map((start) => admin.run(start)));
    expect(await admin.command('adjustBalance', args)).toMatchObject({ status: 'DONE', createdAt: NOW });
    expect(admin.started).toHaveLength(1);
    expect(await admin.account(userId)).toMatchObject({ availableBalance: 0, version: 2 });
  });

  it.each<readonly [string, object, object]>([
    ['hours', { hours: 3 }, {}],
    ['reason', { reason: 'Another' }, {}],
    ['permission', { allowBelowZero: true }, {}],
    ['admin', {}, { userId: randomUUID() }],
  ])('with the id of an adjustment of another %s is refused', async (_what, overrides, caller) => {
    const args = adjustmentOf();
    await admin.command('adjustBalance', args);
    await Promise.all(admin.started.map((start) => admin.step(start, 'VALIDATE')));
    const other = admin.command('adjustBalance', { ...args, ...overrides }, caller);
    await expect(other).rejects.toEqual(refused('DUPLICATE_REQUEST'));
  });

  it('whose id Step Functions knows already is looked up again', async () => {
    const args = adjustmentOf();
    admin.startable = false;
    await expect(admin.command('adjustBalance', args)).rejects.toEqual(refused('TRY_AGAIN'));
  });
});

describe('the workflow of an adjustment', () => {
  async function requested(hours = -10) {
    await admin.command('adjustBalance', adjustmentOf({ hours }));
    const [start] = admin.started;
    if (!start) throw new Error('Nothing was started');
    await admin.step(start, 'VALIDATE');
    const action = () => admin.actions.action(String(start.input['adjustmentId']));
    return { start, action };
  }

  /** Another two hours of the member's go into a hold. */
  async function hold() {
    const { id: serviceId } = await journey.offer(await journey.member());
    const requestId = randomUUID();
    const submission = { requestId, serviceId, estimatedHours: 2, rate: 1 };
    await journey.command('submitServiceRequest', userId, submission);
    await journey.validate(requestId);
    await journey.hold(requestId);
  }

  const lock = (locked = true) =>
    accountLock(database)({ id: randomUUID(), userId, locked, by: 'admin', reason: 'A look', now: NOW });

  it.each<readonly [string, () => Promise<unknown>, RefusalCode]>([
    ['the hours went into a hold', () => hold(), 'INSUFFICIENT_HOURS'],
    ['the account was locked', () => lock(), 'ACCOUNT_LOCKED'],
  ])('ends as REFUSED where %s at the last moment', async (_what, happens, code) => {
    const { start, action } = await requested();

    await admin.step(start, 'POST', lastMoment(happens));
    await admin.step(start, 'TELL');

    expect(await action()).toMatchObject({ status: 'REFUSED', refusal: code });
    expect(await toldTo(userId)).not.toContainEqual(expect.objectContaining({ kind: 'HOURS_ADJUSTED' }));
    expect(journey.hints.at(-1)).toMatchObject({ DetailType: 'Admin Notice' });
    expect(
      await admin.command('adjustBalance', {
        ...adjustmentOf({ hours: -10 }),
        adjustmentId: start.input['adjustmentId'],
      }),
    ).toMatchObject({
      status: 'REFUSED',
      refusal: code,
    });
  });

  it('once refused is never made after all', async () => {
    const { start, action } = await requested();
    await lock();
    await admin.step(start, 'POST');
    await lock(false);
    await admin.step(start, 'POST');
    expect(await action()).toMatchObject({ status: 'REFUSED', refusal: 'ACCOUNT_LOCKED' });
    expect(await admin.account(userId)).toMatchObject({ availableBalance: 10 });
  });

  it('once made is never refused after all', async () => {
    const { start, action } = await requested();
    await admin.step(start, 'POST');
    await lock();
    await admin.step(start, 'POST');
    expect(await action()).toMatchObject({ status: 'DONE' });
    expect(await admin.account(userId)).toMatchObject({ availableBalance: 0, version: 2 });
  });

  it('run by two at once is made once', async () => {
    const { start, action } = await requested(3);
    await Promise.all([1, 2, 3].map(() => admin.step(start, 'POST')));
    expect(await action()).toMatchObject({ status: 'DONE' });
    expect(await admin.account(userId)).toMatchObject({ availableBalance: 13, version: 2 });
    expect(await toldTo(userId)).toHaveLength(1);
  });

  it('refused by one of two at once has one end', async () => {
    const { start, action } = await requested();
    const posting = admin.step(
      start,
      'POST',
      lastMoment(() => lock()),
    );
    await Promise.all([posting, admin.step(start, 'POST')]);
    const done = (await action())?.status === 'DONE';
    expect(await admin.account(userId)).toMatchObject({ availableBalance: done ? 0 : 10 });
    expect(await toldTo(userId)).toHaveLength(done ? 2 : 1); // of the lock in any case
  });

  it('tells of nothing that was not posted, and takes no other action for its own', async () => {
    const { start } = await requested();
    await expect(admin.step(start, 'TELL')).rejects.toMatchObject({ name: 'BrokenRule' });
    const other = { ...start, input: { ...start.input, hours: 7 } };
    await expect(admin.step(other, 'VALIDATE')).rejects.toMatchObject({ name: 'BrokenRule' });
    const treasury = { ...start, input: { ...start.input, adjustmentId: 'new', userId: 'treasury-1' } };
    await expect(admin.step(treasury, 'VALIDATE')).rejects.toMatchObject({ name: 'BrokenRule' });
  });

  it('posts nothing that is not on record', async () => {
    await admin.command('adjustBalance', adjustmentOf());
    const [start] = admin.started;
    await expect(start && admin.step(start, 'POST')).rejects.toMatchObject({ name: 'BrokenRule' });
    expect(await admin.account(userId)).toMatchObject({ availableBalance: 10 });
  });
});

describe('a lock', () => {
  const setLock = (locked: boolean, overrides: object = {}, caller: object = {}) =>
    admin.command('setAccountLock', { userId, locked, reason: 'A look at the books', ...overrides }, caller);

  it('says who locked and when, is on record and told to the member; opening it too', async () => {
    const before = await admin.account(userId);
    const answer = await setLock(true);
    expect(answer).toMatchObject({ kind: 'LOCK', userId, status: 'DONE', hours: null, now: NOW });
    expect(await admin.account(userId)).toEqual({
      ...before,
      lockedAt: NOW,
      lockedBy: admin.adminId,
      updatedAt: NOW,
    });
    journey.now = after(NOW, 60);
    expect(await setLock(false)).toMatchObject({ kind: 'UNLOCK' });
    expect(await admin.account(userId)).toEqual({ ...before, updatedAt: journey.now });

    const actions = (await database.rows<AdminActionRecord>('adminAction')).filter(
      (action) => action.userId === userId,
    );
    expect(actions.map(({ kind, adminId, status }) => [kind, adminId, status]).sort()).toEqual([
      ['LOCK', admin.adminId, 'DONE'],
      ['UNLOCK', admin.adminId, 'DONE'],
    ]);
    expect((await toldTo(userId)).map(({ kind }) => kind).sort()).toEqual([
      'ACCOUNT_LOCKED',
      'ACCOUNT_UNLOCKED',
    ]);
    expect(journey.hints.map(({ Detail }) => Detail['kind'])).toEqual([
      ...['BALANCE', 'NOTIFICATION', 'NOTIFICATION'],
      ...['BALANCE', 'NOTIFICATION', 'NOTIFICATION'],
    ]);
  });

  it('of an account that is as it should be already is refused, and writes nothing', async () => {
    await expect(setLock(false)).rejects.toEqual(refused('ALREADY_ANSWERED'));
    await setLock(true);
    await expect(setLock(true)).rejects.toEqual(refused('ALREADY_ANSWERED'));
    expect(await toldTo(userId)).toHaveLength(1);
  });

  it('by two admins at once is one', async () => {
    const answers = await Promise.allSettled([setLock(true), setLock(true), setLock(true)]);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const answer of answers)
      if (answer.status === 'rejected') expect(answer.reason).toEqual(refused('ALREADY_ANSWERED'));
    expect(await toldTo(userId)).toHaveLength(1);
  });

  it('whose reply was lost knows its own answer', async () => {
    let lost = false;
    const dynamo = intercept(database.dynamo, 'TransactWriteCommand', async (send) => {
      const reply = await send();
      if (lost) return reply;
      lost = true;
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    });
    const change = { id: randomUUID(), userId, locked: true, by: 'admin', reason: 'A look', now: NOW };
    expect(await accountLock({ ...database, dynamo })(change)).toMatchObject({ kind: 'LOCK' });
    expect(await toldTo(userId)).toHaveLength(1);
  });

  it.each<readonly [string, object, object, RefusalCode]>([
    ['a member whom nobody knows', { userId: randomUUID() }, {}, 'NOT_FOUND'],
    ['an account of the treasury', { userId: 'treasury-3' }, {}, 'NOT_FOUND'],
    ['no reason', { reason: '' }, {}, 'INVALID_INPUT'],
    ['a caller who is no admin', {}, { groups: ['others'] }, 'NOT_AN_ADMIN'],
  ])('is refused for %s', async (_what, overrides, caller, code) => {
    await expect(setLock(true, overrides, caller)).rejects.toEqual(refused(code));
  });

  it('of their own account is refused to an admin', async () => {
    await expect(setLock(true, {}, { userId })).rejects.toEqual(refused('CONFLICT_OF_INTEREST'));
  });

  it('stops a submission and an adjustment, and neither a payment nor a refund', async () => {
    const paying = await journey.completed();
    const refunding = await journey.awaiting();
    for (const { requesterId } of [paying, refunding]) await setLock(true, { userId: requesterId });

    const offer = await journey.offer(userId);
    const submission = { requestId: randomUUID(), serviceId: offer.id, estimatedHours: 1, rate: 1 };
    const submitted = journey.command('submitServiceRequest', paying.requesterId, submission);
    await expect(submitted).rejects.toEqual(refused('ACCOUNT_LOCKED'));
    await expect(admin.adjust(paying.requesterId, 1)).rejects.toEqual(refused('ACCOUNT_LOCKED'));

    await journey.command('confirmServiceCompletion', paying.requesterId, { requestId: paying.id });
    await journey.release(paying.id, (await journey.process(paying.id, 'CONFIRMATION')).decision);
    await journey.command('cancelServiceRequest', refunding.requesterId, { requestId: refunding.id });
    await journey.cancel(refunding.id, (await journey.process(refunding.id, 'PROVIDER_RESPONSE')).decision);
    expect(await admin.account(paying.requesterId)).toMatchObject({
      totalBalance: 8,
      lockedBy: admin.adminId,
    });
    expect(await admin.account(refunding.requesterId)).toMatchObject({
      availableBalance: 10,
      lockedBy: admin.adminId,
    });
  });

  it('that races with a posting leaves hours, version and lock as if one had waited for the other', async () => {
    for (let time = 0; time < 5; time++) {
      const request = await journey.submitted();
      await journey.validate(request.id);
      const holding = journey.hold(request.id);
      await Promise.all([holding, setLock(true, { userId: request.requesterId })]);
      const { held } = await holding;
      expect(await admin.account(request.requesterId)).toMatchObject({
        availableBalance: held ? 8 : 10,
        version: held ? 2 : 1,
        lockedBy: admin.adminId,
      });
    }
  });
});

describe('a check of the books', () => {
  function stage(underWay?: string) {
    const start = vi.fn().mockResolvedValue(true);
    const operation = startReconciliation({ running: () => Promise.resolve(underWay), start });
    const ask = (groups: readonly string[], now = NOW) => operation({}, { userId: 'ann', groups }, now);
    return { start, ask };
  }

  it('is started for an admin, and answers the report that it will write', async () => {
    const { start, ask } = stage();
    const { reportId } = (await ask(['admin'])) as { reportId: string };
    expect(reportId).toBe('check-2026-11-24-10-00-00');
    expect(start).toHaveBeenCalledExactlyOnceWith(reportId, 'ann');
  });

  it('is one for all who ask within the same second, and another later', async () => {
    const { ask } = stage();
    const ids = await Promise.all(
      [0, 0.9, 1].map((seconds) => ask(['admin'], after(NOW, seconds)) as Promise<{ reportId: string }>),
    );
    expect(new Set(ids.map(({ reportId }) => reportId)).size).toBe(2);
    for (const { reportId } of ids) expect(reportId).toMatch(/^[\w-]{1,80}$/);
  });

  it('that is under way already is the answer', async () => {
    const { start, ask } = stage('check-1');
    expect(await ask(['admin'])).toEqual({ reportId: 'check-1', now: NOW });
    expect(start).not.toHaveBeenCalled();
  });

  it('is refused to whoever is no admin', async () => {
    const { start, ask } = stage();
    await expect(ask([])).rejects.toEqual(refused('NOT_AN_ADMIN'));
    expect(start).not.toHaveBeenCalled();
  });
});
