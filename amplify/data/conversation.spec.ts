import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startScratchApi, type Asker, type ScratchApi } from '../../dev/scratch-api.ts';
import { DAY, after } from '../../domain/instant.ts';
import { message, messageNotification } from '../../domain/message.ts';
import { SEALED_FOR, review } from '../../domain/review.ts';
import {
  NOW,
  PROVIDER_ID,
  REQUESTER_ID,
  REQUEST_ID,
  STRANGER_ID,
  sampleRequest,
} from '../../domain/samples.ts';
import { createMessageWriter } from '../functions/shared/message-writer.ts';
import { createReviewWriter } from '../functions/shared/review-writer.ts';

const ASKERS: Readonly<Record<string, Asker>> = {
  requester: { sub: REQUESTER_ID },
  provider: { sub: PROVIDER_ID },
  stranger: { sub: STRANGER_ID },
  admin: { sub: 'admin-1', groups: ['admin'] },
};

const request = sampleRequest({ status: 'PAID', revision: 8 });

let api: ScratchApi;

beforeAll(async () => {
  api = await startScratchApi();
});
afterAll(() => api.stop());

/** Who gets to see something by one of these queries. */
async function readersOf(secret: string, ...queries: readonly string[]): Promise<readonly string[]> {
  const readers: string[] = [];
  for (const [name, asker] of Object.entries(ASKERS)) {
    const answers = await Promise.all(queries.map((query) => api.ask(asker, query)));
    for (const { errors = [] } of answers)
      expect(errors.filter(({ errorType }) => errorType !== 'Unauthorized')).toEqual([]); // the query itself is right
    if (JSON.stringify(answers).includes(secret)) readers.push(name);
  }
  return readers;
}

describe('a message', () => {
  it('is read by the two parties and by admins, by whatever way, and by no stranger', async () => {
    const messages = createMessageWriter({
      dynamo: api.dynamo,
      tables: { message: api.tableOf('Message'), notification: api.tableOf('Notification') },
    });
    const posted = message(
      request,
      REQUESTER_ID,
      { id: 'message-1', text: 'The key is under the pot.' },
      NOW,
    );
    await messages.post(posted, messageNotification(request, posted));

    for (const query of [
      '{ getMessage(id: "message-1") { text } }',
      '{ listMessages { items { text } } }',
      `{ messagesByRequest(requestId: "${REQUEST_ID}") { items { text } } }`,
    ])
      expect(await readersOf(posted.text, query)).toEqual(['requester', 'provider', 'admin']);
  });
});

describe('a review', () => {
  const sealed = review(request, REQUESTER_ID, { rating: 2, comment: 'Hardly ever on time.' }, NOW);
  const QUERIES = [
    `{ getReview(id: "${sealed.id}") { rating comment } }`,
    '{ listReviews { items { rating comment } } }',
    `{ reviewsByRequest(requestId: "${REQUEST_ID}") { items { rating comment } } }`,
    `{ reviewsByService(serviceId: "${request.serviceId}") { items { rating comment } } }`,
    `{ reviewsBySubject(subjectId: "${PROVIDER_ID}") { items { rating comment } } }`,
    `{ getMemberStats(userId: "${PROVIDER_ID}") { ratingSum ratingCount } }`,
    `{ getServiceStats(serviceId: "${request.serviceId}") { ratingSum ratingCount } }`,
  ];
  const writer = () =>
    createReviewWriter({
      dynamo: api.dynamo,
      tables: {
        review: api.tableOf('Review'),
        sealedReview: api.tableOf('SealedReviews'),
        notification: api.tableOf('Notification'),
        memberStats: api.tableOf('MemberStats'),
        serviceStats: api.tableOf('ServiceStats'),
      },
    });

  it('that is sealed is read by nobody, nor is its rating counted', async () => {
    await writer().write(request, sealed, NOW, () => Promise.resolve());
    await writer().publish(request, after(NOW, DAY));

    expect(await readersOf('Hardly ever on time.', ...QUERIES)).toEqual([]);
    expect(await readersOf('ratingSum', ...QUERIES)).toEqual([]);
  });

  it('that is published is read by everybody, and counts', async () => {
    await writer().publish(request, after(NOW, SEALED_FOR));

    for (const query of QUERIES.slice(0, 5))
      expect(await readersOf('Hardly ever on time.', query)).toEqual(Object.keys(ASKERS));
    for (const query of QUERIES.slice(5))
      expect(await readersOf('"ratingSum":2,"ratingCount":1', query)).toEqual(Object.keys(ASKERS));
  });
});
