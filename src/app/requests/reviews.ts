import { Component, computed, inject, input, resource } from '@angular/core';
import { mdiLockOutline } from '@mdi/js';
import { DAY } from '../../../domain/instant';
import { SEALED_FOR } from '../../../domain/review';
import { ApiError } from '../shared/api/api-error';
import { reloadOn } from '../shared/api/reload-on';
import { ReviewClient } from '../shared/api/review-client';
import { LoadFailed } from '../shared/feedback/load-failed';
import { Say } from '../shared/feedback/say';
import { Skeleton } from '../shared/feedback/skeleton';
import { Icon } from '../shared/icon/icon';
import { Stars } from '../shared/reviews/stars';
import { SessionStore } from '../shared/session/session-store';
import { MomentPipe } from '../shared/time/moment-pipe';
import { ReviewForm } from './review-form';

const SEALED_DAYS = SEALED_FOR / DAY;

/** What the two parties of a paid request say of each other; one review alone is sealed for a while. */
@Component({
  selector: 'app-reviews',
  imports: [Icon, LoadFailed, MomentPipe, ReviewForm, Skeleton, Stars],
  templateUrl: './reviews.html',
  styleUrl: './reviews.scss',
  host: { class: 'card' },
})
export class Reviews {
  readonly #client = inject(ReviewClient);
  readonly #session = inject(SessionStore);
  readonly #say = inject(Say);
  readonly requestId = input.required<string>();
  readonly otherName = input.required<string>();

  protected readonly icons = { sealed: mdiLockOutline };
  protected readonly days = SEALED_DAYS;
  protected readonly reviews = resource({
    params: () => this.requestId(),
    loader: async ({ params }) => {
      const [mine, published] = await Promise.all([
        this.#client.mine(params),
        this.#client.ofRequest(params),
      ]);
      return { mine, theirs: published.find(({ authorId }) => authorId !== this.#session.member()?.id) };
    },
  });
  protected readonly mine = computed(() => (this.reviews.hasValue() ? this.reviews.value().mine : undefined));
  protected readonly theirs = computed(() =>
    this.reviews.hasValue() ? this.reviews.value().theirs : undefined,
  );

  constructor() {
    reloadOn(
      ({ kind, requestId }) => kind === 'NOTIFICATION' && requestId === this.requestId(),
      () => this.reviews.reload(),
    );
  }

  protected readonly leave = async (rating: number, comment: string): Promise<void> => {
    try {
      const { published } = await this.#client.leave({ requestId: this.requestId(), rating, comment });
      this.#say.done(
        published
          ? $localize`:@@review.done.published:Thank you. Both reviews can be read now.`
          : $localize`:@@review.done.sealed:Thank you. Your review is sealed for now.`,
      );
      this.reviews.reload();
    } catch (error) {
      if (error instanceof ApiError && error.code === 'ALREADY_ANSWERED') this.reviews.reload();
      throw error;
    }
  };
}
