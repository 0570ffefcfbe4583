import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { mdiArrowBottomLeft, mdiArrowTopRight, mdiLockClock, mdiLockOpenOutline } from '@mdi/js';
import { BalanceClient } from '../shared/api/balance-client';
import { BalanceStore } from '../shared/api/balance-store';
import { PagedList } from '../shared/api/paged-list';
import { reloadOn } from '../shared/api/reload-on';
import { RequestClient } from '../shared/api/request-client';
import { EmptyState } from '../shared/feedback/empty-state';
import { LoadFailed } from '../shared/feedback/load-failed';
import { LoadMore } from '../shared/feedback/load-more';
import { Skeleton } from '../shared/feedback/skeleton';
import { HoursPipe } from '../shared/hours/hours-pipe';
import { Icon } from '../shared/icon/icon';
import { PageHeading } from '../shared/layout/page-heading';
import { SessionStore } from '../shared/session/session-store';
import { MomentPipe } from '../shared/time/moment-pipe';
import { toWalletEntry } from './wallet-entry';
import type { WalletEntry } from './wallet-entry';

/** A member's hours, and everything that ever moved them. */
@Component({
  selector: 'app-wallet-page',
  imports: [EmptyState, HoursPipe, Icon, LoadFailed, LoadMore, MomentPipe, PageHeading, RouterLink, Skeleton],
  templateUrl: './wallet-page.html',
  styleUrl: './wallet-page.scss',
})
export class WalletPage {
  readonly #client = inject(BalanceClient);
  readonly #requests = inject(RequestClient);
  readonly #session = inject(SessionStore);
  /** Titles of requests, each read once: several entries are for one request. */
  readonly #titles = new Map<string, Promise<string | undefined>>();
  protected readonly balance = inject(BalanceStore);

  protected readonly icons = {
    in: mdiArrowBottomLeft,
    out: mdiArrowTopRight,
    hold: mdiLockClock,
    back: mdiLockOpenOutline,
  };
  protected readonly entries = new PagedList<WalletEntry>((next) => this.#page(next));

  constructor() {
    void this.entries.reload();
    void this.balance.reload();
    reloadOn(
      ({ kind }) => kind === 'BALANCE' || kind === 'REQUEST',
      () => void this.entries.reload(),
    );
  }

  async #page(next: string | undefined) {
    const memberId = this.#session.member()?.id;
    if (memberId === undefined) return { items: [], next: undefined };
    const page = await this.#client.log(memberId, next);
    return {
      ...page,
      items: await Promise.all(
        page.items.map(async (entry) => toWalletEntry(entry, await this.#titleOf(entry.requestId))),
      ),
    };
  }

  /** The title of a request; nothing where it cannot be read, for a title alone must not fail a history. */
  #titleOf(requestId: string | undefined): Promise<string | undefined> {
    if (requestId === undefined) return Promise.resolve(undefined);
    const known = this.#titles.get(requestId);
    if (known) return known;
    const asked = this.#requests.get(requestId).then(
      (request) => request.serviceTitle,
      () => undefined,
    );
    this.#titles.set(requestId, asked);
    return asked;
  }
}
