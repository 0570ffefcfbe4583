import { CdkTextareaAutosize } from '@angular/cdk/text-field';
import { Component, computed, input, signal } from '@angular/core';
import { FormField, FormRoot, form } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { mdiStar, mdiStarOutline } from '@mdi/js';
import { MAX_COMMENT } from '../../../domain/review';
import { focusFirstError } from '../shared/forms/focus-first-error';
import { Icon } from '../shared/icon/icon';
import { starWords } from '../shared/reviews/rating-words';
import { errorWords } from '../shared/wording/error-words';
import { RATINGS, reviewDraftSchema } from './review-draft';
import type { ReviewDraft } from './review-draft';

/** Stars and a few words about the other party. */
@Component({
  selector: 'app-review-form',
  imports: [CdkTextareaAutosize, FormField, FormRoot, Icon, MatButton, MatFormFieldModule, MatInput],
  templateUrl: './review-form.html',
  styleUrl: './review-form.scss',
})
export class ReviewForm {
  readonly otherName = input.required<string>();
  /** Sends the review; the form shows what it throws. */
  readonly send = input.required<(rating: number, comment: string) => Promise<void>>();

  protected readonly icons = { lit: mdiStar, unlit: mdiStarOutline };
  protected readonly ratings = RATINGS.map((value) => ({ value, words: starWords(Number(value)) }));
  protected readonly longest = MAX_COMMENT;
  protected readonly failure = signal<string | undefined>(undefined);
  readonly #draft = signal<ReviewDraft>({ rating: '', comment: '' });
  protected readonly form = form(this.#draft, reviewDraftSchema, {
    submission: { action: () => this.#submit(), onInvalid: focusFirstError },
  });
  protected readonly chosen = computed(() => Number(this.#draft().rating));
  protected readonly chosenWords = computed(() =>
    this.chosen() === 0 ? undefined : starWords(this.chosen()),
  );
  protected readonly length = computed(() => this.#draft().comment.trim().length);

  async #submit(): Promise<undefined> {
    this.failure.set(undefined);
    try {
      await this.send()(this.chosen(), this.#draft().comment.trim());
    } catch (error) {
      this.failure.set(errorWords(error));
    }
  }
}
