import { Component, computed, effect, inject, input, resource, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { mdiMapMarkerOutline, mdiTimerOutline } from '@mdi/js';
import { MemberClient } from '../shared/api/member-client';
import { OfferClient } from '../shared/api/offer-client';
import { PagedList } from '../shared/api/paged-list';
import { ReviewClient } from '../shared/api/review-client';
import type { Review } from '../shared/api/review-client';
import { StatsClient } from '../shared/api/stats-client';
import { LoadFailed } from '../shared/feedback/load-failed';
import { Skeleton } from '../shared/feedback/skeleton';
import { HoursPipe } from '../shared/hours/hours-pipe';
import { Icon } from '../shared/icon/icon';
import { Initials } from '../shared/layout/initials';
import { PageHeading } from '../shared/layout/page-heading';
import { PageTitle } from '../shared/layout/page-title';
import { RatingSummary } from '../shared/reviews/rating-summary';
import { ReviewList } from '../shared/reviews/review-list';
import { SessionStore } from '../shared/session/session-store';
import { categoryWords } from '../shared/wording/category-words';

/** A member as the others see them, with what they offer. */
@Component({
  selector: 'app-member-page',
  imports: [
    HoursPipe,
    Icon,
    Initials,
    LoadFailed,
    MatButton,
    PageHeading,
    RatingSummary,
    ReviewList,
    RouterLink,
    Skeleton,
  ],
  templateUrl: './member-page.html',
  styleUrl: './member-page.scss',
})
export class MemberPage {
  readonly #members = inject(MemberClient);
  readonly #offers = inject(OfferClient);
  readonly #reviews = inject(ReviewClient);
  readonly #stats = inject(StatsClient);
  readonly #session = inject(SessionStore);
  readonly memberId = input.required<string>();

  protected readonly icons = { place: mdiMapMarkerOutline, time: mdiTimerOutline };
  protected readonly categoryWords = categoryWords();
  protected readonly member = resource({
    params: () => this.memberId(),
    loader: ({ params }) => this.#members.get(params),
  });
  protected readonly offers = resource({
    params: () => this.memberId(),
    loader: async ({ params }) => (await this.#offers.ofMember(params)).filter((offer) => offer.active),
  });
  protected readonly stats = resource({
    params: () => this.memberId(),
    loader: ({ params }) => this.#stats.ofMember(params),
  });
  protected readonly reviews = new PagedList<Review>((next) => this.#reviews.ofMember(this.memberId(), next));
  protected readonly isMe = computed(() => this.memberId() === this.#session.member()?.id);

  constructor() {
    effect(() => {
      this.memberId();
      untracked(() => void this.reviews.restart());
    });
    const title = inject(PageTitle);
    effect(() => {
      if (this.member.hasValue()) title.name(this.member.value().displayName);
    });
  }
}
