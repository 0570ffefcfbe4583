import type { Clock } from '../clock/clock.ts';
import type { AwsApi } from '../gateway/aws-service.ts';
import type { Challenges } from './challenges.ts';
import type { CodeDelivery } from './code-delivery.ts';
import type { SignInAttempts } from './sign-in-attempts.ts';
import type { TokenIssuer } from './token-issuer.ts';
import type { UserPools } from './user-pool.ts';
import type { UserStore } from './user-store.ts';

/** What the operations work with. */
export interface CognitoParts {
  readonly pools: UserPools;
  readonly store: UserStore;
  readonly tokens: TokenIssuer;
  readonly challenges: Challenges;
  readonly attempts: SignInAttempts;
  readonly delivery: CodeDelivery;
  readonly aws: AwsApi;
  /** For what is stamped, and for how long codes and temporary passwords last. */
  readonly clock: Clock;
  /** Real time, epoch milliseconds, for tokens, sessions and challenges. */
  readonly now: () => number;
}
