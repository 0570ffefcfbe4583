import { MINUTE, type Instant } from './instant.ts';
import { notification, otherParty, type NotificationRecord } from './notifications.ts';
import { Refusal } from './refusal.ts';
import { partyOf, type RequestRecord } from './request.ts';

export const MAX_MESSAGE = 2000;

/** A member is notified of a conversation once in so many seconds, however much is said: the page itself is live. */
export const NOTIFIED_EVERY = 15 * MINUTE;

/** A row of the model Message: what one party of a request says to the other. */
export interface MessageRecord {
  readonly id: string;
  readonly requestId: string;
  readonly requesterId: string;
  readonly providerId: string;
  readonly authorId: string;
  readonly text: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** A message of one party to the other, whatever the request's status. Throws `Refusal` NOT_FOUND to a stranger. */
export function message(
  request: RequestRecord,
  memberId: string,
  { id, text }: Pick<MessageRecord, 'id' | 'text'>,
  now: Instant,
): MessageRecord {
  if (!partyOf(request, memberId)) throw new Refusal('NOT_FOUND');
  return {
    id,
    requestId: request.id,
    requesterId: request.requesterId,
    providerId: request.providerId,
    authorId: memberId,
    text,
    createdAt: now,
    updatedAt: now,
  };
}

/** Whether one message is the other, posted again. */
export const isRepeat = (one: MessageRecord, other: MessageRecord): boolean =>
  one.id === other.id &&
  one.requestId === other.requestId &&
  one.authorId === other.authorId &&
  one.text === other.text;

/** What tells the other party of a message; of all messages in one quarter of an hour it is the same row. */
export function messageNotification(request: RequestRecord, posted: MessageRecord): NotificationRecord {
  const author = partyOf(request, posted.authorId);
  if (!author) throw new Error(`Message ${posted.id} is of no party of request ${request.id}`);
  const row = notification(request, otherParty(author), 'MESSAGE_RECEIVED', posted.createdAt);
  const quarter = Math.floor(Date.parse(posted.createdAt) / 1000 / NOTIFIED_EVERY);
  return { ...row, id: `${request.id}#message-${quarter}#${row.userId}` };
}
