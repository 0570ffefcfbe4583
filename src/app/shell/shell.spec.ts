import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeBackend } from '../../testing/fake-clients';
import { ADA, inHours, notification } from '../../testing/samples';
import { openPage } from '../../testing/screen';
import { SessionStore } from '../shared/session/session-store';
import { Shell } from './shell';

describe('the frame of every page', () => {
  let backend: FakeBackend;

  beforeEach(() => {
    backend = new FakeBackend();
  });

  it('makes sure of the member, opens the live feed, and shows the balance', async () => {
    backend.auth.signedIn = { id: ADA, isAdmin: false, nickname: 'Ada' };
    const screen = await openPage(Shell, backend);

    expect(backend.members.ensured).toEqual(['Ada']);
    expect(backend.progress.isOpen).toBe(true);
    expect(screen.text).toContain('8 h available');
  });

  it('leads to every place, and says how much is new', async () => {
    backend.notifications.notifications = [notification({ at: inHours(-1) })];
    const screen = await openPage(Shell, backend);

    expect(screen.link('Offers').getAttribute('href')).toBe('/offers');
    expect(screen.link('Requests').getAttribute('href')).toBe('/requests');
    expect(screen.link('Wallet').getAttribute('href')).toBe('/wallet');
    expect(screen.announced).toContain('1 new notification');
  });

  it('leads admins to their area too, and nobody else', async () => {
    const screen = await openPage(Shell, backend);
    expect(() => screen.link('Admin')).toThrow();

    TestBed.resetTestingModule();
    backend.auth.signedIn = { id: ADA, isAdmin: true };
    const admins = await openPage(Shell, backend);

    expect(admins.link('Admin').getAttribute('href')).toBe('/admin');
  });

  it('says that the line is down, and is silent once it is back', async () => {
    const screen = await openPage(Shell, backend);
    backend.progress.lost();
    await screen.settle();
    expect(screen.announced.join()).toContain('The live connection was lost.');

    backend.progress.live();
    await screen.settle();
    expect(screen.announced.join()).not.toContain('lost');
  });

  it('signs out, closes the feed, and leaves', async () => {
    const screen = await openPage(Shell, backend);
    await screen.press('Your account');
    await screen.press('Sign out');

    expect(TestBed.inject(SessionStore).isSignedIn()).toBe(false);
    expect(backend.progress.isOpen).toBe(false);
    expect(TestBed.inject(Router).url).toBe('/');
  });

  it('asks to sign in again when the session ends by itself, and comes back afterwards', async () => {
    const screen = await openPage(Shell, backend);
    TestBed.inject(SessionStore).expire();
    await screen.settle();

    expect(TestBed.inject(Router).url).toBe('/sign-in?next=%2Fpage');
  });
});
