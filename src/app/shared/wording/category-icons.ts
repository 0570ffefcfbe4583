import {
  mdiBookOpenVariant,
  mdiCarOutline,
  mdiChefHat,
  mdiDumbbell,
  mdiFlowerOutline,
  mdiHandHeartOutline,
  mdiLaptop,
  mdiMailboxOpenOutline,
  mdiMusicNoteOutline,
  mdiStarFourPointsOutline,
  mdiTranslate,
  mdiWrenchOutline,
} from '@mdi/js';
import type { Category } from '../../../../domain/offer';

/** A picture for each category, beside its words. */
export const CATEGORY_ICONS: Readonly<Record<Category, string>> = {
  HOME_AND_GARDEN: mdiFlowerOutline,
  REPAIRS: mdiWrenchOutline,
  TECHNOLOGY: mdiLaptop,
  LESSONS: mdiBookOpenVariant,
  LANGUAGES: mdiTranslate,
  CARE: mdiHandHeartOutline,
  COOKING: mdiChefHat,
  TRANSPORT: mdiCarOutline,
  ARTS: mdiMusicNoteOutline,
  HEALTH: mdiDumbbell,
  OFFICE: mdiMailboxOpenOutline,
  OTHER: mdiStarFourPointsOutline,
};
