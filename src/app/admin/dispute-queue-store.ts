import { Service, computed, inject, signal } from '@angular/core';
import type { DisputeStatus } from '../../../domain/dispute';
import type { Dispute } from '../shared/api/dispute';
import { DisputeClient } from '../shared/api/dispute-client';
import { everyPage } from '../shared/api/page';
import type { Page } from '../shared/api/page';
import { PagedList } from '../shared/api/paged-list';

/** What the queue shows: what waits for a decision, or what ended in a status. */
export const QUEUES = ['WAITING', 'RESOLVED', 'SETTLED', 'DISMISSED', 'LAPSED'] as const;
export type Queue = (typeof QUEUES)[number];

const WAITING: readonly DisputeStatus[] = ['AWAITING_DECISION', 'OPEN'];

/** Disputes for admins: all that wait, the oldest first; those that are over page by page, the latest first. */
@Service({ autoProvided: false })
export class DisputeQueueStore {
  readonly #client = inject(DisputeClient);
  readonly #queue = signal<Queue>('WAITING');

  readonly disputes = new PagedList<Dispute>((next) => this.#page(next));
  readonly waits = computed(() => this.#queue() === 'WAITING');

  async show(queue: Queue): Promise<void> {
    this.#queue.set(queue);
    await this.disputes.restart();
  }

  async #page(next: string | undefined): Promise<Page<Dispute>> {
    const queue = this.#queue();
    if (queue !== 'WAITING') return await this.#client.inStatus(queue, 'LATEST', next);
    const waiting = await Promise.all(
      WAITING.map((status) => everyPage((from) => this.#client.inStatus(status, 'OLDEST', from))),
    );
    const items = waiting.flat().sort((one, other) => one.createdAt.localeCompare(other.createdAt));
    return { items, next: undefined };
  }
}
