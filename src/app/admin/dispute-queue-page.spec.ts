import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeBackend } from '../../testing/fake-clients';
import { dispute, inHours } from '../../testing/samples';
import { openPage } from '../../testing/screen';
import type { Screen } from '../../testing/screen';
import { ApiError } from '../shared/api/api-error';
import { ProgressStore } from '../shared/api/progress-store';
import { ServerClock } from '../shared/time/server-clock';
import { DisputeQueuePage } from './dispute-queue-page';

const GATHERED_MS = 200;

describe('the queue of disputes', () => {
  let backend: FakeBackend;

  beforeEach(() => {
    backend = new FakeBackend();
    backend.auth.signedIn = { id: 'admin-id', isAdmin: true };
    backend.disputes.disputes = [
      dispute({ id: 'young', serviceTitle: 'Young', createdAt: inHours(-3) }),
      dispute({ id: 'old', serviceTitle: 'Old', createdAt: inHours(-50), openedByRole: 'PROVIDER' }),
      dispute({
        id: 'late',
        serviceTitle: 'Late',
        createdAt: inHours(-30),
        proposal: { refundHours: 1, by: 'PROVIDER' },
      }),
      dispute({
        id: 'new',
        serviceTitle: 'New',
        status: 'OPEN',
        createdAt: inHours(-0.1),
        expiresAt: undefined,
      }),
      dispute({ id: 'done', serviceTitle: 'Done', status: 'RESOLVED', decidedAt: inHours(-1) }),
      dispute({ id: 'agreed', serviceTitle: 'Agreed', status: 'SETTLED', decidedAt: inHours(-2) }),
    ];
  });

  const open = async (query = ''): Promise<Screen> => {
    const screen = await openPage(DisputeQueuePage, backend, {
      path: 'admin/disputes',
      url: `/admin/disputes${query}`,
    });
    TestBed.inject(ServerClock).learn(inHours(0));
    await screen.settle();
    return screen;
  };
  const ages = (): string[] =>
    [...document.querySelectorAll('app-age-chip')].map((chip) => chip.textContent.trim());

  it('puts what has waited longest first, and says how long and how much too long', async () => {
    const screen = await open();

    expect(screen.headings(2)).toEqual(['Old', 'Late', 'Young', 'New']);
    expect(ages()).toEqual([
      expect.stringContaining('over 48 h: open for 2 days 2 h'),
      expect.stringContaining('over 24 h: open for 1 day 6 h'),
      'open for 3 h 0 min',
      'open for 6 min',
    ]);
    expect(screen.announced.join()).toContain('4 disputes wait for a decision. 1 has waited over 48 h.');
  });

  it('tells of each who opened it, why, how much is at stake and until when, and leads there', async () => {
    const screen = await open();

    expect(screen.text).toContain('Ben Okafor against Ada Lindqvist');
    expect(screen.text).toContain('The work is not what we agreed');
    expect(screen.text).toContain('a settlement is proposed');
    expect(screen.text).toMatch(/Hours go back in 28 days|Hours go back in 29 days/);
    expect(screen.link('Old').getAttribute('href')).toBe('/admin/disputes/old');
  });

  it('shows those that are over by how they ended', async () => {
    const screen = await open('?status=SETTLED');

    expect(screen.headings(2)).toEqual(['Agreed']);
    expect(document.querySelector('app-look-chip')?.textContent).toBe('Settled');
  });

  it('keeps in the address what is shown', async () => {
    const screen = await open();
    const chip = [...document.querySelectorAll<HTMLElement>('mat-chip-option button')].find(
      (option) => option.textContent.trim() === 'Decided',
    );
    chip?.click();
    await screen.settle();

    expect(screen.headings(2)).toEqual(['Done']);
  });

  it('reads again when admins are told of something', async () => {
    const screen = await open();
    backend.disputes.move('old', { status: 'RESOLVED' });
    TestBed.inject(ProgressStore).tell({ kind: 'NOTIFICATION', requestId: undefined, revision: undefined });
    await new Promise((resolve) => setTimeout(resolve, GATHERED_MS));
    await screen.settle();

    expect(screen.headings(2)).toEqual(['Late', 'Young', 'New']);
  });

  it('says that nobody waits', async () => {
    backend.disputes.disputes = [];
    const screen = await open();

    expect(screen.headings(2)).toEqual(['Nobody waits for a decision']);
  });

  it('says what went wrong, and tries again', async () => {
    backend.disputes.failure = new ApiError('OFFLINE');
    const screen = await open();
    expect(screen.announced.join()).toContain('You are offline.');

    backend.disputes.failure = undefined;
    await screen.press('Try again');

    expect(screen.headings(2)).toHaveLength(4);
  });
});
