import { apply, maxLength, minLength, pattern, required, schema } from '@angular/forms/signals';
import { MAX_TEXT } from '../../../domain/commands';
import { MAX_TITLE, MIN_TITLE } from '../../../domain/offer';
import type { Category, Place } from '../../../domain/offer';
import type { OfferDraft } from '../shared/api/offer-client';
import { rateField } from '../shared/hours/hours-fields';

/** What the form holds: a category may not be chosen yet. */
export interface OfferDraftForm {
  readonly title: string;
  readonly description: string;
  readonly category: Category | '';
  readonly rate: number;
  readonly place: Place;
}

export const EMPTY_DRAFT: OfferDraftForm = {
  title: '',
  description: '',
  category: '',
  rate: 1,
  place: 'IN_PERSON',
};

export const offerDraftSchema = schema<OfferDraftForm>((path) => {
  required(path.title, { message: $localize`:@@offer.title.required:Give your offer a title.` });
  pattern(path.title, /\S/, { message: $localize`:@@offer.title.required:Give your offer a title.` });
  minLength(path.title, MIN_TITLE, {
    message: $localize`:@@offer.title.short:Use at least ${MIN_TITLE}:count: characters.`,
  });
  maxLength(path.title, MAX_TITLE, {
    message: $localize`:@@offer.title.long:Use at most ${MAX_TITLE}:count: characters.`,
  });
  maxLength(path.description, MAX_TEXT, {
    message: $localize`:@@offer.description.long:Use at most ${MAX_TEXT}:count: characters.`,
  });
  required(path.category, { message: $localize`:@@offer.category.required:Choose a category.` });
  apply(path.rate, rateField);
});

/** What is sent. The form was valid: a category is chosen. */
export function toOfferDraft(form: OfferDraftForm): OfferDraft {
  if (form.category === '') throw new Error('The form was submitted without a category');
  return {
    title: form.title.trim(),
    description: form.description.trim(),
    category: form.category,
    rate: form.rate,
    place: form.place,
  };
}
