import { Amplify } from 'aws-amplify';
import {
  confirmResetPassword,
  confirmSignIn,
  confirmSignUp,
  fetchAuthSession,
  getCurrentUser,
  resendSignUpCode,
  resetPassword,
  signIn,
  signOut,
  signUp,
  updatePassword,
} from 'aws-amplify/auth';
import { ConsoleLogger } from 'aws-amplify/utils';
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLIENT_ID, PASSWORD, POOL_ID, serveCognito, startCognito, type Fixture } from './cognito-fixture.ts';

let fixture: Fixture;
let server: Awaited<ReturnType<typeof serveCognito>>;

beforeEach(async () => {
  fixture = startCognito();
  server = await serveCognito(fixture.cognito);
  ConsoleLogger.LOG_LEVEL = 'ERROR'; // It warns of every endpoint that is not AWS's.
  const kept = new Map<string, string>();
  Amplify.configure({
    Auth: {
      Cognito: { userPoolId: POOL_ID, userPoolClientId: CLIENT_ID, userPoolEndpoint: server.url },
    },
  });
  cognitoUserPoolsTokenProvider.setKeyValueStorage({
    setItem: (key, value) => Promise.resolve(void kept.set(key, value)),
    getItem: (key) => Promise.resolve(kept.get(key) ?? null),
    removeItem: (key) => Promise.resolve(void kept.delete(key)),
    clear: () => {
      kept.clear();
      return Promise.resolve();
    },
  });
});

afterEach(async () => {
  await server.close();
  fixture.cognito.close();
});

const EMAIL = 'ada@hourbank.test';

async function join(email = EMAIL, password = PASSWORD): Promise<void> {
  await signUp({ username: email, password, options: { userAttributes: { email } } });
  await confirmSignUp({ username: email, confirmationCode: fixture.lastCode() });
}

describe('with the client of aws-amplify', () => {
  it('a member signs up, confirms by the code from the mail, and signs in by SRP', async () => {
    const { nextStep, userId } = await signUp({
      username: EMAIL,
      password: PASSWORD,
      options: { userAttributes: { email: EMAIL } },
    });
    expect(nextStep).toMatchObject({
      signUpStep: 'CONFIRM_SIGN_UP',
      codeDeliveryDetails: { destination: 'a***@h***', deliveryMedium: 'EMAIL', attributeName: 'email' },
    });
    expect((await signIn({ username: EMAIL, password: PASSWORD })).nextStep.signInStep).toBe(
      'CONFIRM_SIGN_UP',
    );
    await confirmSignUp({ username: EMAIL, confirmationCode: fixture.lastCode() });

    expect(await signIn({ username: EMAIL, password: PASSWORD })).toMatchObject({ isSignedIn: true });
    const { tokens } = await fetchAuthSession();
    expect(tokens?.idToken?.payload).toMatchObject({ sub: userId, email: EMAIL, email_verified: true });
    expect(await getCurrentUser()).toMatchObject({ userId, signInDetails: { loginId: EMAIL } });
  });

  it('a name that nobody has looks like a wrong password', async () => {
    await join();
    const wrong = await signIn({ username: EMAIL, password: 'Wrong-pass-1' }).catch(
      (error: unknown) => error,
    );
    const nobody = await signIn({ username: 'nobody@x.test', password: PASSWORD }).catch(
      (error: unknown) => error,
    );
    expect(wrong).toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    });
    expect(nobody).toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    });
  });

  it('a session is renewed on demand, and ends everywhere by a global sign-out', async () => {
    await join();
    await signIn({ username: EMAIL, password: PASSWORD });
    const first = (await fetchAuthSession()).tokens?.accessToken.toString() ?? '';
    const second = (await fetchAuthSession({ forceRefresh: true })).tokens?.accessToken.toString() ?? '';
    expect(second).not.toBe(first);
    const claims = await fixture.cognito.verifyToken(second);
    expect(claims['origin_jti']).toBe((await fixture.cognito.verifyToken(first))['origin_jti']);

    await signOut({ global: true });
    await expect(fixture.cognito.verifyToken(first)).rejects.toThrow('revoked');
    await expect(fixture.cognito.verifyToken(second)).rejects.toThrow('revoked');
  });

  it('signing out on one device leaves the other signed in', async () => {
    await join();
    await signIn({ username: EMAIL, password: PASSWORD });
    const here = (await fetchAuthSession()).tokens?.accessToken.toString() ?? '';
    const { AuthenticationResult: there } = await fixture.call('InitiateAuth', {
      ClientId: CLIENT_ID,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: EMAIL, PASSWORD },
    });
    await signOut();
    await expect(fixture.cognito.verifyToken(here)).rejects.toThrow('revoked');
    await expect(fixture.cognito.verifyToken(there?.AccessToken ?? '')).resolves.toBeDefined();
  });

  it('a forgotten password is replaced by code', async () => {
    await join();
    const { nextStep } = await resetPassword({ username: EMAIL });
    expect(nextStep.resetPasswordStep).toBe('CONFIRM_RESET_PASSWORD_WITH_CODE');
    const confirmationCode = fixture.lastCode();
    await confirmResetPassword({ username: EMAIL, confirmationCode, newPassword: 'Brand-new-2' });
    await expect(signIn({ username: EMAIL, password: PASSWORD })).rejects.toThrow(
      'Incorrect username or password.',
    );
    expect(await signIn({ username: EMAIL, password: 'Brand-new-2' })).toMatchObject({ isSignedIn: true });
  });

  it('a member changes the password, and must know the old one', async () => {
    await join();
    await signIn({ username: EMAIL, password: PASSWORD });
    await expect(updatePassword({ oldPassword: 'Wrong-pass-1', newPassword: 'Brand-new-2' })).rejects.toThrow(
      'Incorrect username or password.',
    );
    await expect(updatePassword({ oldPassword: PASSWORD, newPassword: 'short' })).rejects.toMatchObject({
      name: 'InvalidPasswordException',
    });
    await updatePassword({ oldPassword: PASSWORD, newPassword: 'Brand-new-2' });
    await signOut();
    expect(await signIn({ username: EMAIL, password: 'Brand-new-2' })).toMatchObject({ isSignedIn: true });
  });

  it('an invited member chooses a password at the first sign-in', async () => {
    await fixture.call('AdminCreateUser', {
      UserPoolId: POOL_ID,
      Username: EMAIL,
      TemporaryPassword: 'Temporary-1',
      UserAttributes: [{ Name: 'email_verified', Value: 'true' }],
      DesiredDeliveryMediums: ['EMAIL'],
    });
    expect(fixture.lastCode()).toBe('Temporary-1');
    const { nextStep } = await signIn({ username: EMAIL, password: 'Temporary-1' });
    expect(nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED');
    expect(await confirmSignIn({ challengeResponse: PASSWORD })).toMatchObject({ isSignedIn: true });
  });

  it('a second code takes the place of the first', async () => {
    await signUp({ username: EMAIL, password: PASSWORD, options: { userAttributes: { email: EMAIL } } });
    const first = fixture.lastCode();
    await resendSignUpCode({ username: EMAIL });
    const second = fixture.lastCode();
    // One time in a million both are the same.
    if (first !== second)
      await expect(confirmSignUp({ username: EMAIL, confirmationCode: first })).rejects.toMatchObject({
        name: 'CodeMismatchException',
      });
    expect(await confirmSignUp({ username: EMAIL, confirmationCode: second })).toMatchObject({
      isSignUpComplete: true,
    });
  });

  it('passwords of any characters that the policy accepts sign in', async () => {
    for (const [index, password] of [
      'Zoë has 2 c@ts',
      'пароль-Aa1',
      'Aa1 "quoted" \\',
      '🔑Key-1234',
    ].entries()) {
      const email = `member-${index}@hourbank.test`;
      await join(email, password);
      expect(await signIn({ username: email, password })).toMatchObject({ isSignedIn: true });
      await signOut();
    }
  });
});
