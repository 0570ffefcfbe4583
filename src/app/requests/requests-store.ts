import { Service, computed, inject, signal } from '@angular/core';
import type { Party } from '../../../domain/life-cycle';
import type { Page } from '../shared/api/page';
import { PagedList } from '../shared/api/paged-list';
import { RequestClient } from '../shared/api/request-client';
import type { ServiceRequest } from '../shared/api/service-request';
import { SessionStore } from '../shared/session/session-store';
import { byUrgency, viewOf } from './request-view';

/** Whose requests: both, what one asked for, what one was asked for. */
export type Side = 'all' | 'asked' | 'asked-of-me';

const PARTIES: Readonly<Record<Side, readonly Party[]>> = {
  all: ['REQUESTER', 'PROVIDER'],
  asked: ['REQUESTER'],
  'asked-of-me': ['PROVIDER'],
};

/** Where the next page begins in each of the two indexes that a list is merged from. */
type Tokens = Partial<Record<Party, string>>;

/** A member's requests: all that run, and page by page those that have ended. */
@Service({ autoProvided: false })
export class RequestsStore {
  readonly #client = inject(RequestClient);
  readonly #session = inject(SessionStore);
  readonly #side = signal<Side>('all');
  readonly #open = signal<readonly ServiceRequest[] | undefined>(undefined);
  readonly #error = signal<unknown>(undefined);
  #turn = 0;

  readonly ended = new PagedList<ServiceRequest>((next) => this.#endedPage(next));
  readonly error = computed(
    () => this.#error() ?? (this.ended.state() === 'failed' ? this.ended.error() : undefined),
  );
  readonly ready = computed(() => this.#open() !== undefined && this.ended.state() === 'ready');

  readonly #openViews = computed(() =>
    (this.#open() ?? []).map((request) => viewOf(request, this.#session.member()?.id)).sort(byUrgency),
  );
  readonly needsMe = computed(() => this.#openViews().filter((view) => view.needsMe));
  readonly underWay = computed(() => this.#openViews().filter((view) => !view.needsMe));
  readonly endedViews = computed(() =>
    this.ended
      .items()
      .map((request) => viewOf(request, this.#session.member()?.id))
      .sort(byUrgency),
  );
  readonly isEmpty = computed(
    () => this.ready() && this.#openViews().length === 0 && this.ended.items().length === 0,
  );

  /** Shows another side. */
  async show(side: Side): Promise<void> {
    this.#side.set(side);
    this.#open.set(undefined);
    await Promise.all([this.#readOpen(), this.ended.restart()]);
  }

  async reload(): Promise<void> {
    await Promise.all([this.#readOpen(), this.ended.reload()]);
  }

  async #readOpen(): Promise<void> {
    const memberId = this.#session.member()?.id;
    if (memberId === undefined) return;
    const turn = ++this.#turn;
    try {
      const sides = await Promise.all(
        PARTIES[this.#side()].map((party) => this.#client.open(party, memberId)),
      );
      if (turn !== this.#turn) return;
      this.#open.set(sides.flat());
      this.#error.set(undefined);
    } catch (error) {
      if (turn === this.#turn) this.#error.set(error);
    }
  }

  async #endedPage(next: string | undefined): Promise<Page<ServiceRequest>> {
    const memberId = this.#session.member()?.id;
    if (memberId === undefined) return { items: [], next: undefined };
    const tokens = next === undefined ? undefined : (JSON.parse(next) as Tokens); // written below
    const parties = PARTIES[this.#side()].filter(
      (party) => tokens === undefined || tokens[party] !== undefined,
    );
    const pages = await Promise.all(
      parties.map(async (party) => ({
        party,
        page: await this.#client.ended(party, memberId, tokens?.[party]),
      })),
    );
    const more: Tokens = Object.fromEntries(
      pages.flatMap(({ party, page }) => (page.next === undefined ? [] : [[party, page.next]])),
    );
    return {
      items: pages.flatMap(({ page }) => page.items),
      next: Object.keys(more).length > 0 ? JSON.stringify(more) : undefined,
    };
  }
}
