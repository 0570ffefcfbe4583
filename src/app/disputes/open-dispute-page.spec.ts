import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeBackend } from '../../testing/fake-clients';
import { ADA, BEN, inHours, request } from '../../testing/samples';
import { openPage } from '../../testing/screen';
import type { Screen } from '../../testing/screen';
import { ApiError } from '../shared/api/api-error';
import { OpenDisputePage } from './open-dispute-page';

describe('opening a dispute', () => {
  let backend: FakeBackend;

  beforeEach(() => {
    backend = new FakeBackend();
    backend.requests.requests = [request({ status: 'COMPLETED', revision: 7, expiresAt: inHours(100) })];
  });

  const open = (memberId: string = ADA): Promise<Screen> => {
    backend.auth.signedIn = { id: memberId, isAdmin: false };
    return openPage(OpenDisputePage, backend, {
      path: 'disputes/open/:requestId',
      url: '/disputes/open/request-1',
    });
  };
  const fillIn = async (screen: Screen): Promise<void> => {
    await screen.choose('Only part of it was done');
    await screen.type('What happened?', ' The chain still jumps. ');
  };

  it('says what will happen: frozen hours, both heard, a settlement or a decision, and the longest it takes', async () => {
    const screen = await open();

    expect(screen.text).toContain('The 2 h are frozen.');
    expect(screen.text).toContain('Ben Okafor is told, and can answer.');
    expect(screen.text).toContain('You can settle it between you at any time');
    expect(screen.text).toContain(
      'If nobody has decided after 30 days, all the hours go back to Ada Lindqvist.',
    );
  });

  it('sends the reason that was chosen and the statement, and leads to the dispute', async () => {
    const screen = await open();
    await fillIn(screen);
    await screen.press('Open the dispute');

    expect(backend.disputes.commands).toEqual([
      ['open', 'request-1', 'Only part of it was done', 'The chain still jumps.'],
    ]);
    expect(TestBed.inject(Router).url).toBe('/disputes/dispute-request-1-requester');
    expect(screen.said).toContain('The dispute is open.');
  });

  it('takes a reason in the own words of whoever finds none that fits', async () => {
    const screen = await open();
    await screen.choose('Something else');
    await screen.type('What happened?', 'See there.');
    await screen.press('Open the dispute');
    expect(screen.text).toContain('Say in a few words what it is about.');

    await screen.type('In a few words', ' A strange noise ');
    await screen.press('Open the dispute');

    expect(backend.disputes.commands).toEqual([['open', 'request-1', 'A strange noise', 'See there.']]);
  });

  it('offers each side its own reasons', async () => {
    const screen = await open(BEN);

    expect(screen.text).toContain('I was not let in to do it');
    expect(screen.text).not.toContain('Something was damaged');
  });

  it('sends nothing before there is a reason and a statement', async () => {
    const screen = await open();
    await screen.press('Open the dispute');

    expect(screen.text).toContain('Choose what comes closest.');
    expect(screen.text).toContain('Tell what happened');
    expect(backend.disputes.commands).toEqual([]);
  });

  it('keeps what was written when it is refused', async () => {
    const screen = await open();
    backend.disputes.refusal = new ApiError('OFFLINE');
    await fillIn(screen);
    await screen.press('Open the dispute');

    expect(screen.announced.join()).toContain('You are offline.');
    expect(screen.field('What happened?').value).toBe(' The chain still jumps. ');
  });

  it.each([
    ['before the work has begun', request()],
    ['once it is paid', request({ status: 'PAID' })],
    ['by who has opened one before', request({ status: 'COMPLETED', disputesByRequester: 1 })],
    ['while an answer is carried out', request({ status: 'COMPLETED', pendingEvent: 'CONFIRM' })],
  ])('is not possible %s', async (_when, asked) => {
    backend.requests.requests = [asked];
    const screen = await open();

    expect(screen.announced.join()).toContain('No dispute can be opened about this request now.');
    expect(screen.link('See the request').getAttribute('href')).toBe('/requests/request-1');
  });

  it('shows what has happened meanwhile', async () => {
    const screen = await open();
    await fillIn(screen);
    backend.disputes.refusal = new ApiError('ALREADY_ANSWERED');
    backend.requests.move('request-1', { status: 'PAID' });
    await screen.press('Open the dispute');

    expect(screen.announced.join()).toContain('No dispute can be opened about this request now.');
  });

  it('says what went wrong, and tries again', async () => {
    backend.requests.failure = new ApiError('OFFLINE');
    const screen = await open();
    expect(screen.announced.join()).toContain('You are offline.');

    backend.requests.failure = undefined;
    await screen.press('Try again');

    expect(screen.heading('What is it about?')).toBeTruthy();
  });
});
