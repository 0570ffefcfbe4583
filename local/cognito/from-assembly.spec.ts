import { describe, expect, it } from 'vitest';
import type { Assembly, AssemblyResource } from '../assembly/assembly.ts';
import { POOL_ID } from './cognito-fixture.ts';
import { poolsFromAssembly } from './from-assembly.ts';

const pool = (properties: Record<string, unknown> = {}): AssemblyResource => ({
  stack: 'auth',
  logicalId: 'UserPool',
  type: 'AWS::Cognito::UserPool',
  ref: POOL_ID,
  arn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${POOL_ID}`,
  properties,
});
const client = (properties: Record<string, unknown> = {}): AssemblyResource => ({
  stack: 'auth',
  logicalId: 'Client',
  type: 'AWS::Cognito::UserPoolClient',
  ref: 'client-1',
  properties: { UserPoolId: POOL_ID, ...properties },
});

const assemblyOf = (...resources: AssemblyResource[]): Assembly => ({
  directory: '/cdk.out',
  stackName: 'root',
  resources,
  ofType: (type) => resources.filter((resource) => resource.type === type),
  assetPath: (reference) => reference,
  outputs: {},
  rootMetadata: {},
});

const read = (...resources: AssemblyResource[]) => poolsFromAssembly(assemblyOf(...resources))[0];

describe('poolsFromAssembly', () => {
  it('reads a pool as Amplify synthesizes it', () => {
    const config = read(
      pool({
        AutoVerifiedAttributes: ['email'],
        LambdaConfig: { PostConfirmation: 'arn:function' },
        Policies: { PasswordPolicy: { MinimumLength: 10, RequireNumbers: true } },
        Schema: [
          { Name: 'email', Required: true, Mutable: true },
          { Name: 'plan', Mutable: false },
        ],
        UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
        UsernameAttributes: ['email'],
        UsernameConfiguration: { CaseSensitive: false },
        VerificationMessageTemplate: {
          DefaultEmailOption: 'CONFIRM_WITH_CODE',
          EmailMessage: 'Code {####}',
          EmailSubject: 'Hi',
        },
      }),
      client({
        ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
        PreventUserExistenceErrors: 'ENABLED',
        AccessTokenValidity: 5,
        IdTokenValidity: 2,
        RefreshTokenValidity: 7,
        TokenValidityUnits: { AccessToken: 'minutes' },
      }),
      client({ UserPoolId: 'us-east-1_other' }),
      {
        ...pool(),
        type: 'AWS::Cognito::UserPoolGroup',
        properties: { UserPoolId: POOL_ID, GroupName: 'admin', Precedence: 0, RoleArn: 'arn:role' },
      },
    );
    expect(config).toMatchObject({
      id: POOL_ID,
      groups: [{ name: 'admin', precedence: 0, roleArn: 'arn:role' }],
      passwordPolicy: { minimumLength: 10, requireNumbers: true, requireSymbols: false },
      schema: [
        { name: 'email', required: true, mutable: true },
        { name: 'custom:plan', required: false, mutable: false },
      ],
      triggers: { PostConfirmation: 'arn:function' },
      verificationMail: { subject: 'Hi', message: 'Code {####}' },
      caseSensitive: false,
      verifiedBeforeUpdate: ['email'],
    });
    expect(config?.clients).toEqual([
      {
        id: 'client-1',
        authFlows: ['ALLOW_USER_SRP_AUTH'],
        preventUserExistenceErrors: true,
        accessTokenValidity: 300,
        idTokenValidity: 7200,
        refreshTokenValidity: 7 * 86_400,
        authSessionValidity: 180,
      },
    ]);
  });

  it('takes the defaults of Cognito', () => {
    const config = read(pool(), client());
    expect(config?.passwordPolicy).toMatchObject({ minimumLength: 8, requireSymbols: true });
    expect(config?.clients[0]).toMatchObject({
      preventUserExistenceErrors: false,
      accessTokenValidity: 3600,
      refreshTokenValidity: 30 * 86_400,
    });
  });

  it.each([
    ['MfaConfiguration', pool({ MfaConfiguration: 'ON' })],
    ['LambdaConfig.DefineAuthChallenge', pool({ LambdaConfig: { DefineAuthChallenge: 'arn:function' } })],
    [
      'V3_0',
      pool({
        LambdaConfig: { PreTokenGenerationConfig: { LambdaArn: 'arn:function', LambdaVersion: 'V3_0' } },
      }),
    ],
    ['CONFIRM_WITH_LINK', pool({ VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_LINK' } })],
    ['GenerateSecret', client({ GenerateSecret: true })],
    ['EnableTokenRevocation', client({ EnableTokenRevocation: false })],
  ])('refuses %s by name', (name, resource) => {
    const others = resource.type === 'AWS::Cognito::UserPool' ? [] : [pool()];
    expect(() => read(resource, ...others)).toThrow(name);
  });

  it('knows the second version of PreTokenGeneration', () => {
    const versioned = { LambdaArn: 'arn:function', LambdaVersion: 'V2_0' };
    expect(read(pool({ LambdaConfig: { PreTokenGenerationConfig: versioned } }))).toMatchObject({
      triggers: { PreTokenGeneration: 'arn:function' },
      preTokenGenerationVersion: 'V2_0',
    });
  });
});
