import { describe, expect, it } from 'vitest';
import {
  ADMIN_ACTION_KINDS,
  checkAdjustment,
  checkOtherMember,
  isSameAdjustment,
  notificationOfAction,
  postingOfAdjustment,
  requestedAdjustment,
  type Adjustment,
} from './admin-action.ts';
import { negate, parseHours } from './hours.ts';
import { emptyAccount, netsToZero, type Account } from './ledger.ts';
import { NOW, PROVIDER_ID, REQUESTER_ID } from './samples.ts';

const ADMIN_ID = PROVIDER_ID;

const asked = (overrides: Partial<Adjustment> = {}): Adjustment => ({
  id: 'adjustment',
  adminId: ADMIN_ID,
  userId: REQUESTER_ID,
  hours: parseHours(2),
  reason: 'Hours lost in the old system',
  allowBelowZero: false,
  ...overrides,
});

const account = (overrides: Partial<Account> = {}): Account => ({
  ...emptyAccount(REQUESTER_ID),
  totalBalance: parseHours(10),
  availableBalance: parseHours(10),
  version: 1,
  ...overrides,
});

const refused = (code: string) => expect.objectContaining({ name: 'Refusal', code }) as Error;

describe('an adjustment', () => {
  it('is on record as it was asked for, and not done yet', () => {
    expect(requestedAdjustment(asked(), NOW)).toStrictEqual({
      ...asked(),
      kind: 'ADJUSTMENT',
      status: 'REQUESTED',
      createdAt: NOW,
      updatedAt: NOW,
    });
  });

  it('moves its hours between the member and the treasury', () => {
    const posting = postingOfAdjustment(asked({ hours: negate(parseHours(2)) }));
    expect(netsToZero(posting.lines)).toBe(true);
    expect(posting).toMatchObject({
      transactionId: 'adjustment-adjustment',
      transactionType: 'ADMIN_ADJUSTMENT',
      description: 'Hours lost in the old system',
    });
    expect(posting.lines.find(({ userId }) => userId === REQUESTER_ID)).toMatchObject({ amount: -2 });
  });

  it('may take all that is available, and not a quarter more', () => {
    const taking =
      (hours: number, allowBelowZero = false) =>
      () => {
        checkAdjustment(account(), asked({ hours: negate(parseHours(hours)), allowBelowZero }));
      };
    expect(taking(10)).not.toThrow();
    expect(taking(10.25)).toThrow(refused('INSUFFICIENT_HOURS'));
    expect(taking(10.25, true)).not.toThrow();
  });

  it('of a locked account is refused in either direction, and below zero too', () => {
    const locked = account({ lockedAt: NOW, lockedBy: 'somebody' });
    for (const hours of [parseHours(1), negate(parseHours(1))])
      for (const allowBelowZero of [false, true])
        expect(() => {
          checkAdjustment(locked, asked({ hours, allowBelowZero }));
        }).toThrow(refused('ACCOUNT_LOCKED'));
  });

  it('of an account that does not exist is refused', () => {
    expect(() => {
      checkAdjustment(undefined, asked());
    }).toThrow(refused('NOT_FOUND'));
  });

  it.each<Partial<Adjustment>>([
    { id: 'another' },
    { adminId: 'another' },
    { userId: 'another' },
    { hours: parseHours(3) },
    { reason: 'another' },
    { allowBelowZero: true },
  ])('is another one with %j', (difference) => {
    const action = requestedAdjustment(asked(), NOW);
    expect(isSameAdjustment({ ...action, status: 'DONE' }, asked())).toBe(true);
    expect(isSameAdjustment(action, asked(difference))).toBe(false);
    expect(isSameAdjustment({ ...action, kind: 'LOCK' }, asked())).toBe(false);
  });
});

describe('an admin', () => {
  it('acts on the accounts of other members only', () => {
    expect(() => {
      checkOtherMember(ADMIN_ID, REQUESTER_ID);
    }).not.toThrow();
    expect(() => {
      checkOtherMember(ADMIN_ID, ADMIN_ID);
    }).toThrow(refused('CONFLICT_OF_INTEREST'));
    expect(() => {
      checkOtherMember(ADMIN_ID, 'treasury-3');
    }).toThrow(refused('NOT_FOUND'));
  });
});

describe('the member', () => {
  it('is told of each kind of action with its reason, and not by whom', () => {
    const told = ADMIN_ACTION_KINDS.map((kind) =>
      notificationOfAction({ ...requestedAdjustment(asked(), NOW), kind }, NOW),
    );
    expect(told.map(({ kind }) => kind)).toEqual(['HOURS_ADJUSTED', 'ACCOUNT_LOCKED', 'ACCOUNT_UNLOCKED']);
    expect(told[0]).toEqual({
      id: `adjustment#${REQUESTER_ID}`,
      userId: REQUESTER_ID,
      kind: 'HOURS_ADJUSTED',
      parameters: { title: '', hours: 2, otherId: '', reason: 'Hours lost in the old system' },
      createdAt: NOW,
      updatedAt: NOW,
    });
    expect(JSON.stringify(told)).not.toContain(ADMIN_ID);
  });

  it('is told of no hours where none moved', () => {
    const { hours: _none, ...lock } = { ...requestedAdjustment(asked(), NOW), kind: 'LOCK' as const };
    expect(notificationOfAction(lock, NOW).parameters.hours).toBe(0);
  });
});
