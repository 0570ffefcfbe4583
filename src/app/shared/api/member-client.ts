import { Service, inject } from '@angular/core';
import { ServerClock } from '../time/server-clock';
import { GraphClient } from './graph-client';
import { holdsWords } from './offer-search';
import { firstFilledPage } from './page';
import type { Page } from './page';

/** A member as the others see them. */
export interface Member {
  readonly id: string;
  readonly displayName: string;
  readonly about: string;
  readonly skills: readonly string[];
  readonly neighbourhood: string;
  /** Hours that the member takes at most to answer a request; the bank's own default if they set none. */
  readonly responseTimeHours: number | undefined;
}

export type Profile = Omit<Member, 'id'>;

const FIELDS = ['id', 'displayName', 'about', 'skills', 'neighbourhood', 'responseTimeHours'] as const;

interface MemberRow {
  readonly id: string;
  readonly displayName: string;
  readonly about: string | null;
  readonly skills: readonly (string | null)[] | null;
  readonly neighbourhood: string | null;
  readonly responseTimeHours: number | null;
}

/** Members read at a time; those that do not match are left out of them. */
const PAGE_SIZE = 100;

@Service()
export class MemberClient {
  readonly #graph = inject(GraphClient);
  readonly #clock = inject(ServerClock);

  /** @throws ApiError NOT_FOUND */
  async get(id: string): Promise<Member> {
    return toMember(
      await this.#graph.runFor((client) => client.models.User.get({ id }, { selectionSet: FIELDS })),
    );
  }

  /** Members whose name or neighbourhood holds some words, a page at a time, in no order. @throws ApiError */
  async browse(text: string, next?: string): Promise<Page<Member>> {
    return await firstFilledPage(async (from) => {
      const page = await this.#graph.page((client) =>
        client.models.User.list({ limit: PAGE_SIZE, nextToken: from ?? null, selectionSet: FIELDS }),
      );
      return { ...page, items: page.items.map(toMember).filter((member) => isFound(member, text)) };
    }, next);
  }

  /** Changes one's own profile. @throws ApiError */
  async change(id: string, profile: Profile): Promise<Member> {
    return toMember(
      await this.#graph.runFor((client) =>
        client.models.User.update(
          {
            id,
            ...profile,
            skills: [...profile.skills],
            responseTimeHours: profile.responseTimeHours ?? null,
          },
          { selectionSet: FIELDS },
        ),
      ),
    );
  }

  /**
   * Creates what sign-up may have failed to create; harmless when all is there.
   * @param name as given at sign-up, should nobody know it yet
   * @throws ApiError
   */
  async ensure(name: string | undefined): Promise<{ readonly displayName: string }> {
    const member = await this.#graph.runFor((client) =>
      client.mutations.ensureMember({ displayName: name ?? null }),
    );
    this.#clock.learn(member.now);
    return { displayName: member.displayName };
  }

  /** Up to when the member has seen their notifications; nothing if never. @throws ApiError */
  async seenAt(id: string): Promise<string | undefined> {
    const row = await this.#graph.runFor((client) =>
      client.models.User.get({ id }, { selectionSet: ['notificationsSeenAt'] }),
    );
    return row.notificationsSeenAt ?? undefined;
  }

  /** @param at createdAt of the newest notification seen, ISO 8601. @throws ApiError */
  async markSeen(id: string, at: string): Promise<void> {
    await this.#graph.run((client) =>
      client.models.User.update({ id, notificationsSeenAt: at }, { selectionSet: ['id'] }),
    );
  }
}

const isFound = ({ displayName, neighbourhood }: Member, text: string): boolean =>
  holdsWords({ title: displayName, description: neighbourhood }, text);

const toMember = (row: MemberRow): Member => ({
  id: row.id,
  displayName: row.displayName,
  about: row.about ?? '',
  skills: (row.skills ?? []).filter((skill) => skill !== null),
  neighbourhood: row.neighbourhood ?? '',
  responseTimeHours: row.responseTimeHours ?? undefined,
});
