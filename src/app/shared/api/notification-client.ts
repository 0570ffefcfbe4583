import { Service, inject } from '@angular/core';
import { NOTIFICATION_KINDS } from '../../../../domain/notifications';
import type { NotificationKind } from '../../../../domain/notifications';
import { GraphClient } from './graph-client';
import { MemberNames } from './member-names';
import { everyPage } from './page';
import type { Page } from './page';

/** What a member is told: a kind and what is needed to word it. */
export interface MemberNotification {
  readonly id: string;
  /** Nothing for a kind that this edition of the app does not know. */
  readonly kind: NotificationKind | undefined;
  readonly requestId: string | undefined;
  /** Empty where no request is concerned. */
  readonly title: string;
  readonly hours: number;
  /** Empty where nobody else is concerned. */
  readonly otherName: string;
  readonly disputeId: string | undefined;
  /** What an admin gave as the reason. */
  readonly reason: string | undefined;
  readonly until: string | undefined;
  readonly at: string;
}

const PAGE_SIZE = 20;
/** The badge says "99+" beyond; counting further would only cost. */
export const COUNT_LIMIT = 100;

@Service()
export class NotificationClient {
  readonly #graph = inject(GraphClient);
  readonly #names = inject(MemberNames);

  /** Newest first. @throws ApiError */
  async list(userId: string, next?: string): Promise<Page<MemberNotification>> {
    const page = await this.#graph.page((client) =>
      client.models.Notification.notificationsByUser(
        { userId },
        {
          limit: PAGE_SIZE,
          nextToken: next ?? null,
          sortDirection: 'DESC',
          selectionSet: ['id', 'kind', 'requestId', 'parameters', 'createdAt'],
        },
      ),
    );
    return { ...page, items: await Promise.all(page.items.map((row) => this.#toNotification(row))) };
  }

  /** How many came after a moment (ISO 8601), counted up to `COUNT_LIMIT`. @throws ApiError */
  async countSince(userId: string, seenAt: string | undefined): Promise<number> {
    const rows = await everyPage(async (next) => {
      const page = await this.#graph.page((client) =>
        client.models.Notification.notificationsByUser(
          { userId, ...(seenAt !== undefined && { createdAt: { gt: seenAt } }) },
          { limit: COUNT_LIMIT, nextToken: next ?? null, selectionSet: ['id'] },
        ),
      );
      return page.items.length >= COUNT_LIMIT ? { ...page, next: undefined } : page;
    });
    return rows.length;
  }

  async #toNotification(row: {
    readonly id: string;
    readonly kind: string;
    readonly requestId: string | null;
    readonly parameters: unknown;
    readonly createdAt: string;
  }): Promise<MemberNotification> {
    const { otherId, ...told } = parametersOf(row.parameters);
    return {
      id: row.id,
      kind: NOTIFICATION_KINDS.find((kind) => kind === row.kind),
      requestId: row.requestId ?? undefined,
      ...told,
      otherName: otherId === '' ? '' : await this.#names.of(otherId),
      at: row.createdAt,
    };
  }
}

/** AWSJSON comes as a string; what is missing in it is left blank rather than fail the whole list. */
function parametersOf(json: unknown) {
  const parsed: unknown = typeof json === 'string' ? JSON.parse(json) : json;
  const given = (typeof parsed === 'object' && parsed !== null ? parsed : {}) as Record<string, unknown>;
  return {
    title: textOf(given['title']) ?? '',
    hours: typeof given['hours'] === 'number' ? given['hours'] : 0,
    otherId: textOf(given['otherId']) ?? '',
    disputeId: textOf(given['disputeId']),
    reason: textOf(given['reason']),
    until: textOf(given['until']),
  };
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
