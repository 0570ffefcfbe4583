import { Service, computed, inject, signal } from '@angular/core';
import { isOffline } from '../shared/api/api-error';
import { MessageClient } from '../shared/api/message-client';
import type { Message } from '../shared/api/message-client';
import { PagedList } from '../shared/api/paged-list';
import { reloadOn } from '../shared/api/reload-on';
import { NewId } from '../shared/ids/new-id';
import { SessionStore } from '../shared/session/session-store';
import { ServerClock } from '../shared/time/server-clock';
import { errorWords } from '../shared/wording/error-words';

/** One message as it is shown: there, on its way, or not sent. */
export interface Line {
  readonly id: string;
  readonly text: string;
  readonly at: string;
  readonly mine: boolean;
  readonly state: 'sent' | 'sending' | 'failed';
  /** Why it was not sent, in words. */
  readonly failure?: string;
}

/** What the parties of a request say to each other, kept up to date while it is open. */
@Service({ autoProvided: false })
export class ConversationStore {
  readonly #client = inject(MessageClient);
  readonly #clock = inject(ServerClock);
  readonly #newId = inject(NewId);
  readonly #session = inject(SessionStore);
  /** The member's own messages until a reading shows them. */
  readonly #outbox = signal<readonly Line[]>([]);
  #requestId: string | undefined;
  /** One at a time, so that they arrive in the order in which they were written. */
  #deliveries: Promise<void> = Promise.resolve();

  /** Newest first; more of it is what was said before. */
  readonly received = new PagedList<Message>((next) => this.#page(next));
  /** Oldest first. */
  readonly lines = computed<readonly Line[]>(() => {
    const received = this.received.items();
    const ids = new Set(received.map(({ id }) => id));
    return [
      ...received.map((message) => this.#toLine(message)).reverse(),
      ...this.#outbox().filter(({ id }) => !ids.has(id)),
    ];
  });

  constructor() {
    reloadOn(
      ({ kind, requestId }) => kind === 'MESSAGE' && requestId === this.#requestId,
      () => void this.received.reload(),
    );
  }

  /** Shows the conversation of another request. */
  async open(requestId: string): Promise<void> {
    this.#requestId = requestId;
    this.#outbox.set([]);
    await this.received.restart();
  }

  /** Shows a message at once and sends it; what goes wrong is told beside it. */
  async send(text: string): Promise<void> {
    const line: Line = {
      id: this.#newId.uuid(),
      text,
      at: new Date(this.#clock.now()).toISOString(),
      mine: true,
      state: 'sending',
    };
    this.#outbox.update((lines) => [...lines, line]);
    await this.#deliver(line);
  }

  /** Sends a message again under its id: if only the answer was lost, it is still there once. */
  async retry(line: Line): Promise<void> {
    const { failure: _past, ...again } = line;
    this.#replace(line.id, { ...again, state: 'sending' });
    await this.#deliver(line);
  }

  /** Forgets a message that was not sent. */
  discard({ id }: Line): void {
    this.#outbox.update((lines) => lines.filter((line) => line.id !== id));
  }

  #deliver(line: Line): Promise<void> {
    const requestId = this.#requestId;
    if (requestId === undefined) return Promise.resolve();
    this.#deliveries = this.#deliveries.then(() => this.#post(requestId, line));
    return this.#deliveries;
  }

  async #post(requestId: string, { id, text }: Line): Promise<void> {
    try {
      this.#replace(id, this.#toLine(await this.#client.post({ messageId: id, requestId, text })));
      if (requestId === this.#requestId) await this.received.reload();
    } catch (error) {
      const failed = this.#outbox().find((line) => line.id === id);
      if (failed) this.#replace(id, { ...failed, state: 'failed', failure: failureWords(error) });
    }
  }

  #replace(id: string, by: Line): void {
    this.#outbox.update((lines) => lines.map((line) => (line.id === id ? by : line)));
  }

  #toLine({ id, authorId, text, at }: Message): Line {
    return { id, text, at, mine: authorId === this.#session.member()?.id, state: 'sent' };
  }

  async #page(next: string | undefined) {
    if (this.#requestId === undefined) return { items: [], next: undefined };
    return await this.#client.list(this.#requestId, next);
  }
}

/** Beside "Not sent." */
const failureWords = (error: unknown): string =>
  isOffline(error) ? $localize`:@@message.offline:You are offline.` : errorWords(error);
