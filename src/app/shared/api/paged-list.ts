import { computed, signal } from '@angular/core';
import type { Signal } from '@angular/core';
import type { Page } from './page';

/** What a list shows: still on its way, failed, or here (and then perhaps more of it). */
export type ListState = 'loading' | 'failed' | 'ready';

/**
 * A list that grows by pages. Reloading keeps what is shown until the new first pages are here, and keeps as many
 * items as were shown, so that nothing jumps under a reader.
 */
export class PagedList<T> {
  readonly #read: (next: string | undefined) => Promise<Page<T>>;
  readonly #pages = signal<readonly Page<T>[]>([]);
  readonly #state = signal<ListState>('loading');
  readonly #error = signal<unknown>(undefined);
  readonly #busy = signal(false);
  #turn = 0;

  readonly items: Signal<readonly T[]> = computed(() => this.#pages().flatMap((page) => page.items));
  readonly state = this.#state.asReadonly();
  /** Why the last read failed; with state `ready`, why more could not be read. */
  readonly error = this.#error.asReadonly();
  readonly hasMore = computed(() => this.#pages().at(-1)?.next !== undefined);
  readonly busy = this.#busy.asReadonly();

  constructor(read: (next: string | undefined) => Promise<Page<T>>) {
    this.#read = read;
  }

  /** Reads from the first page on, as many items as are shown. A newer call overtakes an older one. */
  async reload(): Promise<void> {
    const turn = ++this.#turn;
    const wanted = this.items().length;
    if (this.#pages().length === 0) this.#state.set('loading');
    await this.#attempt(turn, async () => {
      const pages = [await this.#read(undefined)];
      while (count(pages) < wanted && pages.at(-1)?.next !== undefined) {
        pages.push(await this.#read(pages.at(-1)?.next));
      }
      return pages;
    });
  }

  /** Shows nothing and reads anew: another search, another member. */
  async restart(): Promise<void> {
    this.#pages.set([]);
    await this.reload();
  }

  async loadMore(): Promise<void> {
    const next = this.#pages().at(-1)?.next;
    if (next === undefined || this.#busy()) return;
    const turn = ++this.#turn;
    const shown = this.#pages();
    await this.#attempt(turn, async () => [...shown, await this.#read(next)]);
  }

  async #attempt(turn: number, read: () => Promise<readonly Page<T>[]>): Promise<void> {
    this.#busy.set(true);
    try {
      const pages = await read();
      if (turn !== this.#turn) return;
      this.#pages.set(pages);
      this.#error.set(undefined);
      this.#state.set('ready');
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#error.set(error);
      if (this.#pages().length === 0) this.#state.set('failed');
    } finally {
      if (turn === this.#turn) this.#busy.set(false);
    }
  }
}

const count = (pages: readonly Page<unknown>[]): number =>
  pages.reduce((sum, page) => sum + page.items.length, 0);
