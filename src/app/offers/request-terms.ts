import { apply, maxLength, schema } from '@angular/forms/signals';
import { MAX_TEXT } from '../../../domain/commands';
import { hoursField } from '../shared/hours/hours-fields';

/** What a requester fills in. */
export interface RequestTerms {
  readonly hours: number;
  readonly message: string;
}

export const requestTermsSchema = schema<RequestTerms>((path) => {
  apply(path.hours, hoursField);
  maxLength(path.message, MAX_TEXT, {
    message: $localize`:@@request.message.long:Use at most ${MAX_TEXT}:count: characters.`,
  });
});
