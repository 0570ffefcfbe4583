import { Service, computed, effect, inject, resource, signal } from '@angular/core';
import { AccountClient } from '../shared/api/account-client';
import type { AdminAction, Adjustment, LockChange } from '../shared/api/account-client';
import { ApiError } from '../shared/api/api-error';
import { BalanceClient } from '../shared/api/balance-client';
import { MemberClient } from '../shared/api/member-client';
import { PagedList } from '../shared/api/paged-list';
import { reloadOn } from '../shared/api/reload-on';
import { AccountLog } from '../shared/ledger/account-log';
import type { ShownEntry } from '../shared/ledger/shown-entry';
import { SessionStore } from '../shared/session/session-store';

/** While an adjustment is on its way its end is looked for as well, should the hint of it be lost. */
const WATCH_MS = 2_000;

/** One member's account as admins see it, kept up to date while its page is open. */
@Service({ autoProvided: false })
export class AccountStore {
  readonly #client = inject(AccountClient);
  readonly #members = inject(MemberClient);
  readonly #balances = inject(BalanceClient);
  readonly #log = inject(AccountLog);
  readonly #session = inject(SessionStore);
  readonly #memberId = signal<string | undefined>(undefined);
  readonly #adjusted = signal<string | undefined>(undefined);

  readonly account = resource({
    params: () => this.#memberId(),
    loader: async ({ params }) => {
      const [member, balance] = await Promise.all([this.#members.get(params), this.#balances.get(params)]);
      return { member, balance };
    },
  });
  readonly actions = new PagedList<AdminAction>((next) =>
    this.#pageOf((userId) => this.#client.actions(userId, next)),
  );
  readonly entries = new PagedList<ShownEntry>((next) =>
    this.#pageOf((userId) => this.#log.page(userId, next)),
  );
  /** Admins decide nothing that concerns themselves. */
  readonly isOwn = computed(() => this.#memberId() === this.#session.member()?.id);
  /** What has become of the adjustment that was asked for here last. */
  readonly lastAdjustment = computed(() => {
    const id = this.#adjusted();
    return this.actions.items().find((action) => action.id === id);
  });

  constructor() {
    // An admin's hints name no account: any of them may be about this one.
    reloadOn(
      ({ kind }) => kind === 'NOTIFICATION',
      () => void this.reload(),
    );
    const onItsWay = computed(
      () =>
        this.actions.items().some(({ status }) => status === 'REQUESTED') ||
        (this.#adjusted() !== undefined && this.lastAdjustment() === undefined),
    );
    effect((onCleanup) => {
      if (!onItsWay()) return;
      const watch = setInterval(() => void this.reload(), WATCH_MS);
      onCleanup(() => {
        clearInterval(watch);
      });
    });
  }

  /** Shows another account. */
  async open(memberId: string): Promise<void> {
    this.#memberId.set(memberId);
    this.#adjusted.set(undefined);
    await Promise.all([this.actions.restart(), this.entries.restart()]);
  }

  async reload(): Promise<void> {
    this.account.reload();
    await Promise.all([this.actions.reload(), this.entries.reload()]);
  }

  /** @throws ApiError */
  async adjust(adjustment: Adjustment): Promise<void> {
    await this.#act(() => this.#client.adjust(adjustment));
    this.#adjusted.set(adjustment.adjustmentId);
  }

  /** @throws ApiError */
  async setLock(change: LockChange): Promise<void> {
    await this.#act(() => this.#client.setLock(change));
  }

  async #act(command: () => Promise<void>): Promise<void> {
    try {
      await command();
      void this.reload();
    } catch (error) {
      // Refused for what has happened meanwhile: show it.
      if (error instanceof ApiError && error.code !== 'OFFLINE') void this.reload();
      throw error;
    }
  }

  async #pageOf<T>(read: (userId: string) => Promise<T>): Promise<T | typeof NOTHING> {
    const userId = this.#memberId();
    return userId === undefined ? NOTHING : await read(userId);
  }
}

const NOTHING = { items: [], next: undefined } as const;
