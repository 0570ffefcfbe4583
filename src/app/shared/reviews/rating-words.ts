import { averageOf } from '../../../../domain/review';
import type { Ratings } from '../../../../domain/review';

/** The average with one digit: "4.8"; nothing where nobody has rated yet. */
export function averageWords(ratings: Ratings): string | undefined {
  const average = averageOf(ratings);
  if (average === undefined) return undefined;
  return new Intl.NumberFormat($localize.locale ?? 'en-GB', {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(average);
}

/** A rating in a word or two, from 1 to 5. */
export function starWords(rating: number): string {
  switch (rating) {
    case 1:
      return $localize`:@@stars.one:Not good`;
    case 2:
      return $localize`:@@stars.two:Could be better`;
    case 3:
      return $localize`:@@stars.three:All right`;
    case 4:
      return $localize`:@@stars.four:Good`;
    default:
      return $localize`:@@stars.five:Wonderful`;
  }
}
