import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RequestJourney } from '../../../dev/request-journey.ts';
import { intercept, startScratchDatabase, type ScratchDatabase } from '../../../dev/scratch-database.ts';
import { totalsBreaches } from '../../../dev/totals.ts';
import { DAY, after } from '../../../domain/instant.ts';
import type { NotificationRecord } from '../../../domain/notifications.ts';
import type { Status } from '../../../domain/life-cycle.ts';
import type { RefusalCode } from '../../../domain/refusal.ts';
import type { RequestRecord } from '../../../domain/request.ts';
import { SEALED_FOR, type ReviewRecord, type WrittenReview } from '../../../domain/review.ts';
import { NOW, STRANGER_ID, sampleRequest } from '../../../domain/samples.ts';
import type { MemberTotals, ServiceTotals } from '../../../domain/totals.ts';

const EXPIRY = after(NOW, SEALED_FOR);

let database: ScratchDatabase;
let journey: RequestJourney;
let request: RequestRecord;

beforeAll(async () => {
  database = await startScratchDatabase();
});
afterAll(() => database.stop());
beforeEach(async () => {
  journey = new RequestJourney(database, NOW);
  request = await requestIn('PAID');
});
afterEach(async () => {
  expect(await totalsBreaches(database)).toEqual([]);
});

/** A request of two members of its own, as if it had come as far by itself: reviews move no hours. */
async function requestIn(status: Status): Promise<RequestRecord> {
  const [id, requesterId, providerId, serviceId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const row = sampleRequest({ id, requesterId, providerId, serviceId, status, revision: 8 });
  await database.dynamo.send(new PutCommand({ TableName: database.tables.serviceRequest, Item: { ...row } }));
  return row;
}

const refused = (code: RefusalCode) => expect.objectContaining({ name: 'Refusal', code }) as unknown;

const leave = (userId: string, args: object = {}, by = journey) =>
  by.command('leaveReview', userId, { requestId: request.id, rating: 5, ...args });
const mine = (userId: string) => journey.command('getMyReview', userId, { requestId: request.id });

const ofRequest = async <Row extends { readonly requestId?: string }>(
  table: 'review' | 'sealedReview' | 'notification',
) => (await database.rows<Row>(table)).filter(({ requestId }) => requestId === request.id);

/** Who wrote what everybody can read. */
const published = async () =>
  (await ofRequest<ReviewRecord>('review')).map(({ authorRole }) => authorRole).sort();

const told = async () =>
  (await ofRequest<NotificationRecord>('notification'))
    .filter(({ kind }) => kind === 'REVIEW_PUBLISHED')
    .map(({ userId }) => userId)
    .sort();

async function ratingsOf(memberId: string) {
  const totals = await database.rows<MemberTotals & { userId: string }>('memberStats');
  const found = totals.find(({ userId }) => userId === memberId);
  return found && [found.ratingSum, found.ratingCount];
}

async function ratingsOfOffer() {
  const totals = await database.rows<ServiceTotals & { serviceId: string }>('serviceStats');
  const found = totals.find(({ serviceId }) => serviceId === request.serviceId);
  return found && [found.ratingSum, found.ratingCount];
}

describe('a first review', () => {
  it('is sealed: its author alone can read it, until the other party has written or seven days have passed', async () => {
    const sealed = {
      requestId: request.id,
      rating: 4,
      comment: 'Patient',
      published: false,
      publishedBy: EXPIRY,
      createdAt: NOW,
      now: NOW,
    };
    expect(await leave(request.requesterId, { rating: 4, comment: ' Patient ' })).toEqual(sealed);
    expect(await mine(request.requesterId)).toEqual(sealed);
    expect(await mine(request.providerId)).toBeNull();
    expect([await published(), await told(), journey.hints]).toEqual([[], [], []]);
    expect(await ratingsOf(request.providerId)).toBeUndefined();
  });

  it('has an execution that sees to its publication before it is written', async () => {
    const rowsAtStart: unknown[] = [];
    const dynamo = intercept(database.dynamo, 'TransactWriteCommand', async (send) => {
      rowsAtStart.push([...journeyBefore.publications]);
      return send();
    });
    const journeyBefore = new RequestJourney({ ...database, dynamo }, NOW);
    await leave(request.requesterId, {}, journeyBefore);
    expect(rowsAtStart).toEqual([[`${request.id}-2026-11-24`]]);
  });

  it('is published when its seal expires, and not before', async () => {
    await leave(request.requesterId, { rating: 4 });

    journey.now = after(EXPIRY, -1);
    expect(await journey.publishReviews(request.id)).toEqual({ waitSeconds: 1 });
    expect(await published()).toEqual([]);

    journey.now = EXPIRY;
    expect(await journey.publishReviews(request.id)).toEqual({ waitSeconds: 0 });
    expect(await published()).toEqual(['REQUESTER']);
    expect(await told()).toEqual([request.providerId]);
    expect(await ratingsOf(request.providerId)).toEqual([4, 1]);
    expect(await ratingsOfOffer()).toEqual([4, 1]);
    expect(await mine(request.requesterId)).toMatchObject({ published: true, publishedBy: null });
  });
});

describe('a second review', () => {
  it('publishes both at once, and is counted for its subject', async () => {
    await leave(request.requesterId, { rating: 5, comment: 'Patient' });
    journey.now = after(NOW, DAY);

    expect(await leave(request.providerId, { rating: 2 })).toMatchObject({
      published: true,
      publishedBy: null,
    });

    expect(await published()).toEqual(['PROVIDER', 'REQUESTER']);
    expect(await told()).toEqual([request.requesterId, request.providerId].sort());
    expect(await ratingsOf(request.providerId)).toEqual([5, 1]);
    expect(await ratingsOf(request.requesterId)).toEqual([2, 1]);
    expect(await ratingsOfOffer()).toEqual([5, 1]);
    expect((await ofRequest<ReviewRecord>('review')).find(({ rating }) => rating === 5)).toEqual({
      __typename: 'Review',
      id: `${request.id}#REQUESTER`,
      requestId: request.id,
      serviceId: request.serviceId,
      authorId: request.requesterId,
      authorRole: 'REQUESTER',
      subjectId: request.providerId,
      rating: 5,
      comment: 'Patient',
      createdAt: NOW,
      updatedAt: journey.now,
    });
  });

  it('leaves its workflow nothing to do', async () => {
    await leave(request.requesterId);
    await leave(request.providerId);
    journey.now = EXPIRY;
    expect(await journey.publishReviews(request.id)).toEqual({ waitSeconds: 0 });
    expect(await ratingsOf(request.providerId)).toEqual([5, 1]);
    expect(journey.publications).toHaveLength(1);
  });

  it('is published at once where the first one was', async () => {
    await leave(request.requesterId, { rating: 5 });
    journey.now = EXPIRY;
    await journey.publishReviews(request.id);
    journey.now = after(EXPIRY, 30 * DAY);

    expect(await leave(request.providerId, { rating: 1 })).toMatchObject({ published: true });

    expect(await published()).toEqual(['PROVIDER', 'REQUESTER']);
    expect(await ratingsOf(request.requesterId)).toEqual([1, 1]);
    expect(await ratingsOf(request.providerId)).toEqual([5, 1]);
    expect(journey.publications).toHaveLength(1);
  });

  it('tells both parties that there is something to read, and not what', async () => {
    await leave(request.requesterId, { comment: 'Patient' });
    await leave(request.providerId, { comment: 'Punctual' });
    expect(journey.hints).toEqual([
      {
        Source: 'hourbank.service-requests',
        DetailType: 'Review Published',
        Detail: {
          eventId: `${request.id}#review`,
          kind: 'NOTIFICATION',
          requestId: request.id,
          revision: request.revision,
          requesterId: request.requesterId,
          providerId: request.providerId,
          at: NOW,
          stepFunctionExecutionArn: '',
        },
      },
    ]);
  });
});

describe('a review that is left again', () => {
  it('is the first one, sealed or published', async () => {
    const first = await leave(request.requesterId, { comment: 'Patient' });
    journey.now = after(NOW, DAY);
    const again = () => leave(request.requesterId, { comment: 'Patient' });
    expect(await again()).toEqual({ ...(first as object), now: journey.now });
    await leave(request.providerId);
    expect(await again()).toMatchObject({ published: true, createdAt: NOW });
    expect(await ratingsOf(request.providerId)).toEqual([5, 1]);
  });

  it('with other words is refused, sealed or published', async () => {
    await leave(request.requesterId, { comment: 'Patient' });
    const others = [{ comment: 'Late' }, { comment: 'Patient', rating: 4 }, {}];
    for (const other of others)
      await expect(leave(request.requesterId, other)).rejects.toEqual(refused('ALREADY_ANSWERED'));
    await leave(request.providerId);
    for (const other of others)
      await expect(leave(request.requesterId, other)).rejects.toEqual(refused('ALREADY_ANSWERED'));
    expect(await ratingsOf(request.providerId)).toEqual([5, 1]);
  });

  it('at the same moment from two tabs is one', async () => {
    const answers = await Promise.allSettled(
      [1, 2, 2, 3].map((rating) => leave(request.requesterId, { rating })),
    );
    const rows = await ofRequest<WrittenReview>('sealedReview');
    expect(rows).toHaveLength(1);
    const same = [1, 2, 2, 3].filter((rating) => rating === rows[0]?.rating).length;
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(same);
    for (const answer of answers)
      if (answer.status === 'rejected') expect(answer.reason).toEqual(refused('ALREADY_ANSWERED'));
  });
});

describe('a review is refused', () => {
  it.each(['IN_PROGRESS', 'COMPLETED', 'DISPUTED', 'REFUNDED'] as const)(
    'of a request that is %s',
    async (status) => {
      request = await requestIn(status);
      for (const userId of [request.requesterId, request.providerId])
        await expect(leave(userId)).rejects.toEqual(refused('NOT_ALLOWED_NOW'));
      expect(journey.publications).toEqual([]);
    },
  );

  it('to a stranger, as if there were no request; and so is a look at it', async () => {
    await expect(leave(STRANGER_ID)).rejects.toEqual(refused('NOT_FOUND'));
    await expect(leave(request.requesterId, { requestId: randomUUID() })).rejects.toEqual(
      refused('NOT_FOUND'),
    );
    await expect(mine(STRANGER_ID)).rejects.toEqual(refused('NOT_FOUND'));
    expect(journey.publications).toEqual([]);
  });

  it.each([
    ['no star', { rating: 0 }],
    ['six stars', { rating: 6 }],
    ['half a star', { rating: 2.5 }],
    ['a comment of 1001 characters', { comment: 'x'.repeat(1001) }],
  ])('with %s', async (_what, args) => {
    await expect(leave(request.requesterId, args)).rejects.toEqual(refused('INVALID_INPUT'));
    expect(journey.publications).toEqual([]);
  });
});

describe('both parties at the same moment', () => {
  it('publish both reviews, each counted once, however often it is tried', async () => {
    for (let round = 0; round < 30; round += 1) {
      request = await requestIn('PAID');
      const { requesterId, providerId } = request;
      await Promise.all([
        leave(requesterId, { rating: 4 }),
        leave(providerId, { rating: 2 }),
        leave(requesterId, { rating: 4 }),
      ]);
      expect(await published()).toEqual(['PROVIDER', 'REQUESTER']);
      expect(await told()).toEqual([requesterId, providerId].sort());
      expect(await ratingsOf(providerId)).toEqual([4, 1]);
      expect(await ratingsOf(requesterId)).toEqual([2, 1]);
    }
  }, 120_000);

  it('and the clock publish both reviews, each counted once', async () => {
    for (let round = 0; round < 15; round += 1) {
      journey.now = NOW;
      request = await requestIn('PAID');
      const { id, requesterId, providerId } = request;
      await leave(requesterId, { rating: 4 });
      journey.now = EXPIRY;
      await Promise.all([
        journey.publishReviews(id),
        leave(providerId, { rating: 2 }),
        journey.publishReviews(id),
      ]);
      expect(await published()).toEqual(['PROVIDER', 'REQUESTER']);
      expect(await ratingsOf(providerId)).toEqual([4, 1]);
      expect(await ratingsOf(requesterId)).toEqual([2, 1]);
    }
  }, 120_000);

  it('never are both sealed, not even if one read the other too early', async () => {
    let blind = true;
    const dynamo = intercept(database.dynamo, 'TransactWriteCommand', async (send) => {
      if (blind) await leave(request.providerId, { rating: 2 }); // between reading and writing
      blind = false;
      return send();
    });
    const slow = new RequestJourney({ ...database, dynamo }, NOW);
    expect(await leave(request.requesterId, { rating: 4 }, slow)).toMatchObject({ published: true });
    expect(await published()).toEqual(['PROVIDER', 'REQUESTER']);
  });
});

describe('whoever is killed', () => {
  class Killed extends Error {
    override readonly name = 'Killed';
  }

  /** A journey whose process dies at a write, counted from 0: before it is sent, or after it is done. */
  function dyingAt(death: { readonly write: number; readonly when: 'before' | 'after' }): RequestJourney {
    let write = -1;
    const dynamo = intercept(database.dynamo, 'TransactWriteCommand', async (send) => {
      write += 1;
      if (write !== death.write) return send();
      if (death.when === 'after') await send();
      throw new Killed();
    });
    return new RequestJourney({ ...database, dynamo }, journey.now);
  }

  const STEPS = {
    'a first review': (by: RequestJourney) => leave(request.requesterId, { rating: 4 }, by),
    'a second review': (by: RequestJourney) => leave(request.providerId, { rating: 2 }, by),
    'the publication': (by: RequestJourney) => by.publishReviews(request.id),
  } as const;
  type Step = keyof typeof STEPS;
  const WAYS: Readonly<Record<string, readonly Step[]>> = {
    'before its seal expires': ['a first review', 'a second review', 'the publication'],
    'after its seal expired': ['a first review', 'the publication', 'a second review'],
  };
  const deaths = Object.entries(WAYS).flatMap(([way, steps]) =>
    steps
      .filter((step, index) => !(step === 'the publication' && index === 2)) // it writes nothing then
      .flatMap((step) => (['before', 'after'] as const).map((when) => ({ way, steps, step, when }))),
  );

  it.each(deaths)(
    '$when the write of $step, the second one $way, has all written once in the end',
    async (death) => {
      for (const step of death.steps) {
        if (step === 'the publication') journey.now = EXPIRY;
        if (step === death.step)
          await expect(STEPS[step](dyingAt({ write: 0, when: death.when }))).rejects.toBeInstanceOf(Killed);
        await STEPS[step](journey); // given again by the member, or begun again by the workflow
      }
      expect(await published()).toEqual(['PROVIDER', 'REQUESTER']);
      expect(await told()).toEqual([request.requesterId, request.providerId].sort());
      expect(await ratingsOf(request.providerId)).toEqual([4, 1]);
      expect(await ratingsOf(request.requesterId)).toEqual([2, 1]);
    },
  );

  it('is killed at no second write: each step is one transaction', async () => {
    for (const steps of Object.values(WAYS)) {
      journey.now = NOW;
      request = await requestIn('PAID');
      for (const step of steps) {
        if (step === 'the publication') journey.now = EXPIRY;
        await STEPS[step](dyingAt({ write: 1, when: 'before' }));
      }
    }
  });

  it('between execution and row leaves an execution that publishes nothing; another one is started that day or later', async () => {
    const dying = dyingAt({ write: 0, when: 'before' });
    await expect(leave(request.requesterId, {}, dying)).rejects.toBeInstanceOf(Killed);
    expect(dying.publications).toEqual([`${request.id}-2026-11-24`]);
    journey.now = EXPIRY;
    expect(await journey.publishReviews(request.id)).toEqual({ waitSeconds: 0 }); // it has ended now

    await leave(request.requesterId);

    expect(journey.publications).toEqual([`${request.id}-2026-12-01`]);
    expect(await journey.publishReviews(request.id)).toEqual({ waitSeconds: SEALED_FOR });
  });

  it('after the publication and before its hint has the step run again, which tells', async () => {
    await leave(request.requesterId);
    journey.now = EXPIRY;
    const dying = dyingAt({ write: 0, when: 'after' });
    await expect(dying.publishReviews(request.id)).rejects.toBeInstanceOf(Killed);
    expect(dying.hints).toEqual([]);
    await journey.publishReviews(request.id);
    expect(journey.hints[0]).toMatchObject({ DetailType: 'Review Published' });
  });
});

describe('a publication of a request that does not exist', () => {
  it('is a broken rule, which nobody retries', async () => {
    await expect(journey.publishReviews(randomUUID())).rejects.toMatchObject({ name: 'BrokenRule' });
  });
});
