import { schema, validate } from '@angular/forms/signals';
import { MAX_HOURS, MAX_RATE, MIN_HOURS, MIN_RATE, hoursSchema, rateSchema } from '../../../../domain/hours';

/** A field of hours: what may be asked for or held. */
export const hoursField = schema<number>((path) => {
  validate(path, ({ value }) =>
    hoursSchema.safeParse(value()).success
      ? undefined
      : {
          kind: 'hours',
          message: $localize`:@@request.hours.invalid:Hours go in quarters, from ${MIN_HOURS}:least: to ${MAX_HOURS}:most:.`,
        },
  );
});

/** A field of a rate: hours credited for an hour of work. */
export const rateField = schema<number>((path) => {
  validate(path, ({ value }) =>
    rateSchema.safeParse(value()).success
      ? undefined
      : {
          kind: 'rate',
          message: $localize`:@@offer.rate.invalid:A rate goes in quarters, from ${MIN_RATE}:least: to ${MAX_RATE}:most:.`,
        },
  );
});
