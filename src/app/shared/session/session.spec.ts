import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { Component } from '@angular/core';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeBackend } from '../../../testing/fake-clients';
import { SessionStore } from './session-store';
import { adminsOnly, membersOnly, visitorsOnly } from './session-guards';

@Component({ template: '' })
class Page {}

describe('who may go where', () => {
  let backend: FakeBackend;
  let session: SessionStore;

  beforeEach(() => {
    backend = new FakeBackend();
    TestBed.configureTestingModule({
      providers: [
        ...backend.providers,
        provideRouter([
          { path: 'sign-in', component: Page, canActivate: [visitorsOnly] },
          { path: 'offers', component: Page, canActivate: [membersOnly] },
          { path: 'requests/:id', component: Page, canActivate: [membersOnly] },
          { path: 'admin', component: Page, canActivate: [adminsOnly] },
        ]),
      ],
    });
    session = TestBed.inject(SessionStore);
  });

  it('sends a visitor to sign in, and keeps where they wanted to go', async () => {
    const harness = await RouterTestingHarness.create();
    await harness.navigateByUrl('/requests/7');

    expect(TestBed.inject(Router).url).toBe('/sign-in?next=%2Frequests%2F7');
  });

  it('sends a member from the sign-in page to where they wanted to go', async () => {
    await session.restore();
    const harness = await RouterTestingHarness.create();
    await harness.navigateByUrl('/sign-in?next=%2Frequests%2F7');

    expect(TestBed.inject(Router).url).toBe('/requests/7');
  });

  it.each([
    [true, '/admin'],
    [false, '/offers'],
  ])('lets admins into their area (%s), and sends everybody else home', async (isAdmin, url) => {
    backend.auth.signedIn = { id: 'member', isAdmin };
    await session.restore();
    const harness = await RouterTestingHarness.create();
    await harness.navigateByUrl('/admin');

    expect(TestBed.inject(Router).url).toBe(url);
  });

  it('is signed out here even if Cognito cannot be reached to hear of it', async () => {
    await session.restore();
    backend.auth.refusal = 'NetworkError';

    await expect(session.signOut()).rejects.toThrow('NetworkError');

    expect(session.isSignedIn()).toBe(false);
  });

  it('treats a session that cannot be read as none', async () => {
    backend.auth.current = () => Promise.reject(new Error('broken'));

    await session.restore();

    expect(session.isSignedIn()).toBe(false);
  });
});
