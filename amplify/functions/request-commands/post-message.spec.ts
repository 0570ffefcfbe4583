import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RequestJourney } from '../../../dev/request-journey.ts';
import { intercept, startScratchDatabase, type ScratchDatabase } from '../../../dev/scratch-database.ts';
import { MINUTE, after } from '../../../domain/instant.ts';
import type { MessageRecord } from '../../../domain/message.ts';
import type { NotificationRecord } from '../../../domain/notifications.ts';
import type { RefusalCode } from '../../../domain/refusal.ts';
import type { RequestRecord } from '../../../domain/request.ts';
import { NOW, STRANGER_ID } from '../../../domain/samples.ts';

let database: ScratchDatabase;
let journey: RequestJourney;
let request: RequestRecord;

beforeAll(async () => {
  database = await startScratchDatabase();
});
afterAll(() => database.stop());
beforeEach(async () => {
  journey = new RequestJourney(database, NOW);
  request = await journey.submitted();
});

const refused = (code: RefusalCode) => expect.objectContaining({ name: 'Refusal', code }) as unknown;

const post = (userId: string, args: object = {}, by = journey) =>
  by.command('postMessage', userId, { requestId: request.id, text: 'On Sunday?', ...args });

async function conversation(): Promise<readonly MessageRecord[]> {
  const rows = await database.rows<MessageRecord>('message');
  return rows.filter(({ requestId }) => requestId === request.id);
}

async function notified(): Promise<readonly string[]> {
  const rows = await database.rows<NotificationRecord>('notification');
  return rows
    .filter(({ requestId, kind }) => requestId === request.id && kind === 'MESSAGE_RECEIVED')
    .map(({ userId }) => userId);
}

/** The database, where every reply to a transaction is lost once: whether it went through is not known. */
function losingReplies() {
  let lost = false;
  return intercept(database.dynamo, 'TransactWriteCommand', async (send) => {
    const reply = await send();
    if (lost) return reply;
    lost = true;
    throw Object.assign(new Error('lost'), { name: 'TimeoutError' });
  });
}

describe('a message', () => {
  it('is answered as it stands, and names both parties', async () => {
    const messageId = randomUUID();
    expect(await post(request.providerId, { messageId, text: ' Gladly. ' })).toEqual({
      id: messageId,
      requestId: request.id,
      authorId: request.providerId,
      text: 'Gladly.',
      createdAt: NOW,
      now: NOW,
    });
    expect(await conversation()).toEqual([
      {
        __typename: 'Message',
        id: messageId,
        requestId: request.id,
        requesterId: request.requesterId,
        providerId: request.providerId,
        authorId: request.providerId,
        text: 'Gladly.',
        createdAt: NOW,
        updatedAt: NOW,
      },
    ]);
  });

  it('tells both parties that there is one, and not what it says', async () => {
    journey.hints.length = 0;
    await post(request.requesterId);
    expect(journey.hints).toEqual([
      {
        Source: 'hourbank.service-requests',
        DetailType: 'Message Posted',
        Detail: {
          eventId: (await conversation())[0]?.id,
          kind: 'MESSAGE',
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

  it.each(['submitted', 'awaiting', 'inProgress', 'completed', 'paid'] as const)(
    'can be written about a request that is %s',
    async (stage) => {
      request = await journey[stage]();
      await post(request.requesterId);
      await post(request.providerId);
      expect(await conversation()).toHaveLength(2);
    },
  );

  it('of a stranger, or about a request that does not exist, is refused', async () => {
    await expect(post(STRANGER_ID)).rejects.toEqual(refused('NOT_FOUND'));
    await expect(post(request.requesterId, { requestId: randomUUID() })).rejects.toEqual(
      refused('NOT_FOUND'),
    );
    expect(await conversation()).toEqual([]);
  });

  it.each([
    ['no text', { text: '' }],
    ['nothing but spaces', { text: '   ' }],
    ['2001 characters', { text: 'x'.repeat(2001) }],
    ['a text that is none', { text: 7 }],
    ['an id that is no UUID', { messageId: 'mine' }],
  ])('is refused with %s', async (_what, args) => {
    await expect(post(request.requesterId, args)).rejects.toEqual(refused('INVALID_INPUT'));
    expect(await conversation()).toEqual([]);
  });
});

describe('a message that is posted again', () => {
  it('is the first one, whenever it comes', async () => {
    const messageId = randomUUID();
    const first = await post(request.requesterId, { messageId });
    journey.now = after(NOW, 20 * MINUTE);
    expect(await post(request.requesterId, { messageId })).toEqual({
      ...(first as object),
      now: journey.now,
    });
    expect(await conversation()).toHaveLength(1);
    expect(await notified()).toHaveLength(1);
  });

  it('at the same moment is one', async () => {
    const messageId = randomUUID();
    await Promise.all(Array.from({ length: 5 }, () => post(request.requesterId, { messageId })));
    expect(await conversation()).toHaveLength(1);
  });

  it('with the id of another one is refused', async () => {
    const messageId = randomUUID();
    await post(request.requesterId, { messageId });
    await expect(post(request.requesterId, { messageId, text: 'On Monday?' })).rejects.toEqual(
      refused('DUPLICATE_REQUEST'),
    );
    await expect(post(request.providerId, { messageId })).rejects.toEqual(refused('DUPLICATE_REQUEST'));
    const other = await journey.submitted();
    await expect(post(other.requesterId, { messageId, requestId: other.id })).rejects.toEqual(
      refused('DUPLICATE_REQUEST'),
    );
    expect(await conversation()).toMatchObject([{ text: 'On Sunday?' }]);
  });

  it('because its reply was lost is the first one, though it was given no id', async () => {
    const unlucky = new RequestJourney({ ...database, dynamo: losingReplies() }, NOW);
    const answer = await post(request.requesterId, {}, unlucky);
    expect(await conversation()).toMatchObject([{ id: (answer as { id: string }).id }]);
  });
});

describe('the other party', () => {
  it('is notified once in a quarter of an hour', async () => {
    await post(request.requesterId);
    await post(request.requesterId, { text: 'Or on Monday?' });
    expect(await notified()).toEqual([request.providerId]);

    journey.now = after(NOW, 15 * MINUTE);
    await post(request.requesterId, { text: 'Hello?' });
    expect(await notified()).toEqual([request.providerId, request.providerId]);
    expect(await conversation()).toHaveLength(3);
  });

  it('is notified by an answer, whoever was notified before', async () => {
    await post(request.requesterId);
    await post(request.providerId);
    expect([...(await notified())].sort()).toEqual([request.requesterId, request.providerId].sort());
  });

  it('is notified once by many messages at the same moment, and none of them is lost', async () => {
    const texts = Array.from({ length: 12 }, (_, index) => `Message ${index}`);
    await Promise.all(texts.map((text) => post(request.requesterId, { text })));
    expect((await conversation()).map(({ text }) => text).sort()).toEqual([...texts].sort());
    expect(await notified()).toEqual([request.providerId]);
  });

  it('is notified with the message or not at all', async () => {
    const dynamo = intercept(database.dynamo, 'TransactWriteCommand', () =>
      Promise.reject(new Error('killed')),
    );
    await expect(
      post(request.requesterId, {}, new RequestJourney({ ...database, dynamo }, NOW)),
    ).rejects.toThrow('killed');
    expect([await conversation(), await notified()]).toEqual([[], []]);
  });
});
