import { beforeEach, describe, expect, it } from 'vitest';
import { FakeBackend } from '../../testing/fake-clients';
import { balance, inHours, logEntry, report, request } from '../../testing/samples';
import { openPage } from '../../testing/screen';
import { ApiError } from '../shared/api/api-error';
import { WalletPage } from './wallet-page';

describe('the wallet', () => {
  let backend: FakeBackend;
  const lines = (): string[] =>
    [...document.querySelectorAll('.entries li')].map((line) => line.textContent.replace(/\s+/g, ' ').trim());

  beforeEach(() => {
    backend = new FakeBackend();
    backend.requests.requests = [request()];
    backend.balances.hours = balance({ available: 8, held: 2, total: 10 });
  });

  it('shows available, held and total hours', async () => {
    await openPage(WalletPage, backend);

    const pairs = [...document.querySelectorAll('dl div')].map((pair) => pair.textContent.trim());
    expect(pairs).toEqual(['Available8 h', 'Set aside2 h', 'Total10 h']);
  });

  it('tells what each entry was for, what it moved, and what was left', async () => {
    backend.balances.entries = [
      logEntry({ id: '4', type: 'TRANSFER', amount: 0, heldDelta: -2, balanceAfter: 8 }),
      logEntry({ id: '3', type: 'REFUND', amount: 2, heldDelta: -2, balanceAfter: 10 }),
      logEntry({ id: '2' }),
      logEntry({
        id: '1',
        type: 'WELCOME_BONUS',
        amount: 10,
        heldDelta: 0,
        balanceAfter: 10,
        requestId: undefined,
      }),
    ];
    const screen = await openPage(WalletPage, backend);

    expect(lines()).toEqual([
      expect.stringMatching(/^Bike repair at your door ?Paid from held hours.*\d\d:\d\d 2 h ?8 h available$/),
      expect.stringMatching(/^Bike repair at your door ?Given back.*\+2 h ?10 h available$/),
      expect.stringMatching(/^Bike repair at your door ?Set aside for a request.*−2 h ?8 h available$/),
      expect.stringMatching(/^Welcome to HourBank.*\+10 h ?10 h available$/),
    ]);
    expect(screen.link('Bike repair at your door').getAttribute('href')).toBe('/requests/request-1');
  });

  it('keeps its history when the title of a request cannot be read', async () => {
    backend.requests.requests = [];
    backend.balances.entries = [logEntry()];
    const screen = await openPage(WalletPage, backend);

    expect(screen.text).toContain('Set aside for a request');
  });

  it('words every way that hours go in a dispute, by an admin, and nowhere', async () => {
    const words = { requestId: undefined, description: 'For the street party.' };
    backend.balances.entries = [
      logEntry({ ...words, id: '1', type: 'ADMIN_ADJUSTMENT', amount: 2, heldDelta: 0 }),
      logEntry({ ...words, id: '2', type: 'ADMIN_ADJUSTMENT', amount: -1, heldDelta: 0 }),
      logEntry({ id: '3', type: 'DISPUTE_RESOLUTION', amount: 0, heldDelta: -2 }),
      logEntry({ id: '4', type: 'DISPUTE_RESOLUTION', amount: 2, heldDelta: -2 }),
      logEntry({ id: '5', type: 'DISPUTE_RESOLUTION', amount: 0.75, heldDelta: -2 }),
      logEntry({ id: '6', type: 'DISPUTE_RESOLUTION', amount: 1.25, heldDelta: 0 }),
      logEntry({ id: '7', type: 'ESCROW', amount: 0, heldDelta: 0, description: 'Held hours set to' }),
    ];
    await openPage(WalletPage, backend);

    expect(lines()).toEqual([
      expect.stringMatching(/^Added by an admin ?For the street party\..*\+2 h/),
      expect.stringMatching(/^Taken by an admin ?For the street party\..*−1 h/),
      expect.stringMatching(/ ?Paid after a dispute.*\d\d:\d\d 2 h/),
      expect.stringMatching(/ ?Given back after a dispute.*\+2 h/),
      expect.stringMatching(/ ?Partly given back after a dispute; 1.25 h were paid.*\+0.75 h/),
      expect.stringMatching(/ ?Received after a dispute.*\+1.25 h/),
      expect.stringMatching(/ ?New terms, the same hours set aside(?!Held hours).* 0 h/),
    ]);
  });

  it('says that an account is locked, since when, and what that means', async () => {
    backend.balances.hours = balance({ lockedAt: inHours(-1) });
    const screen = await openPage(WalletPage, backend);

    expect(screen.text).toMatch(/This account is locked since 24 Nov.*Nothing you have is lost/);
    expect(screen.text).toContain('no new hours can be set aside');
  });

  describe('and the books', () => {
    const line = (): string =>
      document.querySelector('summary')?.textContent.replace(/\s+/g, ' ').trim() ?? '';

    it('that balance are said to, with the time of the last check that came to an end', async () => {
      backend.books.checks = [
        report({ id: 'running', status: 'RUNNING', finishedAt: undefined }),
        report({ finishedAt: '2026-11-20T12:00:00.000Z' }),
      ];
      const screen = await openPage(WalletPage, backend);

      expect(line()).toMatch(/^The books balance checked 20 Nov/);
      expect(screen.text).toContain('The last time, all 48 accounts agreed.');
    });

    it('that do not are honestly said not to', async () => {
      backend.books.checks = [report({ status: 'MISMATCHED', mismatches: 2 })];
      const screen = await openPage(WalletPage, backend);

      expect(line()).toMatch(/^2 accounts do not agree checked 24 Nov/);
      expect(screen.text).toContain('nothing is corrected in silence');
      expect(screen.text).not.toContain('accounts agreed');
    });

    it('are not spoken of where nothing is known of them', async () => {
      backend.books.failure = new ApiError('UNEXPECTED');
      const screen = await openPage(WalletPage, backend);

      expect(document.querySelector('summary')).toBeNull();
      expect(screen.text).toContain('8 h');
    });
  });

  it('tells a new member that hours are coming', async () => {
    const screen = await openPage(WalletPage, backend);

    expect(screen.headings(2)).toContain('Nothing has moved yet');
  });

  it('says what went wrong, and tries again', async () => {
    backend.balances.failure = new ApiError('OFFLINE');
    const screen = await openPage(WalletPage, backend);
    expect(screen.announced.join()).toContain('You are offline.');

    backend.balances.failure = undefined;
    await screen.press('Try again');

    expect(screen.text).toContain('8 h');
  });
});
