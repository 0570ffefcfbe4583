import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeBackend } from '../../testing/fake-clients';
import { inHours, notification } from '../../testing/samples';
import { openPage } from '../../testing/screen';
import { NotificationStore } from '../shared/api/notification-store';
import { NotificationsPage } from './notifications-page';

describe('notifications', () => {
  let backend: FakeBackend;

  beforeEach(() => {
    backend = new FakeBackend();
    backend.members.seen = inHours(-10);
    backend.notifications.notifications = [
      notification({ at: inHours(-1) }),
      notification({ id: 'old', kind: 'REQUEST_EXPIRED', at: inHours(-20) }),
    ];
  });

  it('are worded from their kind, and lead to their request', async () => {
    const screen = await openPage(NotificationsPage, backend);

    const link = screen.link('Ben Okafor accepted “Bike repair at your door”');
    expect(link.getAttribute('href')).toBe('/requests/request-1');
  });

  it('of a dispute lead to the dispute, of one undecided to where admins decide it', async () => {
    const about = { disputeId: 'd-1', title: 'Bread' };
    backend.notifications.notifications = [
      notification({ id: 'a', kind: 'SETTLEMENT_PROPOSED', ...about }),
      notification({ id: 'b', kind: 'DISPUTE_UNDECIDED', ...about, otherName: '' }),
    ];
    const screen = await openPage(NotificationsPage, backend);

    const link = (words: string) => screen.link(words).getAttribute('href');
    expect(link('Ben Okafor proposes a settlement for “Bread”')).toBe('/disputes/d-1');
    expect(link('A dispute about “Bread” waits for a decision')).toBe('/admin/disputes/d-1');
  });

  it('of an account say what was done and why, and lead to the wallet', async () => {
    backend.notifications.notifications = [
      notification({ kind: 'HOURS_ADJUSTED', hours: -1.5, reason: 'Paid twice', requestId: undefined }),
    ];
    const screen = await openPage(NotificationsPage, backend);

    const link = screen.link('An admin changed your hours by −1.5 h (“Paid twice”)');
    expect(link.getAttribute('href')).toBe('/wallet');
  });

  it('are marked new until the page is left, and count on the badge no more', async () => {
    const screen = await openPage(NotificationsPage, backend);
    const store = TestBed.inject(NotificationStore);
    await store.reload();
    await screen.settle();

    expect(document.querySelectorAll('li.new')).toHaveLength(1);
    expect(store.unseen()).toBe(0);
    expect(backend.members.seen).toBe(inHours(-1));
  });

  it('are all new to who never looked', async () => {
    backend.members.seen = undefined;
    const screen = await openPage(NotificationsPage, backend);
    await TestBed.inject(NotificationStore).reload();
    await screen.settle();

    expect(document.querySelectorAll('li.new')).toHaveLength(2);
  });

  it('of a kind that this edition does not know are told all the same', async () => {
    backend.notifications.notifications = [notification({ kind: undefined })];
    const screen = await openPage(NotificationsPage, backend);

    expect(screen.link('Something new about “Bike repair at your door”')).toBeTruthy();
  });

  it('tell a new member what will be here', async () => {
    backend.notifications.notifications = [];
    const screen = await openPage(NotificationsPage, backend);

    expect(screen.headings(2)).toEqual(['Nothing new']);
  });
});
