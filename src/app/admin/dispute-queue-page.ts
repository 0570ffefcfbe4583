import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { MatChipsModule } from '@angular/material/chips';
import { Router } from '@angular/router';
import { mdiScaleBalance } from '@mdi/js';
import { reloadOn } from '../shared/api/reload-on';
import { EmptyState } from '../shared/feedback/empty-state';
import { LoadFailed } from '../shared/feedback/load-failed';
import { LoadMore } from '../shared/feedback/load-more';
import { Skeleton } from '../shared/feedback/skeleton';
import { PageHeading } from '../shared/layout/page-heading';
import { ServerClock } from '../shared/time/server-clock';
import { disputeStatusWords } from '../shared/wording/dispute-words';
import { latenessOf } from './dispute-age';
import { DisputeCard } from './dispute-card';
import { DisputeQueueStore, QUEUES } from './dispute-queue-store';
import type { Queue } from './dispute-queue-store';

/** The disputes that wait for a decision, the oldest first, and those that are over. Live. */
@Component({
  selector: 'app-dispute-queue-page',
  imports: [DisputeCard, EmptyState, LoadFailed, LoadMore, MatChipsModule, PageHeading, Skeleton],
  providers: [DisputeQueueStore],
  templateUrl: './dispute-queue-page.html',
  styleUrl: './dispute-queue-page.scss',
})
export class DisputeQueuePage {
  readonly #router = inject(Router);
  readonly #clock = inject(ServerClock);
  readonly #store = inject(DisputeQueueStore);
  /** Of the query: which disputes are shown. */
  readonly status = input<string>();

  protected readonly icons = { none: mdiScaleBalance };
  protected readonly disputes = this.#store.disputes;
  protected readonly waits = this.#store.waits;
  protected readonly chosen = computed(() => QUEUES.find((queue) => queue === this.status()) ?? 'WAITING');
  protected readonly queues = QUEUES.map((queue) => ({
    queue,
    words: queue === 'WAITING' ? $localize`:@@queue.waiting:Waiting` : disputeStatusWords(queue),
  }));
  protected readonly late = computed(
    () =>
      this.disputes.items().filter((dispute) => latenessOf(dispute, this.#clock.now()) === 'VERY_LATE')
        .length,
  );

  constructor() {
    effect(() => {
      const queue = this.chosen();
      untracked(() => void this.#store.show(queue));
    });
    // Admins are told of disputes by notifications; what they are party to themselves comes as requests.
    reloadOn(
      ({ kind }) => kind === 'NOTIFICATION' || kind === 'REQUEST',
      () => void this.disputes.reload(),
    );
  }

  /** @param queue nothing if the chosen chip was pressed again */
  protected async choose(queue: Queue | undefined): Promise<void> {
    await this.#router.navigate([], {
      queryParams: { status: queue === undefined || queue === 'WAITING' ? null : queue },
      queryParamsHandling: 'merge',
      replaceUrl: true,
    });
  }
}
