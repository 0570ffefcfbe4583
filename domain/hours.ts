import * as z from 'zod/mini';

import { Refusal } from './refusal.ts';

declare const quarterStep: unique symbol;
declare const positive: unique symbol;

/** A signed amount of hours in steps of 0.25 (15 minutes), so that binary and decimal arithmetic are both exact. */
export type SignedHours = number & { readonly [quarterStep]: true };

/** An amount that can be asked for, held or moved: `MIN_HOURS` to `MAX_HOURS` in steps of 0.25. */
export type Hours = SignedHours & { readonly [positive]: true };

declare const hoursPerHour: unique symbol;

/** Hours credited for each hour worked: `MIN_RATE` to `MAX_RATE` in steps of 0.25. */
export type Rate = number & { readonly [hoursPerHour]: true };

export const STEP = 0.25;
export const MIN_HOURS = 0.25;
export const MAX_HOURS = 1000;
export const MIN_RATE = 0.25;
export const MAX_RATE = 10;

export const NO_HOURS = 0 as SignedHours;

/** Whether a number is a finite multiple of 0.25, of either sign. */
export const isQuarterStep = (value: number): value is SignedHours => Number.isInteger(value / STEP);

const isHours = (value: unknown): value is Hours =>
  typeof value === 'number' && isQuarterStep(value) && value >= MIN_HOURS && value <= MAX_HOURS;

const isRate = (value: unknown): value is Rate =>
  typeof value === 'number' && isQuarterStep(value) && value >= MIN_RATE && value <= MAX_RATE;

/** Takes exactly what `parseHours` takes. */
export const hoursSchema = z.custom<Hours>(isHours, { error: 'INVALID_HOURS' });

/** Takes exactly what `parseRate` takes. */
export const rateSchema = z.custom<Rate>(isRate, { error: 'INVALID_RATE' });

/** An adjustment: hours of either sign, not none. */
export const signedHoursSchema = z.custom<SignedHours>(
  (value) => typeof value === 'number' && isHours(Math.abs(value)),
  { error: 'INVALID_HOURS' },
);

/** A part of the hours at stake: quarters, from none to `MAX_HOURS`. */
export const shareSchema = z.custom<SignedHours>((value) => value === 0 || isHours(value), {
  error: 'INVALID_HOURS',
});

/** The only way to an amount of hours. Throws `Refusal` INVALID_HOURS; nothing is converted or rounded. */
export function parseHours(value: unknown): Hours {
  if (isHours(value)) return value;
  throw new Refusal('INVALID_HOURS');
}

/** Throws `Refusal` INVALID_RATE; nothing is converted or rounded. */
export function parseRate(value: unknown): Rate {
  if (isRate(value)) return value;
  throw new Refusal('INVALID_RATE');
}

/**
 * What `hours` of work cost at `rate`, rounded half up to a quarter. Throws `Refusal` INVALID_HOURS where that is less
 * than a quarter or more than `MAX_HOURS`. Hours and rate are both quarters, so their product is exact.
 */
export function amountFor(hours: Hours, rate: Rate): Hours {
  return parseHours(Math.floor((hours * rate) / STEP + 0.5) * STEP);
}

/** Adds quarters; exact within 2^51 hours. */
export const plus = (...amounts: readonly SignedHours[]): SignedHours =>
  amounts.reduce<number>((sum, amount) => sum + amount, 0) as SignedHours;

/** Subtracts from zero rather than changing the sign: `-0` would be stored and compared as another number. */
export const negate = (amount: SignedHours): SignedHours => (0 - amount) as SignedHours;
