import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeBackend } from '../../testing/fake-clients';
import {
  ADA,
  BEN,
  STEPS_UNTIL_COUNTERED,
  balance,
  countered,
  inHours,
  request,
  standing,
  step,
} from '../../testing/samples';
import { openPage } from '../../testing/screen';
import type { Screen } from '../../testing/screen';
import { ApiError } from '../shared/api/api-error';
import { BalanceStore } from '../shared/api/balance-store';
import { RequestPage } from './request-page';

describe('a request that is negotiated', () => {
  let backend: FakeBackend;

  beforeEach(() => {
    backend = new FakeBackend();
    backend.requests.requests = [countered()];
    backend.requests.where = standing({ revision: 5, steps: STEPS_UNTIL_COUNTERED });
    backend.balances.hours = balance({ available: 8, held: 2, total: 10 });
  });

  const open = async (memberId: string): Promise<Screen> => {
    backend.auth.signedIn = { id: memberId, isAdmin: false };
    const screen = await openPage(RequestPage, backend, {
      path: 'requests/:requestId',
      url: '/requests/request-1',
    });
    await TestBed.inject(BalanceStore).reload();
    await screen.settle();
    return screen;
  };
  const panel = (): string => textOf('app-offer-on-table');
  /** What it would mean: each amount under its name. */
  const effects = (): Record<string, string> =>
    Object.fromEntries(
      [...document.querySelectorAll('app-offer-on-table dl div')].map((pair) => [
        spaced(pair.querySelector('dt')),
        spaced(pair.querySelector('dd')),
      ]),
    );
  const actions = (): string[] =>
    [...document.querySelectorAll('[aria-label="What you can do now"] button')].map((button) =>
      button.textContent.trim(),
    );

  describe('shows the offer on the table', () => {
    it('to the requester: who offers what, how it differs, what it costs and holds', async () => {
      await open(ADA);

      expect(panel()).toContain('Round 1 of 5');
      expect(panel()).toContain('Ben Okafor offers');
      expect(panel()).toContain('2.5 h × rate 1.5 = 3.75 h');
      expect(panel()).toContain('instead of 2 h × rate 1 = 2 h +1.75 h');
      expect(panel()).toContain('The chain takes me longer than that.');
      expect(effects()).toEqual({
        'It costs you in all': '3.75 h',
        'Set aside now': '2 h',
        'More to set aside you have 8 h available': '+1.75 h',
      });
    });

    it('to the provider who made it: what they would get, and whose turn it is', async () => {
      const screen = await open(BEN);

      expect(panel()).toContain('You offer');
      expect(effects()).toEqual({
        'You get, once it is confirmed': '3.75 h',
        'Set aside for you now': '2 h',
        'More that Ada Lindqvist sets aside': '+1.75 h',
      });
      expect(screen.announced.join()).toContain(
        'Ada Lindqvist is thinking about your offer of 3.75 h in all.',
      );
    });

    it('that asks for less: what comes back', async () => {
      backend.requests.requests = [countered({ offeredHours: 1.5, offeredRate: 1, offeredAmount: 1.5 })];
      await open(ADA);

      expect(effects()).toMatchObject({ 'It costs you in all': '1.5 h', 'Comes back to you': '0.5 h' });
    });

    it('and everything that was on the table before', async () => {
      backend.requests.requests = [
        countered({ negotiationRound: 2, offeredHours: 2, offeredRate: 1.25, offeredAmount: 2.5 }),
      ];
      backend.requests.where = standing({
        steps: [
          ...STEPS_UNTIL_COUNTERED,
          step(6, {
            status: 'NEGOTIATING',
            event: 'COUNTER_OFFER',
            actorRole: 'REQUESTER',
            at: inHours(0),
            terms: { hours: 2, rate: 1.25, amount: 2.5 },
          }),
        ],
      });
      await open(BEN);

      const earlier = [...document.querySelectorAll('app-offer-on-table details li')].map((line) =>
        line.textContent.replace(/\s+/g, ' ').trim(),
      );
      expect(earlier).toEqual([
        expect.stringMatching(/^2\.5 h × 1\.5 = 3\.75 h you,/),
        expect.stringMatching(/^2 h × 1 = 2 h Ada Lindqvist,/),
      ]);
    });

    it('with the time that is left to answer it', async () => {
      backend.requests.requests = [countered({ expiresAt: inHours(30) })];
      const screen = await open(ADA);
      const { ServerClock } = await import('../shared/time/server-clock');
      TestBed.inject(ServerClock).learn(inHours(0));
      await screen.settle();

      expect(screen.text).toMatch(/Time left: 1 day [56] h/);
      expect(screen.text).toContain('Then the request expires and your hours come back.');
    });
  });

  describe('lets whose turn it is', () => {
    it('accept, make a counter-offer, decline or withdraw, and the other one wait', async () => {
      await open(ADA);
      expect(actions()).toEqual(['Accept', 'Make a counter-offer', 'Decline', 'Withdraw']);

      TestBed.resetTestingModule();
      await open(BEN);
      expect(actions()).toEqual([]);
    });

    it('answer in a round of the provider, and the requester withdraw', async () => {
      backend.requests.requests = [countered({ negotiationRound: 2 })];
      await open(BEN);
      expect(actions()).toEqual(['Accept', 'Make a counter-offer', 'Decline']);

      TestBed.resetTestingModule();
      await open(ADA);
      expect(actions()).toEqual(['Withdraw']);
    });

    it('accept after being told what more is set aside', async () => {
      const screen = await open(ADA);
      await screen.press('Accept');

      expect(textOf('mat-dialog-container')).toContain(
        'It costs you 3.75 h once you have confirmed the work. 1.75 h more are set aside now.',
      );
      await screen.pressIn('mat-dialog-container', 'Accept');

      expect(backend.requests.commands).toEqual([['accept', 'request-1', '']]);
      expect(screen.said).toContain('Accepted.');
    });

    it('not accept what they cannot pay, and says why', async () => {
      backend.balances.hours = balance({ available: 1.5 });
      const screen = await open(ADA);

      const accept = screen.button('Accept');
      expect(accept.disabled).toBe(true);
      expect(textOf(`#${accept.getAttribute('aria-describedby') ?? ''}`)).toBe(
        'That needs 1.75 h more than is set aside, and you have 1.5 h available. Make a counter-offer, or earn some first.',
      );
      expect(screen.button('Make a counter-offer').disabled).toBe(false);
    });

    it('accept as soon as the hours are there', async () => {
      backend.balances.hours = balance({ available: 1.5 });
      const screen = await open(ADA);
      backend.balances.hours = balance({ available: 1.75 });
      await TestBed.inject(BalanceStore).reload();
      await screen.settle();

      expect(screen.button('Accept').disabled).toBe(false);
    });

    it('accept what asks for no more, even with nothing left', async () => {
      backend.requests.requests = [countered({ offeredHours: 1, offeredRate: 1, offeredAmount: 1 })];
      backend.balances.hours = balance({ available: 0, lockedAt: '2026-11-24T10:00:00.000Z' });
      const screen = await open(ADA);

      expect(screen.button('Accept').disabled).toBe(false);
    });

    it('not accept more while the account is locked', async () => {
      backend.balances.hours = balance({ available: 8, lockedAt: '2026-11-24T10:00:00.000Z' });
      const screen = await open(ADA);

      expect(screen.button('Accept').disabled).toBe(true);
      expect(panel()).toContain('Your account is locked');
    });

    it('know that it was accepted once, but the hours were gone', async () => {
      backend.requests.requests = [countered({ shortfalls: 1, revision: 6 })];
      backend.requests.where = standing({
        revision: 6,
        steps: [
          ...STEPS_UNTIL_COUNTERED,
          step(6, { status: 'NEGOTIATING', event: 'HOURS_GONE', actorRole: 'SYSTEM' }),
        ],
      });
      await open(ADA);

      expect(panel()).toContain('the hours for it were gone by then. The turn is still the same.');
      expect(actions()).toContain('Accept');
    });

    it('not accept any more once the hours were gone too often', async () => {
      backend.requests.requests = [countered({ shortfalls: 5 })];
      backend.requests.where = standing({
        steps: [step(9, { status: 'NEGOTIATING', event: 'HOURS_GONE', actorRole: 'SYSTEM' })],
      });
      await open(ADA);

      expect(actions()).toEqual(['Make a counter-offer', 'Decline', 'Withdraw']);
      expect(panel()).toContain('It cannot be accepted any more');
    });

    it('make no counter-offer in the last round, which says so', async () => {
      backend.requests.requests = [countered({ negotiationRound: 5 })];
      await open(ADA);

      expect(actions()).toEqual(['Accept', 'Decline', 'Withdraw']);
      expect(panel()).toContain('Round 5 of 5');
      expect(panel()).toContain('This is the last round: it can only be accepted or declined.');
    });
  });

  describe('a counter-offer', () => {
    const dialog = (): string => textOf('mat-dialog-container');

    it('is what a provider may answer first, too', async () => {
      backend.requests.requests = [request()];
      const screen = await open(BEN);
      await screen.press('Make a counter-offer');

      expect(dialog()).toContain('Round 1 of 5. On the table: 2 h × rate 1 = 2 h.');
      await screen.type('Hours', '2.5');
      expect(dialog()).toContain('You would get 2.5 h. Ada Lindqvist would have to set 0.5 h more aside.');
    });

    it('says what it costs and holds while it is written', async () => {
      const screen = await open(ADA);
      await screen.press('Make a counter-offer');
      await screen.type('Rate', '1.25');

      expect(dialog()).toContain('2.5 h × rate 1.25 = 3.25 h');
      expect(dialog()).toContain(
        'If Ben Okafor accepts, 1.25 h more will be held, and it costs you 3.25 h in all.',
      );

      await screen.type('Hours', '1');
      await screen.type('Rate', '1');
      expect(dialog()).toContain('If Ben Okafor accepts, 1 h come back to you, and it costs you 1 h in all.');
    });

    it('sends its terms and word, and says whose turn it is', async () => {
      const screen = await open(ADA);
      await screen.press('Make a counter-offer');
      await screen.type('Hours', '2');
      await screen.type('A word to Ben Okafor (optional)', ' Meet me halfway? ');
      await screen.press('Send the offer');

      expect(backend.requests.commands).toEqual([
        ['counterOffer', 'request-1', { hours: 2, rate: 1.5, message: 'Meet me halfway?' }],
      ]);
      expect(screen.said).toContain("Sent. It is Ben Okafor's turn to answer.");
      expect(screen.text).toContain('The counter-offer is being passed on…');
      expect(document.querySelector('mat-dialog-container')).toBeNull();
    });

    it('is none with the terms that are on the table', async () => {
      const screen = await open(ADA);
      await screen.press('Make a counter-offer');

      expect(dialog()).toContain('These are the terms on the table. Change something, or accept them.');
      expect(screen.button('Send the offer').disabled).toBe(true);
    });

    it('is none that the requester could not pay', async () => {
      const screen = await open(ADA);
      await screen.press('Make a counter-offer');
      await screen.type('Hours', '20');

      expect(dialog()).toContain('That needs 28 h more than is set aside, and you have 8 h available.');
      expect(screen.button('Send the offer').disabled).toBe(true);
    });

    it.each(['0', '-1', '0.1', '1001', ''])('of %s hours is not sent', async (hours) => {
      const screen = await open(ADA);
      await screen.press('Make a counter-offer');
      await screen.type('Hours', hours);
      await screen.press('Send the offer');

      expect(backend.requests.commands).toEqual([]);
    });

    it('says which is the last', async () => {
      backend.requests.requests = [countered({ negotiationRound: 4 })];
      const screen = await open(BEN);
      await screen.press('Make a counter-offer');

      expect(dialog()).toContain('Round 5 of 5.');
      expect(dialog()).toContain('This is the last counter-offer there can be');
    });

    it('that is refused stays open and says why', async () => {
      const screen = await open(ADA);
      backend.requests.refusal = new ApiError('NOT_YOUR_TURN');
      await screen.press('Make a counter-offer');
      await screen.type('Hours', '2');
      await screen.press('Send the offer');

      expect(dialog()).toContain("It is the other member's turn.");
      expect(screen.field('Hours').value).toBe('2');
    });
  });
});

const spaced = (element: Element | null): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();

const textOf = (selector: string): string => spaced(document.querySelector(selector));
