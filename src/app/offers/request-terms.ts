import { maxLength, schema, validate } from '@angular/forms/signals';
import { MAX_TEXT } from '../../../domain/commands';
import { MAX_HOURS, MIN_HOURS, amountFor, hoursSchema, rateSchema } from '../../../domain/hours';

/** What a requester fills in. */
export interface RequestTerms {
  readonly hours: number;
  readonly message: string;
}

export const requestTermsSchema = schema<RequestTerms>((path) => {
  validate(path.hours, ({ value }) =>
    hoursSchema.safeParse(value()).success
      ? undefined
      : {
          kind: 'hours',
          message: $localize`:@@request.hours.invalid:Hours go in quarters, from ${MIN_HOURS}:least: to ${MAX_HOURS}:most:.`,
        },
  );
  maxLength(path.message, MAX_TEXT, {
    message: $localize`:@@request.message.long:Use at most ${MAX_TEXT}:count: characters.`,
  });
});

/** What these terms would hold, in hours; nothing while they are not valid. */
export function heldFor(hours: number, rate: number): number | undefined {
  const parsedHours = hoursSchema.safeParse(hours);
  const parsedRate = rateSchema.safeParse(rate);
  if (!parsedHours.success || !parsedRate.success) return undefined;
  try {
    return amountFor(parsedHours.data, parsedRate.data);
  } catch {
    return undefined; // more than may be asked for at once
  }
}
