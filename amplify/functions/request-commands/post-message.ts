import { parseCommand } from '../../../domain/commands.ts';
import { message, messageNotification } from '../../../domain/message.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { messageHint, type Emit } from '../shared/events.ts';
import type { MessageWriter } from '../shared/message-writer.ts';
import type { Operation } from '../shared/refusals.ts';
import type { RequestWriter } from '../shared/request-writer.ts';

export interface MessageEdges {
  readonly requests: Pick<RequestWriter, 'request'>;
  readonly messages: MessageWriter;
  readonly tell: Emit;
  readonly newId: () => string;
}

/** One party writes to the other, in any status: also what has ended can be talked about. */
export const postMessage =
  ({ requests, messages, tell, newId }: MessageEdges): Operation =>
  async (args, { userId }, now) => {
    const { requestId, text, messageId = newId() } = parseCommand('postMessage', args);
    const request = await requests.request(requestId);
    if (!request) throw new Refusal('NOT_FOUND');
    const draft = message(request, userId, { id: messageId, text }, now);
    const posted = await messages.post(draft, messageNotification(request, draft));
    await tell(messageHint(posted, request, now));
    return {
      id: posted.id,
      requestId,
      authorId: posted.authorId,
      text: posted.text,
      createdAt: posted.createdAt,
      now,
    };
  };
