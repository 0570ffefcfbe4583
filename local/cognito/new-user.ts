import { randomUUID } from 'node:crypto';
import { AwsServiceError } from '../gateway/aws-service.ts';
import { invalidParameter } from './cognito-errors.ts';
import { checkRequired, isEmail, isPhoneNumber } from './user-attributes.ts';
import type { UserPool } from './user-pool.ts';
import type { User, UserStatus } from './user.ts';
import { NO_CODES } from './verification-codes.ts';

/**
 * A user who is not yet saved. In a pool that signs in by e-mail or phone number the name becomes that attribute, and
 * the user name a UUID equal to `sub`. Throws UsernameExistsException and InvalidParameterException.
 */
export function newUser(
  pool: UserPool,
  name: string,
  given: Readonly<Record<string, string>>,
  status: UserStatus,
  now: number,
): User {
  const sub = randomUUID();
  const alias = aliasFor(pool, name);
  const attributes: Record<string, string> = {
    ...given,
    ...(alias && { [alias]: pool.normalized(name) }),
    sub,
  };
  checkRequired(pool.config, attributes);
  if (alias && given[alias] !== undefined && pool.normalized(given[alias]) !== pool.normalized(name))
    throw invalidParameter(`Username and ${alias} attribute do not match.`);
  for (const attribute of pool.config.usernameAttributes) {
    const value = attributes[attribute];
    if (value !== undefined && pool.find(value))
      throw new AwsServiceError(
        'UsernameExistsException',
        `An account with the given ${attribute} already exists.`,
      );
  }
  if (pool.find(name)) throw new AwsServiceError('UsernameExistsException', 'User already exists');
  return {
    username: alias ? sub : pool.normalized(name),
    attributes,
    status,
    enabled: true,
    createdAt: now,
    modifiedAt: now,
    codes: NO_CODES,
    pendingAttributes: {},
  };
}

function aliasFor(pool: UserPool, name: string): string | undefined {
  const kinds = pool.config.usernameAttributes;
  if (kinds.length === 0) return undefined;
  if (kinds.includes('email') && isEmail(name)) return 'email';
  if (kinds.includes('phone_number') && isPhoneNumber(name)) return 'phone_number';
  throw invalidParameter(
    kinds.length > 1
      ? 'Username should be either an email or a phone number.'
      : `Username should be ${kinds[0] === 'email' ? 'an email' : 'a phone number'}.`,
  );
}
