export interface Backoff {
  readonly attempts: number;
  /** Milliseconds. */
  readonly base: number;
  readonly longest: number;
  /** Of 0 to 1, as `Math.random` gives it. */
  readonly random: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Outlasts a busy account: some thirty postings at once, each of which makes all others begin again. */
export const BACKOFF: Backoff = {
  attempts: 16,
  base: 20,
  longest: 1000,
  random: Math.random,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/**
 * Tries until it succeeds or fails in a way that another try cannot mend. Waits a random part of an exponentially
 * growing time in between ("full jitter", https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/),
 * so that those who collided do not collide again. Throws the last error.
 */
export async function retryWithFullJitter<Result>(
  attempt: () => Promise<Result>,
  isWorthAnotherTry: (error: unknown) => boolean,
  { attempts, base, longest, random, sleep }: Backoff = BACKOFF,
): Promise<Result> {
  for (let tried = 1; ; tried++) {
    try {
      return await attempt();
    } catch (error) {
      if (tried >= attempts || !isWorthAnotherTry(error)) throw error;
      await sleep(random() * Math.min(longest, base * 2 ** tried));
    }
  }
}
