import type { JWTPayload } from 'jose';
import type { Clock } from '../clock/clock.ts';
import type { AwsApi, AwsService } from '../gateway/aws-service.ts';
import type { Storage } from '../storage/open-database.ts';
import { adminUserOperations } from './admin-user-operations.ts';
import { Challenges } from './challenges.ts';
import { CodeDelivery } from './code-delivery.ts';
import type { CognitoParts } from './cognito-parts.ts';
import { directoryOperations } from './directory-operations.ts';
import { Mailbox, type Mail } from './mailbox.ts';
import type { PoolConfig } from './pool-config.ts';
import { profileOperations } from './profile-operations.ts';
import { recoveryOperations } from './recovery-operations.ts';
import { sessionOperations } from './session-operations.ts';
import { SignInAttempts } from './sign-in-attempts.ts';
import { signInOperations } from './sign-in-operations.ts';
import { signUpOperations } from './sign-up-operations.ts';
import { TokenIssuer } from './token-issuer.ts';
import { UserPool, UserPools } from './user-pool.ts';
import { UserStore } from './user-store.ts';

export interface CognitoOptions {
  readonly pools: readonly PoolConfig[];
  /** Through which the triggers' functions are invoked. */
  readonly aws: AwsApi;
  /** For what is stamped, and for how long codes and temporary passwords last. */
  readonly clock: Clock;
  readonly storage: Storage;
  /** Told of every message that Cognito would send. */
  readonly onMail?: (mail: Mail) => void;
  /** Real time in epoch milliseconds, for tokens, sessions and lockouts. */
  readonly now?: () => number;
}

export interface Cognito {
  readonly service: AwsService;
  /**
   * Claims of an access or id token of one of the pools. Throws AwsServiceError NotAuthorizedException for any other:
   * another pool's, expired, unsigned, or of a session that has ended.
   */
  verifyToken(jwt: string): Promise<JWTPayload>;
  /** The document at `/<poolId>/.well-known/jwks.json`. Throws ResourceNotFoundException. */
  jwks(poolId: string): { readonly keys: readonly object[] };
  /** Latest first. */
  mails(): readonly Mail[];
  close(): void;
}

/** The embedded Cognito: the user pools of the synthesized backend. */
export function createCognito(options: CognitoOptions): Cognito {
  const { aws, clock, now = () => Date.now(), onMail = () => undefined } = options;
  const store = new UserStore(options.storage);
  const pools = new UserPools(options.pools.map((config) => new UserPool(config, store)));
  const poolIds = options.pools.map(({ id }) => id);
  const tokens = new TokenIssuer({ pools, poolIds, store, aws, now });
  const mailbox = new Mailbox(onMail);
  const parts: CognitoParts = {
    pools,
    store,
    tokens,
    challenges: new Challenges(),
    attempts: new SignInAttempts(),
    delivery: new CodeDelivery(mailbox, aws, clock),
    aws,
    clock,
    now,
  };

  return {
    service: {
      name: 'cognito-idp',
      target: 'AWSCognitoIdentityProviderService',
      jsonVersion: '1.1',
      operations: {
        ...signUpOperations(parts),
        ...signInOperations(parts),
        ...sessionOperations(parts),
        ...recoveryOperations(parts),
        ...profileOperations(parts),
        ...adminUserOperations(parts),
        ...directoryOperations(parts),
      },
    },
    verifyToken: (jwt) => tokens.verify(jwt),
    jwks: (poolId) => tokens.jwks(pools.byId(poolId).id),
    mails: () => mailbox.mails(),
    close: () => {
      store.close();
    },
  };
}
