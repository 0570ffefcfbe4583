import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { mdiArrowBottomLeft, mdiLockOutline } from '@mdi/js';
import { BalanceStore } from '../shared/api/balance-store';
import { PagedList } from '../shared/api/paged-list';
import { reloadOn } from '../shared/api/reload-on';
import { EmptyState } from '../shared/feedback/empty-state';
import { LoadFailed } from '../shared/feedback/load-failed';
import { LoadMore } from '../shared/feedback/load-more';
import { Skeleton } from '../shared/feedback/skeleton';
import { HoursPipe } from '../shared/hours/hours-pipe';
import { Icon } from '../shared/icon/icon';
import { PageHeading } from '../shared/layout/page-heading';
import { AccountLog } from '../shared/ledger/account-log';
import { EntryList } from '../shared/ledger/entry-list';
import type { ShownEntry } from '../shared/ledger/shown-entry';
import { SessionStore } from '../shared/session/session-store';
import { MomentPipe } from '../shared/time/moment-pipe';
import { BooksLine } from './books-line';

/** A member's hours, and everything that ever moved them. */
@Component({
  selector: 'app-wallet-page',
  imports: [
    BooksLine,
    EmptyState,
    EntryList,
    HoursPipe,
    Icon,
    LoadFailed,
    LoadMore,
    MomentPipe,
    PageHeading,
    RouterLink,
    Skeleton,
  ],
  providers: [AccountLog],
  templateUrl: './wallet-page.html',
  styleUrl: './wallet-page.scss',
})
export class WalletPage {
  readonly #log = inject(AccountLog);
  readonly #session = inject(SessionStore);
  protected readonly balance = inject(BalanceStore);

  protected readonly icons = { in: mdiArrowBottomLeft, locked: mdiLockOutline };
  protected readonly entries = new PagedList<ShownEntry>((next) => this.#page(next));

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
    return await this.#log.page(memberId, next);
  }
}
