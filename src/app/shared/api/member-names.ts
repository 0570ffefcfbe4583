import { Service, inject } from '@angular/core';
import { GraphClient } from './graph-client';

/** Names by member id, each read once: offers and notifications carry ids, because a name may change. */
@Service()
export class MemberNames {
  readonly #graph = inject(GraphClient);
  readonly #names = new Map<string, Promise<string>>();

  /** The member's name; a name for "somebody" where it cannot be read, for a name alone must not fail a page. */
  of(id: string): Promise<string> {
    const known = this.#names.get(id);
    if (known) return known;
    const asked = this.#read(id).catch(() => {
      this.#names.delete(id);
      return $localize`:@@member.unknown:A member`;
    });
    this.#names.set(id, asked);
    return asked;
  }

  /** Forgets a name, after its member changed it. */
  forget(id: string): void {
    this.#names.delete(id);
  }

  async #read(id: string): Promise<string> {
    const member = await this.#graph.runFor((client) =>
      client.models.User.get({ id }, { selectionSet: ['displayName'] }),
    );
    return member.displayName;
  }
}
