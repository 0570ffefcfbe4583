import { randomInt } from 'node:crypto';
import { AwsServiceError } from '../gateway/aws-service.ts';
import type { PasswordPolicy } from './pool-config.ts';

/** The symbols of Cognito's documentation; a space counts too, but not at either end. */
const SYMBOL = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+-]|(?<=\S) (?=\S)/;
const LONGEST = 256;

/** Throws InvalidPasswordException, in Cognito's words, for the first rule that the password breaks. */
export function checkPassword(policy: PasswordPolicy, password: string): void {
  const rules: readonly (readonly [broken: boolean, message: string])[] = [
    [password.length < policy.minimumLength, 'Password not long enough'],
    [password.length > LONGEST, 'Password too long'],
    [password !== password.trim(), 'Password must not begin or end with a space'],
    [policy.requireUppercase && !/[A-Z]/.test(password), 'Password must have uppercase characters'],
    [policy.requireLowercase && !/[a-z]/.test(password), 'Password must have lowercase characters'],
    [policy.requireNumbers && !/[0-9]/.test(password), 'Password must have numeric characters'],
    [policy.requireSymbols && !SYMBOL.test(password), 'Password must have symbol characters'],
  ];
  const broken = rules.find(([isBroken]) => isBroken);
  if (broken)
    throw new AwsServiceError(
      'InvalidPasswordException',
      `Password did not conform with policy: ${broken[1]}`,
    );
}

/** A temporary password that any policy accepts whose minimum length is not above 99. */
export function generatePassword(policy: PasswordPolicy): string {
  const kinds = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnpqrstuvwxyz', '23456789', '!@#%&*+-='];
  const length = Math.max(12, policy.minimumLength);
  return Array.from({ length }, (_, index) => {
    const kind = kinds[index % kinds.length] ?? '';
    return kind.charAt(randomInt(kind.length));
  }).join('');
}
