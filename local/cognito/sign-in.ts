import { createHmac } from 'node:crypto';
import { AwsServiceError } from '../gateway/aws-service.ts';
import { notAuthorized, userNotFound, wrongCredentials } from './cognito-errors.ts';
import type { CognitoParts } from './cognito-parts.ts';
import type { CallContext } from './confirmation.ts';
import type { ClientConfig } from './pool-config.ts';
import type { PasswordRecord } from './srp.ts';
import { runTrigger } from './triggers.ts';
import { readable } from './user-attributes.ts';
import type { UserPool } from './user-pool.ts';
import type { User } from './user.ts';

/** Where a sign-in goes on: the pool, the client, and what the triggers are told. */
export interface SignInContext extends CallContext {
  readonly pool: UserPool;
  readonly client: ClientConfig;
}

/** Who signs in: a user with a password, or somebody made up who looks the same from outside. */
export interface Candidate {
  readonly username: string;
  readonly record: PasswordRecord;
  readonly user: User | undefined;
}

/**
 * For a name that nobody has (or a user without a password) salt, verifier and user name are made up, the same ones
 * each time, as RFC 5054 advises. Throws UserNotFoundException where the client does not prevent it.
 */
export function findCandidate(parts: CognitoParts, { pool, client }: SignInContext, name: string): Candidate {
  const user = pool.find(name);
  if (user?.password) return { username: user.username, record: user.password, user };
  if (!user && !client.preventUserExistenceErrors) throw userNotFound();
  const decoy = (purpose: string) =>
    createHmac('sha256', parts.tokens.key(pool.id).decoySecret)
      .update(`${purpose} ${pool.normalized(name)}`)
      .digest('hex');
  const username = decoy('username').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
  return {
    username,
    record: { salt: decoy('salt').slice(0, 32), verifier: decoy('verifier') },
    user: undefined,
  };
}

/**
 * Decides on a password that was checked, and counts it. `check` is not run while the user is locked out. Throws
 * NotAuthorizedException and UserNotConfirmedException.
 */
export async function acceptPassword(
  parts: CognitoParts,
  context: SignInContext,
  { username, user }: Candidate,
  check: () => boolean,
): Promise<User> {
  const { attempts, now } = parts;
  const key = `${context.pool.id}/${username}`;
  if (attempts.isLocked(key, now())) throw notAuthorized('Password attempts exceeded');
  // AWS says so without looking at the password: aws/aws-sdk-js issue 4608.
  if (user?.status === 'UNCONFIRMED')
    throw new AwsServiceError('UserNotConfirmedException', 'User is not confirmed.');
  if (user) await tellAboutSignIn(parts, context, user, 'PreAuthentication');
  if (!check() || !user) {
    attempts.failed(key, now());
    throw wrongCredentials();
  }
  attempts.succeeded(key);
  if (!user.enabled) throw notAuthorized('User is disabled.');
  return user;
}

/** Ends a sign-in after the password was right: with tokens, or with the challenge to choose a password. */
export async function completeSignIn(
  parts: CognitoParts,
  context: SignInContext,
  user: User,
  source: 'TokenGeneration_Authentication' | 'TokenGeneration_NewPasswordChallenge',
) {
  const { pool, client, clientMetadata } = context;
  if (user.status === 'RESET_REQUIRED')
    throw new AwsServiceError('PasswordResetRequiredException', 'Password reset required for the user');
  if (user.status === 'FORCE_CHANGE_PASSWORD') return demandNewPassword(parts, context, user);
  await tellAboutSignIn(parts, context, user, 'PostAuthentication');
  return {
    ChallengeParameters: {},
    AuthenticationResult: await parts.tokens.signIn({ pool, client, user, source, clientMetadata }),
  };
}

function demandNewPassword(parts: CognitoParts, { client }: SignInContext, user: User) {
  if (user.temporaryPasswordUntil !== undefined && user.temporaryPasswordUntil <= parts.clock.now())
    throw notAuthorized('Temporary password has expired and must be reset by an administrator.');
  const { sub: _, ...visible } = readable(client, user.attributes);
  return {
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session: parts.challenges.begin(
      { kind: 'NEW_PASSWORD_REQUIRED', clientId: client.id, username: user.username },
      client.authSessionValidity,
      parts.now(),
    ),
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: '[]',
      userAttributes: JSON.stringify(visible),
    },
  };
}

async function tellAboutSignIn(
  { aws }: CognitoParts,
  { pool, client, clientMetadata }: SignInContext,
  user: User,
  trigger: 'PreAuthentication' | 'PostAuthentication',
): Promise<void> {
  await runTrigger(aws, {
    pool,
    trigger,
    source: `${trigger}_Authentication`,
    username: user.username,
    clientId: client.id,
    request: {
      userAttributes: { ...user.attributes, 'cognito:user_status': user.status },
      ...(trigger === 'PreAuthentication'
        ? { validationData: clientMetadata ?? {}, userNotFound: false }
        : { newDeviceUsed: false, clientMetadata: clientMetadata ?? {} }),
    },
  });
}
