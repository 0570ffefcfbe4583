import type { Category, Place } from '../../../../domain/offer';

/** Every category in the order in which they are offered for choice. A function: translations load before it runs. */
export const categoryWords = (): Readonly<Record<Category, string>> => ({
  HOME_AND_GARDEN: $localize`:@@category.homeAndGarden:Home and garden`,
  REPAIRS: $localize`:@@category.repairs:Repairs`,
  TECHNOLOGY: $localize`:@@category.technology:Computers and phones`,
  LESSONS: $localize`:@@category.lessons:Lessons`,
  LANGUAGES: $localize`:@@category.languages:Languages`,
  CARE: $localize`:@@category.care:Care and company`,
  COOKING: $localize`:@@category.cooking:Cooking and baking`,
  TRANSPORT: $localize`:@@category.transport:Lifts and errands`,
  ARTS: $localize`:@@category.arts:Music and arts`,
  HEALTH: $localize`:@@category.health:Sport and health`,
  OFFICE: $localize`:@@category.office:Letters and office`,
  OTHER: $localize`:@@category.other:Something else`,
});

export const placeWords = (): Readonly<Record<Place, string>> => ({
  IN_PERSON: $localize`:@@place.inPerson:In person`,
  ONLINE: $localize`:@@place.online:Online`,
  EITHER: $localize`:@@place.either:In person or online`,
});

/** The keys of a table of words, in its order. */
export const keysOf = <Key extends string>(words: Readonly<Record<Key, string>>): readonly Key[] =>
  Object.keys(words) as Key[]; // Object.keys forgets the key type; the record is complete by its own type
