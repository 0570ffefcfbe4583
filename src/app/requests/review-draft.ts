import { required, schema, validate } from '@angular/forms/signals';
import { MAX_COMMENT } from '../../../domain/review';

export const RATINGS = ['1', '2', '3', '4', '5'] as const;

export interface ReviewDraft {
  /** As radio buttons have it: text, and empty before one is chosen. */
  readonly rating: (typeof RATINGS)[number] | '';
  readonly comment: string;
}

export const reviewDraftSchema = schema<ReviewDraft>((path) => {
  required(path.rating, { message: $localize`:@@review.rating.required:Choose from one to five stars.` });
  // By `validate`, not `maxLength`: that would cut off what is pasted without a word.
  validate(path.comment, ({ value }) =>
    value().trim().length <= MAX_COMMENT
      ? undefined
      : {
          kind: 'tooLong',
          message: $localize`:@@review.comment.tooLong:Use at most ${MAX_COMMENT}:count: characters.`,
        },
  );
});
