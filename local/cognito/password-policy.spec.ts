import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poolConfig } from './cognito-fixture.ts';
import { checkPassword, generatePassword } from './password-policy.ts';

const { passwordPolicy } = poolConfig();
const lenient = {
  ...passwordPolicy,
  requireLowercase: false,
  requireUppercase: false,
  requireNumbers: false,
  requireSymbols: false,
};

describe('checkPassword', () => {
  it('demands only what the policy demands', () => {
    expect(() => {
      checkPassword(lenient, 'aaaaaaaa');
    }).not.toThrow();
    expect(() => {
      checkPassword(passwordPolicy, 'aaaaaaaa');
    }).toThrow('Password did not conform with policy: Password must have uppercase characters');
  });

  it('takes every symbol that Cognito documents, and a space inside', () => {
    for (const symbol of '^$*.[]{}()?"!@#%&/\\,><\':;|_~`=+- ')
      expect(() => {
        checkPassword(passwordPolicy, `Abc1${symbol}xyz`);
      }).not.toThrow();
    expect(() => {
      checkPassword(passwordPolicy, ' Abcdef1');
    }).toThrow('space');
  });

  it('accepts every password that is generated for the policy', () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 99 }), (minimumLength) => {
        const policy = { ...passwordPolicy, minimumLength };
        checkPassword(policy, generatePassword(policy));
      }),
    );
  });
});
