import { beforeEach, describe, expect, it } from 'vitest';
import { FakeBackend } from '../../testing/fake-clients';
import { ADA, BEN, inHours, request } from '../../testing/samples';
import { openPage } from '../../testing/screen';
import { ApiError } from '../shared/api/api-error';
import { RequestsPage } from './requests-page';

const asked = request;
const askedOfMe = (given: Parameters<typeof request>[0] = {}) =>
  request({ requesterId: BEN, requesterName: 'Ben Okafor', providerId: ADA, providerName: 'Ada', ...given });

describe('my requests', () => {
  let backend: FakeBackend;

  beforeEach(() => {
    backend = new FakeBackend();
    backend.requests.requests = [
      asked({ id: 'a', serviceTitle: 'Asked, waiting' }),
      asked({ id: 'b', serviceTitle: 'Asked, delivered', status: 'COMPLETED', expiresAt: inHours(100) }),
      askedOfMe({ id: 'c', serviceTitle: 'To answer', expiresAt: inHours(3) }),
      askedOfMe({ id: 'd', serviceTitle: 'Earned', status: 'PAID', expiresAt: undefined }),
    ];
  });

  it('puts what needs my answer first, the most urgent on top', async () => {
    const screen = await openPage(RequestsPage, backend);

    expect(screen.headings(2)).toEqual(['Waiting for you', 'Under way', 'Finished']);
    expect(screen.headings(3)).toEqual(['To answer', 'Asked, delivered', 'Asked, waiting', 'Earned']);
  });

  it('does not call a request mine to answer while the answer is being carried out', async () => {
    backend.requests.requests = [askedOfMe({ pendingEvent: 'ACCEPT' })];
    const screen = await openPage(RequestsPage, backend);

    expect(screen.headings(2)).toEqual(['Under way']);
    expect(screen.text).toContain('The acceptance is being carried out…');
  });

  it('shows one side only when asked', async () => {
    const screen = await openPage(RequestsPage, backend, { url: '/page?as=asked-of-me' });

    expect(screen.headings(3)).toEqual(['To answer', 'Earned']);
  });

  it('tells a new member what to do next', async () => {
    backend.requests.requests = [];
    const screen = await openPage(RequestsPage, backend);

    expect(screen.headings(2)).toEqual(['No requests yet']);
    expect(screen.link('Browse offers')).toBeTruthy();
  });

  it('says what went wrong, and tries again', async () => {
    backend.requests.failure = new ApiError('UNEXPECTED');
    const screen = await openPage(RequestsPage, backend);
    expect(screen.announced.join()).toContain('Something went wrong on our side.');

    backend.requests.failure = undefined;
    await screen.press('Try again');

    expect(screen.headings(3)).toHaveLength(4);
  });
});
