import { randomInt, timingSafeEqual } from 'node:crypto';

const HOUR = 3_600_000;
/** Wrong codes, and codes asked for, in an hour; Cognito documents 5 to 20 by risk. */
const ATTEMPTS_AN_HOUR = 5;

export type CodePurpose = 'CONFIRM_SIGN_UP' | 'RESET_PASSWORD' | `VERIFY_${string}`;

/** Cognito's own figures, not configurable. */
const validityOf = (purpose: CodePurpose): number => (purpose === 'RESET_PASSWORD' ? HOUR : 24 * HOUR);

/** The codes that a user has been sent, and how often lately; epoch milliseconds of the embedded clock. */
export interface VerificationCodes {
  readonly pending: Readonly<Record<string, { readonly code: string; readonly until: number }>>;
  readonly sentAt: readonly number[];
  readonly missedAt: readonly number[];
}

export const NO_CODES: VerificationCodes = { pending: {}, sentAt: [], missedAt: [] };

/** Undefined when too many codes were asked for within the last hour. A new code takes the place of the old one. */
export function sendCode(
  codes: VerificationCodes,
  purpose: CodePurpose,
  now: number,
): { code: string; codes: VerificationCodes } | undefined {
  const sentAt = lately(codes.sentAt, now);
  if (sentAt.length >= ATTEMPTS_AN_HOUR) return undefined;
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const pending = { ...codes.pending, [purpose]: { code, until: now + validityOf(purpose) } };
  return { code, codes: { ...codes, pending, sentAt: [...sentAt, now] } };
}

/**
 * Takes a code. The codes returned must be kept whatever the outcome: a right code is used up, a wrong one counted.
 */
export function takeCode(
  codes: VerificationCodes,
  purpose: CodePurpose,
  attempt: string,
  now: number,
): { outcome: 'right' | 'wrong' | 'expired' | 'too many attempts'; codes: VerificationCodes } {
  const missedAt = lately(codes.missedAt, now);
  if (missedAt.length >= ATTEMPTS_AN_HOUR) return { outcome: 'too many attempts', codes };
  const { [purpose]: waiting, ...others } = codes.pending;
  if (!waiting || waiting.until <= now) return { outcome: 'expired', codes };
  if (!sameCode(waiting.code, attempt))
    return { outcome: 'wrong', codes: { ...codes, missedAt: [...missedAt, now] } };
  return { outcome: 'right', codes: { pending: others, sentAt: codes.sentAt, missedAt: [] } };
}

const lately = (times: readonly number[], now: number) => times.filter((time) => time > now - HOUR);

function sameCode(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
