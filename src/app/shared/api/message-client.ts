import { Service, inject } from '@angular/core';
import { ServerClock } from '../time/server-clock';
import { GraphClient } from './graph-client';
import type { Page } from './page';

/** What one party of a request said to the other. */
export interface Message {
  readonly id: string;
  readonly authorId: string;
  readonly text: string;
  readonly at: string;
}

export interface NewMessage {
  /** A UUID made by the caller: repeating a message with it is harmless. */
  readonly messageId: string;
  readonly requestId: string;
  readonly text: string;
}

const PAGE_SIZE = 30;

@Service()
export class MessageClient {
  readonly #graph = inject(GraphClient);
  readonly #clock = inject(ServerClock);

  /** The messages of a request, newest first. @throws ApiError */
  async list(requestId: string, next?: string): Promise<Page<Message>> {
    const page = await this.#graph.page((client) =>
      client.models.Message.messagesByRequest(
        { requestId },
        {
          limit: PAGE_SIZE,
          nextToken: next ?? null,
          sortDirection: 'DESC',
          selectionSet: ['id', 'authorId', 'text', 'createdAt'],
        },
      ),
    );
    return {
      ...page,
      items: page.items.map(({ id, authorId, text, createdAt }) => ({ id, authorId, text, at: createdAt })),
    };
  }

  /** @throws ApiError with the refusal's code */
  async post(message: NewMessage): Promise<Message> {
    const { id, authorId, text, createdAt, now } = await this.#graph.runFor((client) =>
      client.mutations.postMessage(message),
    );
    this.#clock.learn(now);
    return { id, authorId, text, at: createdAt };
  }
}
