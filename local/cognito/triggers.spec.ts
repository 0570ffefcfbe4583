import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { AwsServiceError } from '../gateway/aws-service.ts';
import {
  addMember,
  CLIENT_ID,
  fakeLambda,
  PASSWORD,
  passwordSignIn,
  POOL_ID,
  poolConfig,
  signedIn,
  startCognito,
  type TriggerEvent,
} from './cognito-fixture.ts';
import type { PoolConfig, TriggerName } from './pool-config.ts';

const EMAIL = 'ada@hourbank.test';
const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:trigger';
const signUp = { ClientId: CLIENT_ID, Username: EMAIL, Password: PASSWORD };

/** A pool with one trigger whose function answers as said. */
function withTrigger(
  trigger: TriggerName,
  answer: (event: TriggerEvent) => unknown,
  changes: Partial<PoolConfig> = {},
) {
  const lambda = fakeLambda(answer);
  const pools = [poolConfig({ triggers: { [trigger]: FUNCTION }, ...changes })];
  return { ...startCognito({ pools, aws: lambda.aws }), invocations: lambda.invocations };
}

const responding = (response: Record<string, unknown>) => (event: TriggerEvent) => ({ ...event, response });

describe('PostConfirmation', () => {
  it('is told of a confirmed sign-up once, in the shape that AWS documents, on behalf of the pool', async () => {
    const fixture = withTrigger('PostConfirmation', (event) => event);
    const { sub } = await addMember(fixture, EMAIL);
    expect(fixture.invocations).toEqual([
      {
        functionArn: FUNCTION,
        caller: {
          arn: 'cognito-idp.amazonaws.com',
          sourceArn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${POOL_ID}`,
        },
        event: {
          version: '1',
          region: 'us-east-1',
          userPoolId: POOL_ID,
          userName: sub,
          callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: CLIENT_ID },
          triggerSource: 'PostConfirmation_ConfirmSignUp',
          request: {
            userAttributes: { sub, email: EMAIL, email_verified: 'true', 'cognito:user_status': 'CONFIRMED' },
            clientMetadata: {},
          },
          response: {},
        },
      },
    ]);
  });

  it('that fails is reported, and the member is confirmed all the same', async () => {
    const fixture = withTrigger('PostConfirmation', () => {
      throw new Error('the bus is down');
    });
    await expect(addMember(fixture, EMAIL)).rejects.toMatchObject({
      code: 'UserLambdaValidationException',
      message: 'PostConfirmation failed with error the bus is down.',
    });
    expect((await passwordSignIn(fixture, EMAIL)).AuthenticationResult).toBeDefined();
  });

  it('that may not be invoked, or answers nonsense, is reported as such', async () => {
    const denied = withTrigger('PostConfirmation', () => {
      throw new AwsServiceError('AccessDeniedException', 'no');
    });
    await expect(addMember(denied, EMAIL)).rejects.toMatchObject({
      code: 'UnexpectedLambdaException',
      message: 'PostConfirmation invocation failed due to error AccessDeniedException.',
    });
    await expect(
      addMember(
        withTrigger('PostConfirmation', () => null),
        EMAIL,
      ),
    ).rejects.toMatchObject({
      code: 'InvalidLambdaResponseException',
    });
  });

  it('hears of a reset password under another name', async () => {
    const fixture = withTrigger('PostConfirmation', (event) => event);
    await addMember(fixture, EMAIL);
    await fixture.call('ForgotPassword', { ClientId: CLIENT_ID, Username: EMAIL });
    const code = { ConfirmationCode: fixture.lastCode(), Password: 'Brand-new-2' };
    await fixture.call('ConfirmForgotPassword', { ClientId: CLIENT_ID, Username: EMAIL, ...code });
    expect(fixture.invocations.map(({ event }) => event.triggerSource)).toEqual([
      'PostConfirmation_ConfirmSignUp',
      'PostConfirmation_ConfirmForgotPassword',
    ]);
  });
});

describe('PreSignUp', () => {
  it('that refuses leaves no user behind', async () => {
    const fixture = withTrigger('PreSignUp', () => {
      throw new Error('not from here');
    });
    await expect(fixture.call('SignUp', signUp)).rejects.toThrow(
      'PreSignUp failed with error not from here.',
    );
    await expect(
      fixture.call('AdminGetUser', { UserPoolId: POOL_ID, Username: EMAIL }),
    ).rejects.toMatchObject({
      code: 'UserNotFoundException',
    });
  });

  it('may confirm at once, which sends no code', async () => {
    const fixture = withTrigger('PreSignUp', responding({ autoConfirmUser: true, autoVerifyEmail: true }));
    expect(await fixture.call('SignUp', signUp)).toMatchObject({ UserConfirmed: true });
    expect(fixture.cognito.mails()).toEqual([]);
    expect(decodeJwt((await signedIn(fixture, EMAIL)).IdToken)['email_verified']).toBe(true);
  });

  it('that takes its time cannot let the same address in twice', async () => {
    const waiting: (() => void)[] = [];
    const fixture = withTrigger(
      'PreSignUp',
      (event) =>
        new Promise((resolve) => {
          waiting.push(() => {
            resolve(event);
          });
        }),
    );
    const both = [fixture.call('SignUp', signUp), fixture.call('SignUp', signUp)];
    const settled = Promise.allSettled(both);
    await expect.poll(() => waiting.length).toBe(2);
    for (const go of waiting) go();
    const outcomes = await settled;
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(outcomes).toContainEqual(
      expect.objectContaining({
        reason: expect.objectContaining({ code: 'UsernameExistsException' }) as unknown,
      }),
    );
  });
});

describe('PreTokenGeneration', () => {
  it('version 1 changes the id token and the groups, but not who it is', async () => {
    const fixture = withTrigger(
      'PreTokenGeneration',
      responding({
        claimsOverrideDetails: {
          claimsToAddOrOverride: { memberId: 'm-1', sub: 'somebody else' },
          claimsToSuppress: ['email', 'iss'],
          groupOverrideDetails: { groupsToOverride: ['guest'] },
        },
      }),
    );
    const { sub } = await addMember(fixture, EMAIL);
    const { IdToken, AccessToken } = await signedIn(fixture, EMAIL);
    const claims = decodeJwt(IdToken);
    expect(claims).toMatchObject({ memberId: 'm-1', sub, 'cognito:groups': ['guest'] });
    expect(claims['email']).toBeUndefined();
    expect(claims.iss).toBeDefined();
    expect(decodeJwt(AccessToken)['memberId']).toBeUndefined();
    expect(fixture.invocations[0]?.event).toMatchObject({
      version: '1',
      triggerSource: 'TokenGeneration_Authentication',
      request: { groupConfiguration: { groupsToOverride: [] } },
    });
  });

  it('version 2 changes the access token too', async () => {
    const fixture = withTrigger(
      'PreTokenGeneration',
      responding({
        claimsAndScopeOverrideDetails: {
          accessTokenGeneration: {
            claimsToAddOrOverride: { plan: 'gold' },
            scopesToAdd: ['hours/read'],
            scopesToSuppress: ['aws.cognito.signin.user.admin'],
          },
        },
      }),
      { preTokenGenerationVersion: 'V2_0' },
    );
    await addMember(fixture, EMAIL);
    const { AccessToken } = await signedIn(fixture, EMAIL);
    expect(decodeJwt(AccessToken)).toMatchObject({ plan: 'gold', scope: 'hours/read' });
    expect(fixture.invocations[0]?.event).toMatchObject({
      version: '2',
      request: { scopes: ['aws.cognito.signin.user.admin'] },
    });
  });
});

describe('the other triggers', () => {
  it('PreAuthentication keeps a member out before the password is looked at', async () => {
    const fixture = withTrigger('PreAuthentication', () => {
      throw new Error('closed on Sundays');
    });
    await addMember(fixture, EMAIL);
    await expect(passwordSignIn(fixture, EMAIL, 'Wrong-pass-1')).rejects.toThrow('closed on Sundays');
  });

  it('PostAuthentication hears of every sign-in', async () => {
    const fixture = withTrigger('PostAuthentication', (event) => event);
    await addMember(fixture, EMAIL);
    await signedIn(fixture, EMAIL);
    expect(fixture.invocations.map(({ event }) => event.triggerSource)).toEqual([
      'PostAuthentication_Authentication',
    ]);
  });

  it('CustomMessage words the mail', async () => {
    const fixture = withTrigger(
      'CustomMessage',
      responding({ emailSubject: 'Hello', emailMessage: 'Type {####}, please' }),
    );
    await fixture.call('SignUp', signUp);
    const [mail] = fixture.cognito.mails();
    expect(mail).toMatchObject({ to: EMAIL, subject: 'Hello', body: `Type ${mail?.code ?? ''}, please` });
  });
});
