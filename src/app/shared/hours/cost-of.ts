import { amountFor, hoursSchema, rateSchema } from '../../../../domain/hours';
import type { Hours } from '../../../../domain/hours';

/** What hours of work cost at a rate, as they are typed; nothing while they are not valid. */
export function costOf(hours: number, rate: number): Hours | undefined {
  const parsedHours = hoursSchema.safeParse(hours);
  const parsedRate = rateSchema.safeParse(rate);
  if (!parsedHours.success || !parsedRate.success) return undefined;
  try {
    return amountFor(parsedHours.data, parsedRate.data);
  } catch {
    return undefined; // more than may be asked for at once, or less than a quarter
  }
}
