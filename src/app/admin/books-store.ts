import { Service, computed, effect, inject, signal } from '@angular/core';
import { BooksClient } from '../shared/api/books-client';
import type { BooksReport } from '../shared/api/books-client';
import { PagedList } from '../shared/api/paged-list';
import { reloadOn } from '../shared/api/reload-on';
import { ServerClock } from '../shared/time/server-clock';

/** While the books are being checked, how far it is. */
const WATCH_MS = 2_000;
/** A check that takes longer than this has come to grief: it must not keep anybody from another. */
const LONGEST_MS = 15 * 60_000;

/** Every check of the books, kept up to date while they are looked at. */
@Service({ autoProvided: false })
export class BooksStore {
  readonly #client = inject(BooksClient);
  readonly #clock = inject(ServerClock);
  readonly #asking = signal(false);
  /** The report of the check that was asked for here. */
  readonly #awaited = signal<string | undefined>(undefined);

  readonly reports = new PagedList<BooksReport>((next) => this.#client.reports(next));
  /** The newest check that has come to an end. */
  readonly latest = computed(() => this.reports.items().find(({ status }) => status !== 'RUNNING'));
  readonly earlier = computed(() =>
    this.reports.items().filter(({ id, status }) => status !== 'RUNNING' && id !== this.latest()?.id),
  );
  /** The check that is under way. */
  readonly running = computed(() =>
    this.reports
      .items()
      .find(
        ({ status, startedAt }) =>
          status === 'RUNNING' && this.#clock.now() - Date.parse(startedAt) < LONGEST_MS,
      ),
  );
  readonly checking = computed(() => {
    const awaited = this.#awaited();
    const notYetThere = awaited !== undefined && !this.reports.items().some(({ id }) => id === awaited);
    return this.#asking() || notYetThere || this.running() !== undefined;
  });

  constructor() {
    void this.reports.reload();
    // An admin's hints name no report: any of them may be about one.
    reloadOn(
      ({ kind }) => kind === 'NOTIFICATION',
      () => void this.reports.reload(),
    );
    effect((onCleanup) => {
      if (!this.checking()) return;
      const watch = setInterval(() => void this.reports.reload(), WATCH_MS);
      onCleanup(() => {
        clearInterval(watch);
      });
    });
  }

  /** Checks the books now. @throws ApiError */
  async check(): Promise<void> {
    this.#asking.set(true);
    try {
      this.#awaited.set(await this.#client.check());
      await this.reports.reload();
    } finally {
      this.#asking.set(false);
    }
  }
}
