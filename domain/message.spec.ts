import { describe, expect, it } from 'vitest';

import { after } from './instant.ts';
import { NOTIFIED_EVERY, isRepeat, message, messageNotification } from './message.ts';
import { NOW, PROVIDER_ID, REQUESTER_ID, REQUEST_ID, STRANGER_ID, sampleRequest } from './samples.ts';

const request = sampleRequest({ status: 'CANCELLED', revision: 5 });
const draft = { id: 'message-1', text: 'On Sunday?' };
const posted = message(request, REQUESTER_ID, draft, NOW);

describe('a message', () => {
  it('is of one party, and names both, who alone may read it', () => {
    expect(message(request, PROVIDER_ID, draft, NOW)).toEqual({
      id: 'message-1',
      requestId: REQUEST_ID,
      requesterId: REQUESTER_ID,
      providerId: PROVIDER_ID,
      authorId: PROVIDER_ID,
      text: 'On Sunday?',
      createdAt: NOW,
      updatedAt: NOW,
    });
  });

  it('of a stranger is refused, as if there were no request', () => {
    expect(() => message(request, STRANGER_ID, draft, NOW)).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    );
  });

  it('is the same again whenever it comes, and another one with anything else', () => {
    expect(isRepeat(posted, message(request, REQUESTER_ID, draft, after(NOW, 60)))).toBe(true);
    for (const other of [
      { ...posted, id: 'message-2' },
      { ...posted, requestId: 'another' },
      { ...posted, authorId: PROVIDER_ID },
      { ...posted, text: 'On Monday?' },
    ])
      expect(isRepeat(posted, other)).toBe(false);
  });
});

describe('a notification of a message', () => {
  it('goes to the other party', () => {
    expect(messageNotification(request, posted)).toMatchObject({
      userId: PROVIDER_ID,
      kind: 'MESSAGE_RECEIVED',
      requestId: REQUEST_ID,
      parameters: { title: 'Guitar lessons', otherId: REQUESTER_ID },
      createdAt: NOW,
    });
    expect(messageNotification(request, message(request, PROVIDER_ID, draft, NOW)).userId).toBe(REQUESTER_ID);
  });

  it('is one row in a quarter of an hour, for each party, whatever becomes of the request meanwhile', () => {
    const idAt = (seconds: number, author = REQUESTER_ID, revision = 5) =>
      messageNotification(
        { ...request, revision },
        message(request, author, { ...draft, id: `message-${seconds}` }, after(NOW, seconds)),
      ).id;

    expect(idAt(NOTIFIED_EVERY - 1, REQUESTER_ID, 6)).toBe(idAt(0));
    expect(idAt(NOTIFIED_EVERY)).not.toBe(idAt(0));
    expect(idAt(0, PROVIDER_ID)).not.toBe(idAt(0));
    expect(NOTIFIED_EVERY).toBe(900);
  });

  it('is of no message that a stranger wrote', () => {
    expect(() => messageNotification(request, { ...posted, authorId: STRANGER_ID })).toThrow('of no party');
  });
});
