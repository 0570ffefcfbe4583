import { apply, maxLength, schema } from '@angular/forms/signals';
import { MAX_TEXT } from '../../../domain/commands';
import { hoursField, rateField } from '../shared/hours/hours-fields';

/** What a party fills in. */
export interface CounterOfferForm {
  readonly hours: number;
  readonly rate: number;
  readonly message: string;
}

export const counterOfferSchema = schema<CounterOfferForm>((path) => {
  apply(path.hours, hoursField);
  apply(path.rate, rateField);
  maxLength(path.message, MAX_TEXT, {
    message: $localize`:@@request.message.long:Use at most ${MAX_TEXT}:count: characters.`,
  });
});
