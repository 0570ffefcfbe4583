import { Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { mdiBellOutline } from '@mdi/js';
import { NotificationClient } from '../shared/api/notification-client';
import type { MemberNotification } from '../shared/api/notification-client';
import { NotificationStore } from '../shared/api/notification-store';
import { PagedList } from '../shared/api/paged-list';
import { reloadOn } from '../shared/api/reload-on';
import { EmptyState } from '../shared/feedback/empty-state';
import { LoadFailed } from '../shared/feedback/load-failed';
import { LoadMore } from '../shared/feedback/load-more';
import { Skeleton } from '../shared/feedback/skeleton';
import { formatHours } from '../shared/hours/format-hours';
import { Icon } from '../shared/icon/icon';
import { PageHeading } from '../shared/layout/page-heading';
import { SessionStore } from '../shared/session/session-store';
import { MomentPipe } from '../shared/time/moment-pipe';
import { notificationWords } from '../shared/wording/notification-words';
import { NOTIFICATION_ICONS, UNKNOWN_ICON } from './notification-icons';
import { notificationLink } from './notification-link';

/** What a member was told, newest first. Having it before one's eyes is having seen it. */
@Component({
  selector: 'app-notifications-page',
  imports: [EmptyState, Icon, LoadFailed, LoadMore, MatButton, MomentPipe, PageHeading, RouterLink, Skeleton],
  templateUrl: './notifications-page.html',
  styleUrl: './notifications-page.scss',
})
export class NotificationsPage {
  readonly #client = inject(NotificationClient);
  readonly #store = inject(NotificationStore);
  readonly #session = inject(SessionStore);
  /** Up to when they were seen before this visit: what came later is marked new until the page is left. */
  readonly #seenBefore = signal<string | undefined>(undefined);

  protected readonly icons = { none: mdiBellOutline };
  protected readonly notifications = new PagedList<MemberNotification>((next) => this.#page(next));
  protected readonly shown = computed(() => {
    const seenBefore = this.#seenBefore();
    return this.notifications.items().map((notification) => ({
      ...notification,
      icon: notification.kind ? NOTIFICATION_ICONS[notification.kind] : UNKNOWN_ICON,
      words: notificationWords({ ...notification, hours: hoursWords(notification) }),
      link: notificationLink(notification),
      isNew: seenBefore !== undefined && notification.at > seenBefore,
    }));
  });

  constructor() {
    void this.notifications.reload();
    reloadOn(
      ({ kind }) => kind !== 'BALANCE',
      () => void this.notifications.reload(),
    );
    effect(() => {
      const newest = this.notifications.items().at(0)?.at;
      const seenAt = this.#store.seenAt();
      if (newest === undefined || seenAt === undefined) return;
      untracked(() => {
        this.#seenBefore.update((before) => before ?? seenAt);
        // A mark that is lost is made at the next visit; the list itself is what the member came for.
        this.#store.markSeen(newest).catch(() => undefined);
      });
    });
  }

  async #page(next: string | undefined) {
    const memberId = this.#session.member()?.id;
    if (memberId === undefined) return { items: [], next: undefined };
    return await this.#client.list(memberId, next);
  }
}

/** An adjustment has a sign: it may give or take. */
const hoursWords = ({ kind, hours }: MemberNotification): string =>
  formatHours(hours, { signed: kind === 'HOURS_ADJUSTED' });
