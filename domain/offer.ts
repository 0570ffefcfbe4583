import * as z from 'zod/mini';

import { MAX_TEXT } from './commands.ts';
import { rateSchema, type Rate } from './hours.ts';

export const CATEGORIES = [
  'HOME_AND_GARDEN',
  'REPAIRS',
  'TECHNOLOGY',
  'LESSONS',
  'LANGUAGES',
  'CARE',
  'COOKING',
  'TRANSPORT',
  'ARTS',
  'HEALTH',
  'OFFICE',
  'OTHER',
] as const;
export type Category = (typeof CATEGORIES)[number];

export const PLACES = ['IN_PERSON', 'ONLINE', 'EITHER'] as const;
export type Place = (typeof PLACES)[number];

export const MIN_TITLE = 3;
export const MAX_TITLE = 80;
export const DEFAULT_RATE = 1 as Rate;

/** What a provider fills in. */
export const offerSchema = z.object({
  title: z.string().check(z.trim(), z.minLength(MIN_TITLE), z.maxLength(MAX_TITLE)),
  description: z.string().check(z.trim(), z.maxLength(MAX_TEXT)),
  category: z.enum(CATEGORIES),
  rate: rateSchema,
  place: z.enum(PLACES),
  active: z.boolean(),
});
export type OfferDraft = z.output<typeof offerSchema>;

/** As much of the model Service as a request is made from. */
export interface Offer {
  readonly id: string;
  readonly providerId: string;
  readonly title: string;
  readonly rate: number;
  readonly active: boolean;
}
