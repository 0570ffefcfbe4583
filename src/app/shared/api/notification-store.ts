import { Service, inject, signal } from '@angular/core';
import { SessionStore } from '../session/session-store';
import { MemberClient } from './member-client';
import { NotificationClient } from './notification-client';
import { reloadOn } from './reload-on';

/** How many notifications the signed-in member has not seen: the badge. */
@Service()
export class NotificationStore {
  readonly #client = inject(NotificationClient);
  readonly #members = inject(MemberClient);
  readonly #session = inject(SessionStore);
  readonly #unseen = signal(0);
  readonly #seenAt = signal<string | undefined>(undefined);
  #turn = 0;

  readonly unseen = this.#unseen.asReadonly();
  /** Up to when the member had seen them (ISO 8601; empty if never). Nothing until that is known. */
  readonly seenAt = this.#seenAt.asReadonly();

  constructor() {
    reloadOn(
      ({ kind }) => kind !== 'BALANCE',
      () => void this.reload(),
    );
  }

  /** Counts again. A badge that cannot be counted keeps its last number: it is no reason to disturb anybody. */
  async reload(): Promise<void> {
    const memberId = this.#session.member()?.id;
    const turn = ++this.#turn;
    if (memberId === undefined) {
      this.#unseen.set(0);
      this.#seenAt.set(undefined);
      return;
    }
    try {
      const seenAt = await this.#members.seenAt(memberId);
      const unseen = await this.#client.countSince(memberId, seenAt);
      if (turn !== this.#turn) return;
      this.#seenAt.set(seenAt ?? '');
      this.#unseen.set(unseen);
    } catch {
      return;
    }
  }

  /** The member has the newest before their eyes. @param newestAt createdAt of the newest, ISO 8601 */
  async markSeen(newestAt: string): Promise<void> {
    const memberId = this.#session.member()?.id;
    if (memberId === undefined || (this.#seenAt() ?? '') >= newestAt) return;
    this.#seenAt.set(newestAt);
    this.#turn++;
    this.#unseen.set(0);
    await this.#members.markSeen(memberId, newestAt);
  }
}
