import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Member, Progress } from '../../dev/member.ts';
import { averageOf } from '../../domain/review.ts';
import { Neighbourhood, refusal } from './neighbourhood.ts';
import type { Offer } from './neighbourhood.ts';
import {
  LEAVE_REVIEW,
  MESSAGES_OF,
  MY_REVIEW,
  NOTIFICATIONS_OF,
  POST_MESSAGE,
  RESOLVE_DISPUTE,
  REVIEWS_OF,
  TOTALS_OF,
} from './operations.ts';
import type { MessageRow, ReviewRow, ReviewState, Totals } from './operations.ts';

let neighbourhood: Neighbourhood;
let admin: Member;
let requester: Member;
let provider: Member;
let stranger: Member;
let offer: Offer;
let requestId: string;

beforeAll(async () => {
  neighbourhood = await Neighbourhood.open();
  admin = await neighbourhood.joinAsAdmin('Amira');
  stranger = await neighbourhood.join('Sven');
});
afterAll(() => neighbourhood.close());

/** Two new members, and an offer of one that the other has asked for. */
beforeEach(async () => {
  [requester, provider] = [await neighbourhood.join('Rita'), await neighbourhood.join('Paul')];
  offer = await neighbourhood.offer(provider);
  requestId = await neighbourhood.submit(requester, offer);
});
afterEach(() => neighbourhood.expectBooksToBalance());

async function pay(): Promise<void> {
  await neighbourhood.accept(provider, requestId);
  await neighbourhood.deliver(provider, requestId);
  await neighbourhood.confirm(requester, requestId);
}

const say = (member: Member, text: string, more: Record<string, unknown> = {}) =>
  member.run<{ postMessage: MessageRow }>(POST_MESSAGE, { requestId, text, ...more });

async function messagesSeenBy(member: Member): Promise<readonly string[]> {
  const { data } = await member.graphql<{ messagesByRequest: { items: (MessageRow | null)[] } | null }>(
    MESSAGES_OF,
    { requestId },
  );
  return (data?.messagesByRequest?.items ?? []).flatMap((row) => (row ? [row.text] : []));
}

async function review(member: Member, rating: number, comment?: string): Promise<ReviewState> {
  const { leaveReview } = await member.run<{ leaveReview: ReviewState }>(LEAVE_REVIEW, {
    requestId,
    rating,
    comment,
  });
  return leaveReview;
}

async function reviewsSeenBy(member: Member): Promise<readonly ReviewRow[]> {
  const { reviewsByRequest } = await member.run<{ reviewsByRequest: { items: ReviewRow[] } }>(REVIEWS_OF, {
    requestId,
  });
  return reviewsByRequest.items;
}

const mine = async (member: Member) =>
  (await member.run<{ getMyReview: ReviewState | null }>(MY_REVIEW, { requestId })).getMyReview;

const totalsOf = (member: Member) =>
  stranger.run<Totals>(TOTALS_OF, { userId: member.id, serviceId: offer.id });

async function kindsTold(member: Member): Promise<readonly string[]> {
  const { notificationsByUser } = await member.run<{
    notificationsByUser: { items: { kind: string; requestId: string }[] };
  }>(NOTIFICATIONS_OF, { userId: member.id });
  return notificationsByUser.items
    .filter((told) => told.requestId === requestId)
    .map(({ kind }) => kind)
    .filter((kind) => kind === 'MESSAGE_RECEIVED' || kind === 'REVIEW_PUBLISHED');
}

/** What a member hears of the request from now on. */
function listen(member: Member) {
  const hints: Progress[] = [];
  const stop = member.onProgress((hint) => hints.push(hint));
  const heard = (kind: string) => hints.filter((hint) => hint.kind === kind && hint.requestId === requestId);
  const hears = (kind: string) =>
    vi.waitFor(
      () => {
        expect(heard(kind).map(({ userId }) => userId)).toContain(member.id);
      },
      { timeout: 15_000 },
    );
  return { hints, heard, hears, stop };
}

describe('messages', () => {
  it('go both ways, live, and are read by the two parties and admins alone', async () => {
    const feeds = [listen(requester), listen(provider)];
    await neighbourhood.accept(provider, requestId);
    await Promise.all(feeds.map(({ hears }) => hears('REQUEST'))); // both feeds are open

    const { postMessage } = await say(requester, ' Do you bring a ladder? ');
    expect(postMessage).toMatchObject({ authorId: requester.id, text: 'Do you bring a ladder?' });
    await Promise.all(feeds.map(({ hears }) => hears('MESSAGE')));
    await say(provider, 'I do.');
    await vi.waitFor(() => {
      for (const { heard } of feeds) expect(heard('MESSAGE').length).toBeGreaterThan(1);
    });

    for (const member of [requester, provider, admin])
      expect(await messagesSeenBy(member)).toEqual(['Do you bring a ladder?', 'I do.']);
    expect(await messagesSeenBy(stranger)).toEqual([]);
    expect(JSON.stringify(feeds.map(({ hints }) => hints))).not.toContain('ladder');
    for (const { stop } of feeds) stop();
  });

  it('notify the other party once in a quarter of an hour', async () => {
    await say(requester, 'Do you bring a ladder?');
    await say(requester, 'And gloves?');
    expect([await kindsTold(provider), await kindsTold(requester)]).toEqual([['MESSAGE_RECEIVED'], []]);

    await neighbourhood.advance('PT15M');
    await say(requester, 'Hello?');
    expect(await kindsTold(provider)).toEqual(['MESSAGE_RECEIVED', 'MESSAGE_RECEIVED']);
  });

  it('are written once, however often they are sent', async () => {
    const messageId = randomUUID();
    const sent = await Promise.all([1, 2, 3].map(() => say(requester, 'Hello', { messageId })));
    expect(new Set(sent.map(({ postMessage }) => postMessage.id))).toEqual(new Set([messageId]));
    expect(await messagesSeenBy(provider)).toEqual(['Hello']);

    const other = { requestId, text: 'Goodbye', messageId };
    expect(await refusal(requester, POST_MESSAGE, other)).toBe('DUPLICATE_REQUEST');
    expect(await refusal(provider, POST_MESSAGE, { ...other, text: 'Hello' })).toBe('DUPLICATE_REQUEST');
    expect(await messagesSeenBy(provider)).toEqual(['Hello']);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['without a text', { text: '' }, 'INVALID_INPUT'],
    ['of nothing but spaces', { text: '  ' }, 'INVALID_INPUT'],
    ['of 2001 characters', { text: 'x'.repeat(2001) }, 'INVALID_INPUT'],
    ['with an id that is no UUID', { messageId: 'mine' }, 'INVALID_INPUT'],
    ['about a request that does not exist', { requestId: randomUUID() }, 'NOT_FOUND'],
    ['about an id that is no UUID', { requestId: 'mine' }, 'INVALID_INPUT'],
  ])('%s are refused', async (_, wrong, code) => {
    expect(await refusal(requester, POST_MESSAGE, { requestId, text: 'Hello', ...wrong })).toBe(code);
    expect(await messagesSeenBy(requester)).toEqual([]);
  });

  it('of a stranger or an admin are refused, as if there were no request', async () => {
    for (const member of [stranger, admin])
      expect(await refusal(member, POST_MESSAGE, { requestId, text: 'Hello' })).toBe('NOT_FOUND');
    expect(await messagesSeenBy(requester)).toEqual([]);
  });
});

describe('reviews', () => {
  it('are hidden from everybody until both parties have written, then they are seen and counted', async () => {
    await pay();
    const feed = listen(requester);

    expect(await review(requester, 5, 'Patient')).toMatchObject({ published: false, rating: 5 });
    for (const member of [requester, provider, stranger, admin])
      expect(await reviewsSeenBy(member)).toEqual([]);
    expect(await mine(requester)).toMatchObject({ rating: 5, comment: 'Patient', published: false });
    expect(await mine(provider)).toBeNull();
    expect((await totalsOf(provider)).getMemberStats).toMatchObject({ ratingSum: 0, ratingCount: 0 });

    expect(await review(provider, 4)).toMatchObject({ published: true, publishedBy: null });
    await feed.hears('NOTIFICATION');
    feed.stop();
    for (const member of [requester, provider, stranger, admin])
      expect(
        (await reviewsSeenBy(member)).map(({ rating, subjectId }) => [rating, subjectId]).sort(),
      ).toEqual([
        [4, requester.id],
        [5, provider.id],
      ]);
    expect(await mine(requester)).toMatchObject({ published: true, publishedBy: null });
    expect([await kindsTold(requester), await kindsTold(provider)]).toEqual([
      ['REVIEW_PUBLISHED'],
      ['REVIEW_PUBLISHED'],
    ]);
    expect(await totalsOf(provider)).toEqual({
      getMemberStats: {
        requestsPaid: 0,
        servicesDelivered: 1,
        hoursGiven: 2,
        hoursReceived: 0,
        ratingSum: 5,
        ratingCount: 1,
      },
      getServiceStats: { timesPaid: 1, hoursPaid: 2, ratingSum: 5, ratingCount: 1 },
    });
    expect((await totalsOf(requester)).getMemberStats).toMatchObject({
      requestsPaid: 1,
      hoursReceived: 2,
      ratingSum: 4,
      ratingCount: 1,
    });
  });

  it('make an average that is exact', async () => {
    await pay();
    await Promise.all([review(requester, 5), review(provider, 5)]);
    requestId = await neighbourhood.submit(requester, offer);
    await pay();
    await Promise.all([review(provider, 1), review(requester, 4)]);

    const { getMemberStats, getServiceStats } = await totalsOf(provider);
    expect(getMemberStats && averageOf(getMemberStats)).toBe(4.5);
    expect(getServiceStats && averageOf(getServiceStats)).toBe(4.5);
    const ofRequester = (await totalsOf(requester)).getMemberStats;
    expect(ofRequester && averageOf(ofRequester)).toBe(3);
  });

  it('are published after seven days if nobody answers, and an answer after that at once', async () => {
    await pay();
    const { createdAt, publishedBy } = await review(requester, 3, 'Late');
    expect(Date.parse(publishedBy ?? '') - Date.parse(createdAt)).toBe(7 * 24 * 60 * 60 * 1000);

    await neighbourhood.advance('P6DT23H');
    expect(await reviewsSeenBy(stranger)).toEqual([]);
    await neighbourhood.advance('PT61M');
    await vi.waitFor(
      async () => {
        expect(await reviewsSeenBy(stranger)).toMatchObject([{ authorRole: 'REQUESTER', comment: 'Late' }]);
      },
      { timeout: 20_000, interval: 100 },
    );
    expect(await kindsTold(provider)).toEqual(['REVIEW_PUBLISHED']);

    expect(await review(provider, 2)).toMatchObject({ published: true });
    expect(await reviewsSeenBy(stranger)).toHaveLength(2);
    expect((await totalsOf(provider)).getServiceStats).toMatchObject({ ratingSum: 3, ratingCount: 1 });
  });

  it('are written once: the same again is harmless, another one is refused', async () => {
    await pay();
    const first = await review(requester, 5, 'Patient');
    expect(await review(requester, 5, 'Patient')).toMatchObject({ createdAt: first.createdAt });
    const other = { requestId, rating: 4, comment: 'Patient' };
    expect(await refusal(requester, LEAVE_REVIEW, other)).toBe('ALREADY_ANSWERED');

    await review(provider, 4);
    expect(await review(requester, 5, 'Patient')).toMatchObject({ published: true });
    expect(await refusal(requester, LEAVE_REVIEW, other)).toBe('ALREADY_ANSWERED');
    expect((await totalsOf(provider)).getMemberStats).toMatchObject({ ratingSum: 5, ratingCount: 1 });
  });

  it('are refused before payment, to strangers, of unknown requests and with what is no rating', async () => {
    expect(await refusal(requester, LEAVE_REVIEW, { requestId, rating: 5 })).toBe('NOT_ALLOWED_NOW');
    await pay();
    const refusals = [
      ...[0, 6, -1].map((rating) => refusal(requester, LEAVE_REVIEW, { requestId, rating })),
      refusal(requester, LEAVE_REVIEW, { requestId, rating: 5, comment: 'x'.repeat(1001) }),
    ];
    expect(new Set(await Promise.all(refusals))).toEqual(new Set(['INVALID_INPUT']));
    for (const member of [stranger, admin]) {
      expect(await refusal(member, LEAVE_REVIEW, { requestId, rating: 5 })).toBe('NOT_FOUND');
      expect(await refusal(member, MY_REVIEW, { requestId })).toBe('NOT_FOUND');
    }
    const unknown = randomUUID();
    expect(await refusal(requester, LEAVE_REVIEW, { requestId: unknown, rating: 5 })).toBe('NOT_FOUND');
    const { data, errors } = await requester.graphql(LEAVE_REVIEW, { requestId, rating: 2.5 });
    expect(data ?? null).toBeNull();
    expect(errors?.[0]?.message).toMatch(/rating|Int/); // by GraphQL itself
    expect(await mine(requester)).toBeNull();
  });
});

describe('totals', () => {
  it('count what a decision let the provider have', async () => {
    await neighbourhood.accept(provider, requestId);
    const disputeId = await neighbourhood.dispute(requester, requestId);
    await admin.run(RESOLVE_DISPUTE, { disputeId, decision: 'PARTIAL_REFUND', refundHours: 0.75 });
    await neighbourhood.until(requester, requestId, 'PAID');

    expect(await totalsOf(provider)).toMatchObject({
      getMemberStats: { servicesDelivered: 1, hoursGiven: 1.25 },
      getServiceStats: { timesPaid: 1, hoursPaid: 1.25 },
    });
    expect((await totalsOf(requester)).getMemberStats).toMatchObject({
      requestsPaid: 1,
      hoursReceived: 1.25,
    });
    expect(await review(requester, 2)).toMatchObject({ published: false }); // what was paid in part can be reviewed
  });
});

describe('IAM', () => {
  it('has refused nothing of all this', async () => {
    const response = await fetch(`${neighbourhood.gatewayUrl}/_local/iam`);
    const { callers } = (await response.json()) as { callers: Record<string, { refused: unknown[] }> };
    expect(Object.entries(callers).filter(([, caller]) => caller.refused.length > 0)).toEqual([]);
  });
});
