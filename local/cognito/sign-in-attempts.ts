const FREE_ATTEMPTS = 5;
const LONGEST_LOCK = 15 * 60_000;

interface Failures {
  readonly count: number;
  readonly lastAt: number;
  readonly lockedUntil: number;
}

/**
 * Cognito's lockout: from the fifth wrong password on the user waits one second, doubled with every further one up to
 * 15 minutes; attempts while locked change nothing. Kept by name, whether such a user exists or not, so that the
 * lockout betrays nobody. Times are real epoch milliseconds.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html (Lockout behavior)
 */
export class SignInAttempts {
  private readonly failures = new Map<string, Failures>();

  isLocked(name: string, now: number): boolean {
    return (this.failures.get(name)?.lockedUntil ?? 0) > now;
  }

  failed(name: string, now: number): void {
    this.forgetOld(now);
    const count = (this.failures.get(name)?.count ?? 0) + 1;
    const lock = count < FREE_ATTEMPTS ? 0 : Math.min(1000 * 2 ** (count - FREE_ATTEMPTS), LONGEST_LOCK);
    this.failures.set(name, { count, lastAt: now, lockedUntil: now + lock });
  }

  succeeded(name: string): void {
    this.failures.delete(name);
  }

  private forgetOld(now: number): void {
    for (const [name, { lastAt, lockedUntil }] of this.failures)
      if (Math.max(lastAt + LONGEST_LOCK, lockedUntil) <= now) this.failures.delete(name);
  }
}
