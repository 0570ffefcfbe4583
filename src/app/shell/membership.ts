import { DestroyRef, Service, effect, inject, signal } from '@angular/core';
import { BalanceStore } from '../shared/api/balance-store';
import { MemberClient } from '../shared/api/member-client';
import { NotificationStore } from '../shared/api/notification-store';
import { ProgressStore } from '../shared/api/progress-store';
import { SessionStore } from '../shared/session/session-store';

/** What begins with a sign-in and ends with a sign-out: the member record, the live feed, balance and badge. */
@Service({ autoProvided: false })
export class Membership {
  readonly #session = inject(SessionStore);
  readonly #members = inject(MemberClient);
  readonly #progress = inject(ProgressStore);
  readonly #balance = inject(BalanceStore);
  readonly #notifications = inject(NotificationStore);
  readonly #displayName = signal<string | undefined>(undefined);

  readonly displayName = this.#displayName.asReadonly();

  constructor() {
    effect(() => {
      if (this.#session.isSignedIn()) void this.#begin();
      else this.#end();
    });
    inject(DestroyRef).onDestroy(() => {
      this.#end();
    });
  }

  async #begin(): Promise<void> {
    this.#progress.start();
    const shown = Promise.all([this.#balance.reload(), this.#notifications.reload()]);
    try {
      const { displayName } = await this.#members.ensure(this.#session.member()?.nickname);
      this.#displayName.set(displayName);
      await shown;
      if (this.#balance.balance() === undefined) await this.#balance.reload();
    } catch {
      // Each screen tells its own failure; whoever was not ensured now is at the next sign-in or visit.
      await shown;
    }
  }

  #end(): void {
    this.#progress.stop();
    this.#displayName.set(undefined);
    void this.#balance.reload();
    void this.#notifications.reload();
  }
}
