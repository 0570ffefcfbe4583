import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeBackend } from '../../testing/fake-clients';
import { ADA, balance, offer } from '../../testing/samples';
import { openPage } from '../../testing/screen';
import type { Screen } from '../../testing/screen';
import { ApiError } from '../shared/api/api-error';
import { BalanceStore } from '../shared/api/balance-store';
import type { Submission } from '../shared/api/service-request';
import { RequestOfferPage } from './request-offer-page';

describe('asking for an offer', () => {
  let backend: FakeBackend;

  beforeEach(() => {
    backend = new FakeBackend();
    backend.offers.offers = [offer({ rate: 1.5 })];
    backend.balances.hours = balance({ available: 10, held: 0 });
  });

  const open = async (): Promise<Screen> => {
    const screen = await openPage(RequestOfferPage, backend, {
      path: 'offers/:offerId/request',
      url: '/offers/offer-1/request',
    });
    await TestBed.inject(BalanceStore).reload();
    await screen.settle();
    return screen;
  };
  const submissions = (): Submission[] => backend.requests.commands.map(([, body]) => body as Submission);

  it('shows what will be held before anything is sent', async () => {
    const screen = await open();
    await screen.press('A quarter more');

    expect(screen.announced.join()).toContain('1.25 h × rate 1.5 = 2 h will be held');
    expect(screen.text).toContain('You have 10 h available; 8 h will be left.');
  });

  it('sends hours, the rate as shown and the message, and opens the request', async () => {
    const screen = await open();
    await screen.type('How many hours?', '2');
    await screen.type('Message', ' Thursday? ');
    await screen.press('Send the request');

    const [sent] = submissions();
    expect(sent).toMatchObject({ serviceId: 'offer-1', estimatedHours: 2, rate: 1.5, message: 'Thursday?' });
    expect(sent?.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(TestBed.inject(Router).url).toBe(`/requests/${sent?.requestId ?? ''}`);
    expect(screen.said).toContain('Sent. Setting 3 h aside.');
  });

  it.each(['0', '-1', '0.1', '1001', ''])('refuses %s hours before they are sent', async (hours) => {
    const screen = await open();
    await screen.type('How many hours?', hours);
    await screen.press('Send the request');

    expect(submissions()).toEqual([]);
  });

  it('cannot be sent for more hours than there are', async () => {
    const screen = await open();
    await screen.type('How many hours?', '7');

    expect(screen.text).toContain('That is not enough');
    expect(screen.button('Send the request').disabled).toBe(true);
  });

  it('repeats a submission whose answer was lost under the same id', async () => {
    const screen = await open();
    backend.requests.refusal = new ApiError('OFFLINE');
    await screen.press('Send the request');
    expect(screen.announced.join()).toContain('You are offline.');

    backend.requests.refusal = undefined;
    await screen.press('Send the request');

    const [first, second] = submissions();
    expect(second?.requestId).toBe(first?.requestId);
  });

  it('takes a new id for other terms', async () => {
    const screen = await open();
    backend.requests.refusal = new ApiError('INSUFFICIENT_HOURS');
    await screen.press('Send the request');
    await screen.press('A quarter less');
    await screen.press('Send the request');

    const [first, second] = submissions();
    expect(second?.requestId).not.toBe(first?.requestId);
  });

  it('shows the terms as they are now when they have changed', async () => {
    const screen = await open();
    backend.requests.refusal = new ApiError('TERMS_CHANGED');
    backend.offers.offers = [offer({ rate: 2 })];
    await screen.press('Send the request');

    expect(screen.announced.join()).toContain('The terms have changed since you saw them.');
    expect(screen.text).toContain('× rate 2');
  });

  it('says at once that an own offer cannot be asked for', async () => {
    backend.offers.offers = [offer({ providerId: ADA })];
    const screen = await open();

    expect(screen.announced.join()).toContain('This is your own offer.');
  });
});
