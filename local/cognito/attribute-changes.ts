import type { UserPool } from './user-pool.ts';
import type { User } from './user.ts';

const VERIFIABLE = ['email', 'phone_number'];

/**
 * The user with the given attributes, not yet saved, and the addresses that now need a code. A new address is
 * unverified; where the pool verifies before an update, the old one stays until then.
 */
export function changedAttributes(
  pool: UserPool,
  user: User,
  given: Readonly<Record<string, string>>,
  now: number,
): { changed: User; toVerify: (readonly [attribute: string, destination: string])[] } {
  const attributes: Record<string, string> = { ...user.attributes };
  const pendingAttributes: Record<string, string> = { ...user.pendingAttributes };
  const toVerify: (readonly [string, string])[] = [];
  for (const [name, value] of Object.entries(given)) {
    const isNewAddress = VERIFIABLE.includes(name) && value !== user.attributes[name];
    const isVerified = given[`${name}_verified`] === 'true';
    if (isNewAddress && !isVerified) {
      if (pool.config.autoVerifiedAttributes.includes(name)) toVerify.push([name, value]);
      if (pool.config.verifiedBeforeUpdate.includes(name)) {
        pendingAttributes[name] = value;
        continue;
      }
      attributes[`${name}_verified`] = 'false';
    }
    attributes[name] = value;
  }
  return { changed: { ...user, attributes, pendingAttributes, modifiedAt: now }, toVerify };
}
