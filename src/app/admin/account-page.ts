import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import { mdiLockOutline } from '@mdi/js';
import type { Adjustment } from '../shared/api/account-client';
import { LoadFailed } from '../shared/feedback/load-failed';
import { LoadMore } from '../shared/feedback/load-more';
import { Say } from '../shared/feedback/say';
import { Skeleton } from '../shared/feedback/skeleton';
import { HoursPipe } from '../shared/hours/hours-pipe';
import { Icon } from '../shared/icon/icon';
import { Initials } from '../shared/layout/initials';
import { PageHeading } from '../shared/layout/page-heading';
import { PageTitle } from '../shared/layout/page-title';
import { AccountLog } from '../shared/ledger/account-log';
import { EntryList } from '../shared/ledger/entry-list';
import { MomentPipe } from '../shared/time/moment-pipe';
import { AccountStore } from './account-store';
import { ActionList } from './action-list';
import { adjustmentWords } from './action-words';
import { AdjustForm } from './adjust-form';
import { LockForm } from './lock-form';

/** The account of one member: its hours, everything that moved them, and what an admin may do about it. */
@Component({
  selector: 'app-account-page',
  imports: [
    ActionList,
    AdjustForm,
    EntryList,
    HoursPipe,
    Icon,
    Initials,
    LoadFailed,
    LoadMore,
    LockForm,
    MomentPipe,
    PageHeading,
    RouterLink,
    Skeleton,
  ],
  providers: [AccountLog, AccountStore],
  templateUrl: './account-page.html',
  styleUrl: './account-page.scss',
})
export class AccountPage {
  readonly #say = inject(Say);
  protected readonly store = inject(AccountStore);
  readonly memberId = input.required<string>();

  protected readonly icons = { locked: mdiLockOutline };
  readonly #account = computed(() =>
    this.store.account.hasValue() ? this.store.account.value() : undefined,
  );
  protected readonly member = computed(() => this.#account()?.member);
  protected readonly balance = computed(() => this.#account()?.balance);
  protected readonly adjusted = computed(() => {
    const action = this.store.lastAdjustment();
    return action && { ...action, words: adjustmentWords(action, this.member()?.displayName ?? '') };
  });

  constructor() {
    const title = inject(PageTitle);
    effect(() => {
      const memberId = this.memberId();
      untracked(() => void this.store.open(memberId));
    });
    effect(() => {
      title.name(this.member()?.displayName ?? $localize`:@@title.account:Account`);
    });
  }

  protected readonly adjust = (adjustment: Adjustment): Promise<void> => this.store.adjust(adjustment);

  protected readonly setLock = async (locked: boolean, reason: string): Promise<void> => {
    await this.store.setLock({ userId: this.memberId(), locked, reason });
    this.#say.done(
      locked
        ? $localize`:@@lock.done:Locked. The member is being told.`
        : $localize`:@@unlock.done:Open again. The member is being told.`,
    );
  };
}
