import { randomBytes } from 'node:crypto';
import type { PasswordRecord, SrpExchange } from './srp.ts';

interface PasswordVerifier {
  readonly kind: 'PASSWORD_VERIFIER';
  readonly clientId: string;
  /** Real or made up; a made-up one has no user behind it. */
  readonly username: string;
  readonly record: PasswordRecord;
  readonly exchange: SrpExchange;
  readonly clientValue: bigint;
}

interface NewPassword {
  readonly kind: 'NEW_PASSWORD_REQUIRED';
  readonly clientId: string;
  readonly username: string;
}

export type Challenge = PasswordVerifier | NewPassword;

/**
 * Challenges that wait for their answer, each good for one. In memory: they live for minutes, and a client that meets
 * a restart simply signs in again.
 */
export class Challenges {
  private readonly waiting = new Map<string, { challenge: Challenge; until: number }>();

  /** `validity` in seconds, `now` in real epoch milliseconds. The handle is base64, as SECRET_BLOCK must be. */
  begin(challenge: Challenge, validity: number, now: number): string {
    for (const [handle, { until }] of this.waiting) if (until <= now) this.waiting.delete(handle);
    const handle = randomBytes(64).toString('base64');
    this.waiting.set(handle, { challenge, until: now + validity * 1000 });
    return handle;
  }

  /** Undefined for one that is unknown, answered before or too old. */
  take(handle: string, now: number): Challenge | undefined {
    const entry = this.waiting.get(handle);
    this.waiting.delete(handle);
    return entry && entry.until > now ? entry.challenge : undefined;
  }
}
