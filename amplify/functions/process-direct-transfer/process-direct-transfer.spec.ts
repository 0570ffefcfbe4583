import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startScratchDatabase, type ScratchDatabase } from '../../../dev/scratch-database.ts';
import { RequestJourney } from '../../../dev/request-journey.ts';
import type { Account } from '../../../domain/ledger.ts';
import { NOW } from '../../../domain/samples.ts';
import { ensureMember } from '../member-commands/ensure-member.ts';
import { createAdminActions } from '../shared/admin-actions.ts';
import { readRow } from '../shared/dynamo.ts';
import { nameMember } from './name-member.ts';
import { processDirectTransfer, transferStepSchema } from './process-direct-transfer.ts';

let database: ScratchDatabase;

beforeAll(async () => {
  database = await startScratchDatabase();
});
afterAll(() => database.stop());

function stage() {
  const journey = new RequestJourney(database, NOW);
  const { ledger, emit } = journey;
  const userId = randomUUID();
  const memberOf = (id: string) => readRow(database.dynamo, database.tables.user, { id });
  const ensure = ensureMember({ memberOf, ledger, tell: emit });
  const welcome = processDirectTransfer({
    ledger,
    nameMember: nameMember(database.dynamo, database.tables),
    actions: createAdminActions(database),
    emit,
  });
  const bonus = { transactionType: 'WELCOME_BONUS', userId, displayName: 'Ana' } as const;
  return {
    journey,
    userId,
    ensure: (args: Record<string, unknown> = {}) => ensure(args, { userId, groups: [] }, NOW),
    step: (step: 'VALIDATE' | 'POST' | 'TELL', overrides: object = {}) =>
      welcome({ step, transaction: { ...bonus, ...overrides }, executionArn: 'arn' }, NOW),
    hours: async () =>
      (await database.rows<Account>('userBalance')).find((account) => account.userId === userId)
        ?.availableBalance,
  };
}

describe('the welcome of a member', () => {
  it('gives ten hours once, however often its steps run', async () => {
    const { step, hours, journey, userId } = stage();
    for (const name of ['VALIDATE', 'POST', 'POST', 'TELL', 'TELL'] as const)
      expect(await step(name)).toEqual({ transactionId: `welcome-${userId}` });
    expect(await hours()).toBe(10);
    expect(journey.hints.map(({ DetailType }) => DetailType)).toContain('Balance Changed');
    expect(await database.breaches()).toEqual([]);
  });

  it('is made good for at the first sign-in, and comes once all the same', async () => {
    const { ensure, step, hours, userId } = stage();
    expect(await ensure()).toEqual({ id: userId, displayName: 'New member', now: NOW });
    await step('POST');
    expect(await hours()).toBe(10);
  });

  it('gives the name of the sign-up to whom the first sign-in did not know', async () => {
    const { ensure, step } = stage();
    await ensure();
    for (let times = 0; times < 2; times++) await step('POST');
    expect(await ensure()).toMatchObject({ displayName: 'Ana' });
  });

  it.each([
    ['Anaïs ', 'Anaïs'],
    ['ana@example.org', 'New member'],
    [null, 'New member'],
    [7, 'New member'],
  ])('calls a member who says %j at the first sign-in %s', async (displayName, called) => {
    expect(await stage().ensure({ displayName })).toMatchObject({ displayName: called });
  });

  it('never takes a name away that a member has', async () => {
    const { ensure, step } = stage();
    await ensure({ displayName: 'Anaïs' });
    await step('POST');
    expect(await ensure({ displayName: 'Somebody else' })).toMatchObject({ displayName: 'Anaïs' });
  });

  it('keeps the name that sign-up gave', async () => {
    const { ensure, step } = stage();
    await step('POST');
    expect(await ensure()).toMatchObject({ displayName: 'Ana' });
  });

  it('tells of nothing that was not posted', async () => {
    await expect(stage().step('TELL')).rejects.toMatchObject({ name: 'BrokenRule' });
  });

  it('is not for the treasury', async () => {
    await expect(stage().step('VALIDATE', { userId: 'treasury-1' })).rejects.toMatchObject({
      name: 'BrokenRule',
    });
  });
});

describe('a transfer', () => {
  const adjustment = {
    transactionType: 'ADMIN_ADJUSTMENT',
    adjustmentId: 'a',
    adminId: 'admin',
    userId: 'u',
    hours: -2,
    reason: 'A correction',
    allowBelowZero: false,
  };
  const parses = (overrides: object = {}) =>
    transferStepSchema.safeParse({
      step: 'POST',
      transaction: { ...adjustment, ...overrides },
      executionArn: 'arn',
    }).success;

  it.each<readonly [string, object]>([
    ['of no kind that there is', { transactionType: 'GIFT' }],
    ['of a payment, which belongs to a request', { transactionType: 'PAYMENT' }],
    ['of no hours', { hours: 0 }],
    ['of a tenth of an hour', { hours: 0.1 }],
    ['without a reason', { reason: '' }],
    ['without an admin', { adminId: undefined }],
    ['that does not say whether it may go below zero', { allowBelowZero: undefined }],
  ])('%s does not parse', (_what, overrides) => {
    expect(parses()).toBe(true);
    expect(parses(overrides)).toBe(false);
  });
});
