import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeBackend } from '../../testing/fake-clients';
import { BEN, ownReview, request, review } from '../../testing/samples';
import { openPage } from '../../testing/screen';
import type { Screen } from '../../testing/screen';
import { ApiError } from '../shared/api/api-error';
import { ProgressStore } from '../shared/api/progress-store';
import { RequestPage } from './request-page';

const GATHERED_MS = 200;
const COMMENT = 'A few words (optional)';

describe('the reviews of a request', () => {
  let backend: FakeBackend;

  beforeEach(() => {
    backend = new FakeBackend();
    backend.requests.requests = [request({ status: 'PAID', expiresAt: undefined })];
  });

  const open = (): Promise<Screen> =>
    openPage(RequestPage, backend, { path: 'requests/:requestId', url: '/requests/request-1' });
  const card = (): string =>
    (document.querySelector('app-reviews')?.textContent ?? '').replace(/\s+/g, ' ').trim();
  const choose = async (screen: Screen, name: string): Promise<void> => {
    const label = [...document.querySelectorAll('fieldset label')].find((one) =>
      one.textContent.includes(name),
    );
    if (!(label instanceof HTMLLabelElement)) throw new Error(`There is no choice "${name}"`);
    label.click();
    await screen.settle();
  };

  it('cannot be written before it is paid', async () => {
    backend.requests.requests = [request({ status: 'COMPLETED' })];
    const screen = await open();

    expect(() => screen.heading('Reviews')).toThrow();
  });

  it('are asked for with five named choices, and say before that they stay sealed', async () => {
    await open();

    const group = document.querySelector('fieldset');
    expect(group?.querySelector('legend')?.textContent).toBe('How was it with Ben Okafor?');
    expect([...(group?.querySelectorAll('label') ?? [])].map((label) => label.textContent.trim())).toEqual([
      '1 of 5: Not good',
      '2 of 5: Could be better',
      '3 of 5: All right',
      '4 of 5: Good',
      '5 of 5: Wonderful',
    ]);
    expect(card()).toContain('stays sealed until Ben Okafor has written one too, or for 7 days.');
  });

  it('are sent with stars and comment, and are shown sealed', async () => {
    const screen = await open();
    await choose(screen, '4 of 5');
    await screen.type(COMMENT, '  Thank you.  ');
    await screen.press('Leave this review');

    expect(backend.reviews.left).toEqual([{ requestId: 'request-1', rating: 4, comment: 'Thank you.' }]);
    expect(screen.said).toContain('Your review is sealed for now.');
    expect(card()).toMatch(/You about Ben Okafor ?4 of 5 stars ?Thank you\./);
    expect(card()).toMatch(/Sealed until Ben Okafor has written one too, at the latest until 1 Dec/);
  });

  it('need stars', async () => {
    const screen = await open();
    await screen.press('Leave this review');

    expect(screen.announced).toContain('Choose from one to five stars.');
    expect(backend.reviews.left).toEqual([]);
  });

  it('need no comment, and take one of 1000 characters, not of 1001', async () => {
    const screen = await open();
    await choose(screen, '5 of 5');
    await screen.type(COMMENT, 'x'.repeat(1001));
    await screen.press('Leave this review');
    expect(screen.text).toContain('Use at most 1000 characters.');
    expect(backend.reviews.left).toEqual([]);

    await screen.type(COMMENT, 'x'.repeat(1000));
    await screen.press('Leave this review');
    expect(backend.reviews.left).toHaveLength(1);
  });

  it('say why one was refused, and keep what was written', async () => {
    const screen = await open();
    backend.reviews.refusal = new ApiError('OFFLINE');
    await choose(screen, '5 of 5');
    await screen.type(COMMENT, 'Thank you.');
    await screen.press('Leave this review');

    expect(screen.announced.join()).toContain('You are offline.');
    expect(screen.field(COMMENT).value).toBe('Thank you.');
  });

  it('show the one that was written elsewhere meanwhile', async () => {
    const screen = await open();
    backend.reviews.refusal = new ApiError('ALREADY_ANSWERED');
    backend.reviews.own = ownReview({ comment: 'From my phone.' });
    await choose(screen, '5 of 5');
    await screen.press('Leave this review');

    expect(card()).toContain('From my phone.');
  });

  it('show both once the other has written too', async () => {
    const screen = await open();
    backend.reviews.own = ownReview({ published: true });
    backend.reviews.reviews = [review({ authorId: BEN, rating: 5, comment: 'Kept the kettle on.' })];
    TestBed.inject(ProgressStore).tell({
      kind: 'NOTIFICATION',
      requestId: 'request-1',
      revision: undefined,
    });
    await new Promise((resolve) => setTimeout(resolve, GATHERED_MS));
    await screen.settle();

    expect(card()).toMatch(/Ben Okafor about you ?5 of 5 stars ?Kept the kettle on\./);
    expect(card()).toMatch(/You about Ben Okafor ?4 of 5 stars/);
    expect(card()).not.toContain('Sealed');
  });

  it('say that the other has written none, once the seal is broken', async () => {
    backend.reviews.own = ownReview({ published: true });
    await open();

    expect(card()).toContain('Ben Okafor has not written one so far.');
  });

  it('say what went wrong, and try again', async () => {
    backend.reviews.failure = new ApiError('UNEXPECTED');
    const screen = await open();
    expect(screen.announced.join()).toContain('Something went wrong on our side.');

    backend.reviews.failure = undefined;
    await screen.press('Try again');

    expect(screen.button('Leave this review')).toBeTruthy();
  });
});
