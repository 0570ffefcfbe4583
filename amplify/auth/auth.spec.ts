import { beforeAll, describe, expect, it } from 'vitest';
import { synthesized } from '../../dev/synthesized.ts';
import type { Assembly } from '../../local/assembly/assembly.ts';

let assembly: Assembly;

beforeAll(async () => {
  assembly = await synthesized();
});

const only = (type: string) => {
  const [resource, ...others] = assembly.ofType(type);
  if (!resource || others.length > 0) throw new Error(`${others.length + (resource ? 1 : 0)} of ${type}`);
  return resource.properties;
};

describe('sign-up', () => {
  it('is open to everybody with an e-mail address, which must be confirmed', () => {
    expect(only('AWS::Cognito::UserPool')).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
      UsernameAttributes: ['email'],
      AutoVerifiedAttributes: ['email'],
    });
  });

  it('makes nobody an admin: the group is filled by an admin, and no attribute or trigger speaks of it', () => {
    expect(only('AWS::Cognito::UserPoolGroup')).toMatchObject({ GroupName: 'admin' });
    const pool = only('AWS::Cognito::UserPool');
    expect(Object.keys(pool['LambdaConfig'] as object)).toEqual(['PostConfirmation']);
    const attributes = pool['Schema'] as readonly { readonly Name: string }[];
    expect(attributes.map(({ Name: name }) => name)).toEqual(['email', 'nickname']);
  });

  it('tells no stranger whether an address is a member', () => {
    expect(only('AWS::Cognito::UserPoolClient')).toMatchObject({ PreventUserExistenceErrors: 'ENABLED' });
  });

  it('is needed: there are no guests', () => {
    expect(only('AWS::Cognito::IdentityPool')).toMatchObject({ AllowUnauthenticatedIdentities: false });
  });
});
