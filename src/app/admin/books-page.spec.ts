import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeBackend } from '../../testing/fake-clients';
import { BEN, NOW, inHours, report } from '../../testing/samples';
import { openPage } from '../../testing/screen';
import type { Screen } from '../../testing/screen';
import { ApiError } from '../shared/api/api-error';
import { ServerClock } from '../shared/time/server-clock';
import { BooksPage } from './books-page';

const FINDING = {
  accountId: BEN,
  memberName: 'Ben Okafor',
  words: ['Available 9 is not 8.'],
  locked: true,
};
const MISMATCHED = report({ id: 'bad', status: 'MISMATCHED', mismatches: 1, findings: [FINDING] });

describe('the books as admins see them', () => {
  let backend: FakeBackend;

  beforeEach(() => {
    backend = new FakeBackend();
  });

  const open = async (): Promise<Screen> => {
    const screen = await openPage(BooksPage, backend);
    TestBed.inject(ServerClock).learn(NOW);
    await screen.settle();
    return screen;
  };
  const latest = (): string =>
    (document.querySelector('.latest')?.textContent ?? '').replace(/\s+/g, ' ').trim();

  it('balance, says the last check', async () => {
    backend.books.checks = [report()];
    const screen = await open();

    expect(screen.heading('The books balance')).toBeTruthy();
    expect(latest()).toMatch(/48 accounts checked on 24 Nov/);
  });

  it('do not agree: says which account and how, and leads there', async () => {
    backend.books.checks = [MISMATCHED, report()];
    const screen = await open();

    expect(screen.heading('One account does not agree')).toBeTruthy();
    expect(screen.link('Ben Okafor').getAttribute('href')).toBe(`/admin/accounts/${BEN}`);
    expect(latest()).toContain('Available 9 is not 8.');
    expect(document.querySelector('.latest .locked')?.textContent).toBe('locked');
  });

  it('are about the bank itself where no member is named', async () => {
    const findings = [
      { accountId: 'treasury-3', memberName: undefined, words: ['one'], locked: false },
      { accountId: undefined, memberName: undefined, words: ['The sum is 1.'], locked: false },
    ];
    backend.books.checks = [report({ status: 'MISMATCHED', mismatches: 2, findings })];
    const screen = await open();

    const told = [...document.querySelectorAll('.latest li')].map((line) => line.textContent.trim());
    expect(told).toEqual(['treasury-3one', 'All accounts togetherThe sum is 1.']);
    expect(() => screen.link('treasury-3')).toThrow();
    expect(document.querySelector('.locked')).toBeNull();
  });

  it('list the checks before, with what did not agree then and who asked', async () => {
    backend.books.checks = [
      report(),
      { ...MISMATCHED, requestedBy: 'Mo Admin' },
      report({ id: 'old', finishedAt: inHours(-40) }),
    ];
    await open();

    const before = [...document.querySelectorAll('li:has(> app-icon)')].map((line) =>
      line.textContent.replace(/\s+/g, ' ').trim(),
    );
    expect(before).toEqual([
      expect.stringMatching(/^One account did not agree.*Ben Okafor.*Available 9 is not 8\..*for Mo Admin$/),
      expect.stringMatching(/^Balanced .*48 accounts$/),
    ]);
  });

  it('are checked when asked, and tell how far it is and how it ends', async () => {
    backend.books.checks = [report()];
    const screen = await open();
    await screen.press('Check the books now');

    expect(backend.books.asked).toBe(1);
    expect(screen.announced).toContain('Checking the books…');
    expect(screen.button('Check the books now').disabled).toBe(true);

    backend.books.move({ accountsChecked: 12 });
    await vi.waitFor(() => {
      screen.fixture.detectChanges();
      expect(screen.announced).toContain('Checking the books: 12 accounts so far…');
    }, 5_000);

    backend.books.move({ ...MISMATCHED, id: 'running' });
    await vi.waitFor(() => {
      screen.fixture.detectChanges();
      expect(screen.heading('One account does not agree')).toBeTruthy();
    }, 5_000);
    expect(screen.button('Check the books now').disabled).toBe(false);
  }, 15_000);

  it('may be checked again where a check never came to its end', async () => {
    backend.books.checks = [
      report({ status: 'RUNNING', startedAt: inHours(-1), finishedAt: undefined }),
      report({ id: 'old' }),
    ];
    const screen = await open();

    expect(screen.button('Check the books now').disabled).toBe(false);
    expect(screen.heading('The books balance')).toBeTruthy();
  });

  it('say why they cannot be checked', async () => {
    const screen = await open();
    backend.books.refusal = new ApiError('TRY_AGAIN');
    await screen.press('Check the books now');

    expect(screen.said).toContain('Try again in a moment.');
    expect(screen.button('Check the books now').disabled).toBe(false);
  });

  it('that were never checked say so', async () => {
    const screen = await open();

    expect(screen.headings(2)).toEqual(['Not checked so far']);
  });

  it('that cannot be read say what went wrong, and try again', async () => {
    backend.books.failure = new ApiError('UNEXPECTED');
    const screen = await open();
    expect(screen.announced.join()).toContain('Something went wrong on our side.');

    backend.books.failure = undefined;
    backend.books.checks = [report()];
    await screen.press('Try again');

    expect(screen.heading('The books balance')).toBeTruthy();
  });
});
