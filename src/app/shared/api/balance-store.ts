import { Service, inject, signal } from '@angular/core';
import { SessionStore } from '../session/session-store';
import { BalanceClient } from './balance-client';
import type { Balance } from './balance-client';
import { reloadOn } from './reload-on';

/** The signed-in member's hours, shown on more than one screen at once. */
@Service()
export class BalanceStore {
  readonly #client = inject(BalanceClient);
  readonly #session = inject(SessionStore);
  readonly #balance = signal<Balance | undefined>(undefined);
  readonly #error = signal<unknown>(undefined);
  #turn = 0;

  readonly balance = this.#balance.asReadonly();
  readonly error = this.#error.asReadonly();

  constructor() {
    // A hint of a request covers its money too: they change in one transaction.
    reloadOn(
      ({ kind }) => kind === 'BALANCE' || kind === 'REQUEST',
      () => void this.reload(),
    );
  }

  async reload(): Promise<void> {
    const memberId = this.#session.member()?.id;
    const turn = ++this.#turn;
    if (memberId === undefined) {
      this.#balance.set(undefined);
      return;
    }
    try {
      const balance = await this.#client.get(memberId);
      if (turn !== this.#turn) return;
      this.#balance.set(balance);
      this.#error.set(undefined);
    } catch (error) {
      if (turn === this.#turn) this.#error.set(error);
    }
  }
}
