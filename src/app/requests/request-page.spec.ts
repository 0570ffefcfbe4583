import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeBackend } from '../../testing/fake-clients';
import { ADA, BEN, STEPS_UNTIL_DELIVERED, inHours, request, standing } from '../../testing/samples';
import { openPage } from '../../testing/screen';
import type { Screen } from '../../testing/screen';
import { ApiError } from '../shared/api/api-error';
import { ProgressStore } from '../shared/api/progress-store';
import { RequestPage } from './request-page';

const ACTION_GROUP = '[aria-label="What you can do now"]';

describe('the page of a request', () => {
  let backend: FakeBackend;

  beforeEach(() => {
    backend = new FakeBackend();
    backend.requests.requests = [request()];
  });

  const open = (memberId: string, isAdmin = false): Promise<Screen> => {
    backend.auth.signedIn = { id: memberId, isAdmin };
    return openPage(RequestPage, backend, { path: 'requests/:requestId', url: '/requests/request-1' });
  };
  const actions = (): string[] =>
    [...document.querySelectorAll(`${ACTION_GROUP} button`)].map((button) => button.textContent.trim());

  it('tells the requester what was done, who must act now, and what comes next', async () => {
    const screen = await open(ADA);

    const lines = [...document.querySelectorAll('app-timeline li .what')].map((line) =>
      line.textContent.replace('Then:', '').trim(),
    );
    expect(lines).toEqual([
      'You asked for it',
      '2 h set aside',
      'Ben Okafor was asked and has time to answer.',
      'Ben Okafor does the work',
      'You confirm it',
      'Ben Okafor receives 2 h',
    ]);
    expect(screen.heading('Bike repair at your door')).toBeTruthy();
  });

  it('counts down by the clock of the server, not of this machine', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(inHours(-24)) });
    backend.requests.requests = [request({ expiresAt: inHours(5) })];
    const screen = await open(ADA);
    const { ServerClock } = await import('../shared/time/server-clock');

    TestBed.inject(ServerClock).learn(inHours(0));
    await screen.settle();

    expect(screen.text).toContain('Time left: 5 h 0 min');
    vi.useRealTimers();
  });

  it('offers the provider to accept, decline or offer otherwise, the requester to withdraw', async () => {
    await open(BEN);
    expect(actions()).toEqual(['Accept', 'Make a counter-offer', 'Decline']);

    TestBed.resetTestingModule();
    await open(ADA);
    expect(actions()).toEqual(['Withdraw']);
  });

  it('offers the requester to confirm or ask for changes once it is delivered', async () => {
    backend.requests.requests = [request({ status: 'COMPLETED', revision: 7 })];
    backend.requests.where = standing({ revision: 7, steps: STEPS_UNTIL_DELIVERED });
    await open(ADA);

    expect(actions()).toEqual(['Confirm and pay', 'Ask for changes']);
  });

  it('offers no changes once they have been asked for as often as possible', async () => {
    backend.requests.requests = [request({ status: 'COMPLETED', changesRequested: 5 })];
    await open(ADA);

    expect(actions()).toEqual(['Confirm and pay']);
  });

  it('asks before it accepts, sends the note, and shows that it is being carried out', async () => {
    const screen = await open(BEN);

    await screen.press('Accept');
    await screen.type('A word to Ada Lindqvist (optional)', 'Gladly');
    dialogButton('Accept').click();
    await screen.settle();

    expect(backend.requests.commands).toEqual([['accept', 'request-1', 'Gladly']]);
    expect(screen.text).toContain('The acceptance is being carried out…');
    expect(screen.said).toContain('Accepted.');
    expect(actions()).toEqual([]);
  });

  it('does nothing when the member thinks better of it', async () => {
    const screen = await open(BEN);

    await screen.press('Decline');
    await screen.press('Not now');

    expect(backend.requests.commands).toEqual([]);
    expect(actions()).toEqual(['Accept', 'Make a counter-offer', 'Decline']);
  });

  it('words a refusal, and shows what has happened meanwhile', async () => {
    const screen = await open(BEN);
    backend.requests.refusal = new ApiError('ALREADY_ANSWERED');
    backend.requests.move('request-1', { status: 'CANCELLED', revision: 5, expiresAt: undefined });

    await screen.press('Accept');
    dialogButton('Accept').click();
    await screen.settle();

    expect(screen.said).toContain('This has been answered already.');
    expect(screen.text).toContain('It was called off, and the hours went back.');
  });

  describe('live', () => {
    const GATHERED_MS = 200;
    const hinted = async (screen: Screen, revision: number): Promise<void> => {
      TestBed.inject(ProgressStore).tell({ kind: 'REQUEST', requestId: 'request-1', revision });
      await new Promise((resolve) => setTimeout(resolve, GATHERED_MS));
      await screen.settle();
    };

    it('reads again what a hint names', async () => {
      const screen = await open(ADA);
      backend.requests.move('request-1', { status: 'IN_PROGRESS', revision: 6 });
      await hinted(screen, 6);

      expect(screen.text).toContain('Ben Okafor is at work for you.');
    });

    it('ignores a hint of what it shows already', async () => {
      const screen = await open(ADA);
      const reads = backend.requests.reads;
      await hinted(screen, 4);

      expect(backend.requests.reads).toBe(reads);
    });

    it('never goes back to an older revision', async () => {
      const screen = await open(ADA);
      backend.requests.move('request-1', { status: 'ESCROWED', revision: 3 });
      await hinted(screen, 6);

      expect(screen.text).toContain('Ben Okafor was asked and has time to answer.');
    });

    it('catches up after the line was down', async () => {
      const screen = await open(ADA);
      TestBed.inject(ProgressStore).start();
      backend.progress.lost();
      backend.requests.move('request-1', { status: 'PAID', revision: 9, expiresAt: undefined });
      backend.progress.live();
      await new Promise((resolve) => setTimeout(resolve, GATHERED_MS));
      await screen.settle();

      expect(screen.text).toContain('2 h went to Ben Okafor. All done.');
    });
  });

  it('shows an admin who is no party as little as a stranger', async () => {
    const screen = await open('amira', true);

    expect(screen.announced.join()).toContain('This does not exist, or it is not yours to see.');
    expect(screen.text).not.toContain('Messages');
  });

  it('tells a stranger that there is nothing to see', async () => {
    backend.requests.requests = [];
    const screen = await open('stranger');

    expect(screen.announced.join()).toContain('This does not exist, or it is not yours to see.');
  });
});

function dialogButton(name: string): HTMLButtonElement {
  const button = [...document.querySelectorAll<HTMLButtonElement>('mat-dialog-container button')].find(
    (candidate) => candidate.textContent.trim() === name,
  );
  if (!button) throw new Error(`The dialog has no button "${name}"`);
  return button;
}
