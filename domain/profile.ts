import * as z from 'zod/mini';

import { MAX_TEXT } from './commands.ts';
import { DEFAULT_RESPONSE_HOURS, MAX_RESPONSE_HOURS, MIN_RESPONSE_HOURS } from './deadlines.ts';

export const MAX_NAME = 80;
export const MAX_SKILLS = 20;
export const MAX_SKILL = 40;
export const MAX_NEIGHBOURHOOD = 80;

/** What a member says about themselves. The e-mail address is Cognito's alone. */
export const profileSchema = z.object({
  displayName: z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_NAME)),
  about: z.string().check(z.trim(), z.maxLength(MAX_TEXT)),
  skills: z
    .array(z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_SKILL)))
    .check(z.maxLength(MAX_SKILLS)),
  neighbourhood: z.string().check(z.trim(), z.maxLength(MAX_NEIGHBOURHOOD)),
  /** Hours the member takes to answer a request. */
  responseTimeHours: z.int().check(z.gte(MIN_RESPONSE_HOURS), z.lte(MAX_RESPONSE_HOURS)),
});
export type Profile = z.output<typeof profileSchema>;

/** A member's own time to respond, in hours; what is missing or out of range counts as the default. */
export const responseTimeOf = (member: {
  readonly responseTimeHours?: number | null | undefined;
}): number => {
  const hours = member.responseTimeHours ?? DEFAULT_RESPONSE_HOURS;
  return Number.isInteger(hours) && hours >= MIN_RESPONSE_HOURS && hours <= MAX_RESPONSE_HOURS
    ? hours
    : DEFAULT_RESPONSE_HOURS;
};
