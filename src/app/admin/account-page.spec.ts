import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeBackend } from '../../testing/fake-clients';
import { ADA, BEN, adminAction, balance, inHours, logEntry, member } from '../../testing/samples';
import { openPage } from '../../testing/screen';
import type { Screen } from '../../testing/screen';
import type { Adjustment } from '../shared/api/account-client';
import { ApiError } from '../shared/api/api-error';
import { ProgressStore } from '../shared/api/progress-store';
import { AccountPage } from './account-page';

const GATHERED_MS = 200;

describe('an account as admins see it', () => {
  let backend: FakeBackend;

  beforeEach(() => {
    backend = new FakeBackend();
    backend.auth.signedIn = { id: ADA, isAdmin: true };
    backend.members.members = [member(), member({ id: ADA, displayName: 'Ada Lindqvist' })];
    backend.balances.hours = balance({ available: 8, held: 2, total: 10 });
  });

  const open = (id = BEN): Promise<Screen> =>
    openPage(AccountPage, backend, {
      path: 'admin/accounts/:memberId',
      url: `/admin/accounts/${id}`,
    });
  const choose = async (screen: Screen, way: 'Add hours' | 'Take hours'): Promise<void> => {
    await screen.press(way);
  };
  const answer = async (screen: Screen, name: string): Promise<void> => {
    const button = [...document.querySelectorAll<HTMLButtonElement>('mat-dialog-container button')].find(
      (one) => one.textContent.trim() === name,
    );
    if (!button) throw new Error(`The dialog has no button "${name}"`);
    button.click();
    await screen.settle();
  };
  const adjustments = (): Adjustment[] => backend.accounts.commands as Adjustment[];
  const hinted = async (screen: Screen): Promise<void> => {
    TestBed.inject(ProgressStore).tell({ kind: 'NOTIFICATION', requestId: undefined, revision: undefined });
    await new Promise((resolve) => setTimeout(resolve, GATHERED_MS));
    await screen.settle();
  };
  const take = async (screen: Screen, hours: string, reason = 'Booked twice.'): Promise<void> => {
    await choose(screen, 'Take hours');
    await screen.type('How many hours?', hours);
    await screen.type('Reason', reason);
    await screen.press('Take hours…');
  };

  it('shows hours, what admins did and what moved the hours', async () => {
    backend.accounts.done = [adminAction(), adminAction({ id: 'a2', kind: 'LOCK', adminName: undefined })];
    backend.balances.entries = [logEntry()];
    const screen = await open();

    const sums = [...document.querySelectorAll('.balance dl div')].map((sum) => sum.textContent.trim());
    expect(sums).toEqual(['Available8 h', 'Set aside2 h', 'Total10 h']);
    expect(screen.text).toContain('Hours for the street party.');
    expect(screen.text).toContain('Mo Admin,');
    expect(screen.text).toContain('The check of the books,');
    expect(screen.text).toContain('Set aside for a request');
  });

  describe('adjusting', () => {
    it('says what will be there before anything is sent', async () => {
      const screen = await open();
      await screen.type('How many hours?', '2.5');
      expect(screen.announced).toContain('Ben Okafor will have 10.5 h available.');

      await choose(screen, 'Take hours');
      expect(screen.announced).toContain('Ben Okafor will have 5.5 h available.');
    });

    it('adds hours with their reason, once that is confirmed', async () => {
      const screen = await open();
      await screen.type('How many hours?', '1.5');
      await screen.type('Reason', '  For the street party. ');
      await screen.press('Add hours…');
      expect(document.querySelector('mat-dialog-container')?.textContent).toContain(
        'Ben Okafor will have 9.5 h available, and reads your reason.',
      );
      await answer(screen, 'Add 1.5 h');

      const [sent] = adjustments();
      expect(sent).toEqual({
        adjustmentId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        userId: BEN,
        hours: 1.5,
        reason: 'For the street party.',
        allowBelowZero: false,
      });
    });

    it('sends hours that are taken with a minus', async () => {
      const screen = await open();
      await take(screen, '8');
      await answer(screen, 'Take 8 h');

      expect(adjustments()[0]).toMatchObject({ hours: -8, allowBelowZero: false });
    });

    it('sends nothing when the admin thinks better of it', async () => {
      const screen = await open();
      await take(screen, '2');
      await answer(screen, 'Not now');

      expect(adjustments()).toEqual([]);
      expect(screen.field('Reason').value).toBe('Booked twice.');
    });

    it.each(['0', '0.1', '1000.25', ''])('refuses %s hours', async (hours) => {
      const screen = await open();
      await take(screen, hours);

      expect(screen.text).toContain('Hours go in quarters, from 0.25 to 1000.');
      expect(document.querySelector('mat-dialog-container')).toBeNull();
    });

    it.each(['', '   '])('wants a reason (“%s” is none)', async (reason) => {
      const screen = await open();
      await take(screen, '1', reason);

      expect(screen.text).toContain('Say why.');
      expect(document.querySelector('mat-dialog-container')).toBeNull();
    });

    it('takes a reason of 500 characters, not of 501', async () => {
      const screen = await open();
      await take(screen, '1', 'x'.repeat(501));
      expect(screen.text).toContain('Use at most 500 characters.');
      expect(document.querySelector('mat-dialog-container')).toBeNull();

      await take(screen, '1', 'x'.repeat(500));
      expect(document.querySelector('mat-dialog-container')).not.toBeNull();
    });

    it('goes below zero only where that is allowed, and offers it only where it would', async () => {
      const screen = await open();
      expect(screen.text).not.toContain('May go below zero');

      await take(screen, '8.25');
      expect(screen.announced).toContain('Ben Okafor will have −0.25 h available.');
      expect(screen.announced.join()).toContain('Take less, or allow it.');
      expect(document.querySelector('mat-dialog-container')).toBeNull();

      screen.field('May go below zero').click();
      await screen.settle();
      await screen.press('Take hours…');
      await answer(screen, 'Take 8.25 h');
      expect(adjustments()[0]).toMatchObject({ hours: -8.25, allowBelowZero: true });
    });

    it('forgets that going below zero was allowed where it is not needed', async () => {
      const screen = await open();
      await take(screen, '9');
      screen.field('May go below zero').click();
      await screen.type('How many hours?', '1');
      await screen.press('Take hours…');
      await answer(screen, 'Take 1 h');

      expect(adjustments()[0]?.allowBelowZero).toBe(false);
    });

    it('is followed until it is done', async () => {
      const screen = await open();
      await take(screen, '2');
      await answer(screen, 'Take 2 h');
      expect(screen.announced).toContain('On its way: −2 h for Ben Okafor…');

      backend.accounts.end({ status: 'DONE' });
      backend.balances.hours = balance({ available: 6, total: 8 });
      await hinted(screen);

      expect(screen.announced).toContain('Done: −2 h for Ben Okafor.');
      expect(document.querySelector('.balance')?.textContent).toContain('6 h');
    });

    it('is looked for as well, should the hint of its end be lost', async () => {
      const screen = await open();
      await take(screen, '2');
      await answer(screen, 'Take 2 h');
      backend.accounts.end({ status: 'DONE' });

      await vi.waitFor(() => {
        screen.fixture.detectChanges();
        expect(screen.announced).toContain('Done: −2 h for Ben Okafor.');
      }, 5_000);
    });

    it('tells why it was refused on the way', async () => {
      const screen = await open();
      await take(screen, '2');
      await answer(screen, 'Take 2 h');
      backend.accounts.end({ status: 'REFUSED', refusal: 'INSUFFICIENT_HOURS' });
      await hinted(screen);

      expect(screen.announced).toContain(
        'Not done: −2 h for Ben Okafor. There are not so many hours available.',
      );
    });

    it('repeats one whose answer was lost under the same id, and takes a new id for another', async () => {
      const screen = await open();
      backend.accounts.refusal = new ApiError('OFFLINE');
      await take(screen, '2');
      await answer(screen, 'Take 2 h');
      expect(screen.announced.join()).toContain('You are offline.');
      await screen.press('Take hours…');
      await answer(screen, 'Take 2 h');
      await take(screen, '3');
      await answer(screen, 'Take 3 h');

      const [first, second, third] = adjustments();
      expect(second?.adjustmentId).toBe(first?.adjustmentId);
      expect(third?.adjustmentId).not.toBe(first?.adjustmentId);
    });

    it('of the same hours for the same reason is another one once the first was taken', async () => {
      const screen = await open();
      await take(screen, '2');
      await answer(screen, 'Take 2 h');
      await take(screen, '2');
      await answer(screen, 'Take 2 h');

      const [first, second] = adjustments();
      expect(second?.adjustmentId).not.toBe(first?.adjustmentId);
    });
  });

  describe('locking', () => {
    it('is done with a reason, once that is confirmed', async () => {
      const screen = await open();
      await screen.press('Lock the account…');
      expect(screen.text).toContain('Say why.');

      await screen.type('Reason to lock it', 'Shared with somebody else.');
      await screen.press('Lock the account…');
      await answer(screen, 'Lock it');

      expect(backend.accounts.commands).toEqual([
        { userId: BEN, locked: true, reason: 'Shared with somebody else.' },
      ]);
      expect(screen.said).toContain('Locked. The member is being told.');
    });

    it('shows since when, bars adjustments, and can be undone', async () => {
      backend.balances.hours = balance({ lockedAt: inHours(-5) });
      const screen = await open();
      expect(document.querySelector('.balance')?.textContent).toContain('Locked since 24 Nov');
      expect(screen.text).toContain('A locked account is not adjusted.');
      expect(() => screen.button('Add hours…')).toThrow();

      await screen.type('Reason to open it', 'It was a mistake.');
      await screen.press('Open the account…');
      await answer(screen, 'Open it');

      expect(backend.accounts.commands).toEqual([
        { userId: BEN, locked: false, reason: 'It was a mistake.' },
      ]);
    });

    it('says that another admin was quicker', async () => {
      const screen = await open();
      backend.accounts.refusal = new ApiError('ALREADY_ANSWERED');
      await screen.type('Reason to lock it', 'Shared.');
      await screen.press('Lock the account…');
      await answer(screen, 'Lock it');

      expect(screen.announced).toContain('That has been done already.');
    });
  });

  it('of one’s own is not offered to be adjusted or locked', async () => {
    const screen = await open(ADA);

    expect(screen.text).toContain('This is your own account.');
    expect(screen.buttons).not.toContain('Add hours…');
    expect(screen.buttons).not.toContain('Lock the account…');
  });

  it('that does not exist is said not to', async () => {
    const screen = await open('nobody');

    expect(screen.announced.join()).toContain('This does not exist');
  });
});
