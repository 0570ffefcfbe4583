import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

import { isRepeat, type MessageRecord } from '../../../domain/message.ts';
import type { NotificationRecord } from '../../../domain/notifications.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { readRow } from './dynamo.ts';
import { putOnce } from './request-change.ts';
import type { Backoff } from './retry.ts';
import { MODEL, type Tables } from './tables.ts';
import { settle, transact } from './transaction.ts';

/** Writes messages; they are never updated, never deleted. */
export interface MessageWriter {
  /**
   * Writes a message, together with the notification of the other party unless that one was written before; or finds
   * that the same message was. Throws `Refusal` DUPLICATE_REQUEST where the id belongs to another message.
   */
  post(message: MessageRecord, notification: NotificationRecord): Promise<MessageRecord>;
}

export interface MessageEdges {
  readonly dynamo: DynamoDBDocumentClient;
  readonly tables: Pick<Tables, 'message' | 'notification'>;
  readonly backoff?: Backoff;
}

export const createMessageWriter = ({ dynamo, tables, backoff }: MessageEdges): MessageWriter => ({
  post: (message, notification) =>
    settle(async () => {
      const earlier = await readRow(dynamo, tables.message, { id: message.id });
      if (earlier) return repeated(earlier as unknown as MessageRecord, message); // written here alone
      // Read, and left out if it is there: its condition fails only where somebody writes it at this moment, and then
      // all of this is done again.
      const told = await readRow(dynamo, tables.notification, { id: notification.id });
      await transact(dynamo, [
        putOnce(tables.message, { __typename: MODEL.message, ...message }),
        ...(told ? [] : [putOnce(tables.notification, { __typename: MODEL.notification, ...notification })]),
      ]);
      return message;
    }, backoff),
});

function repeated(earlier: MessageRecord, message: MessageRecord): MessageRecord {
  if (isRepeat(earlier, message)) return earlier;
  throw new Refusal('DUPLICATE_REQUEST');
}
