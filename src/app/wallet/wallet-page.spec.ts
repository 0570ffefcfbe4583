import { beforeEach, describe, expect, it } from 'vitest';
import { FakeBackend } from '../../testing/fake-clients';
import { balance, logEntry, request } from '../../testing/samples';
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
      expect.stringMatching(/^Bike repair at your door ?Paid from held hours.*−2 h ?8 h available$/),
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

  it('says that an account is locked', async () => {
    backend.balances.hours = balance({ locked: true });
    const screen = await openPage(WalletPage, backend);

    expect(screen.text).toContain('This account is locked');
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
