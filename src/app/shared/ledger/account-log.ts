import { Service, inject } from '@angular/core';
import { BalanceClient } from '../api/balance-client';
import type { Page } from '../api/page';
import { RequestClient } from '../api/request-client';
import { toShownEntry } from './shown-entry';
import type { ShownEntry } from './shown-entry';

/** The log of an account, with the titles of the requests that its entries are for. */
@Service({ autoProvided: false })
export class AccountLog {
  readonly #client = inject(BalanceClient);
  readonly #requests = inject(RequestClient);
  /** Titles of requests, each read once: several entries are for one request. */
  readonly #titles = new Map<string, Promise<string | undefined>>();

  /** Newest first. @throws ApiError */
  async page(userId: string, next: string | undefined): Promise<Page<ShownEntry>> {
    const page = await this.#client.log(userId, next);
    return {
      ...page,
      items: await Promise.all(
        page.items.map(async (entry) => toShownEntry(entry, await this.#titleOf(entry.requestId))),
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
