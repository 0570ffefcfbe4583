import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import {
  addMember,
  CLIENT_ID,
  clientConfig,
  PASSWORD,
  passwordSignIn,
  POOL_ID,
  poolConfig,
  signedIn,
  startCognito,
} from './cognito-fixture.ts';

const EMAIL = 'ada@hourbank.test';
const ISSUER = `https://cognito-idp.us-east-1.amazonaws.com/${POOL_ID}`;
const signUp = { ClientId: CLIENT_ID, Username: EMAIL, Password: PASSWORD };
const SECOND = 1000;
const HOUR = 3600 * SECOND;

describe('tokens', () => {
  it('satisfy any verifier that knows the pool by its issuer', async () => {
    const fixture = startCognito();
    const { sub } = await addMember(fixture, EMAIL);
    const { AccessToken, IdToken } = await signedIn(fixture, EMAIL);
    const keys = createLocalJWKSet(fixture.cognito.jwks(POOL_ID) as Parameters<typeof createLocalJWKSet>[0]);
    const id = await jwtVerify(IdToken, keys, { issuer: ISSUER, audience: CLIENT_ID });
    expect(id.payload).toMatchObject({ sub, token_use: 'id', email: EMAIL, 'cognito:username': sub });
    const access = await jwtVerify(AccessToken, keys, { issuer: ISSUER });
    expect(access.payload).toMatchObject({ sub, token_use: 'access', client_id: CLIENT_ID, username: sub });
    expect(access.payload['origin_jti']).toBe(id.payload['origin_jti']);
    expect(access.payload.jti).not.toBe(id.payload.jti);
  });

  it('of another pool, unsigned, tampered with, or signed by a stranger are refused', async () => {
    const otherId = 'us-east-1_other0002';
    const other = poolConfig({ id: otherId, clients: [clientConfig({ id: 'otherclient' })] });
    const elsewhere = startCognito();
    const fixture = startCognito({ pools: [poolConfig(), other] });
    await addMember(fixture, EMAIL);
    await addMember(elsewhere, EMAIL);
    const { AccessToken } = await signedIn(fixture, EMAIL);
    const claims = decodeJwt(AccessToken);
    const { kid } = decodeProtectedHeader(AccessToken);
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const signedByStranger = (header: Record<string, string | undefined>) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', ...header }).sign(stranger);
    const [header = '', payload = '', signature = ''] = AccessToken.split('.');
    const altered = Buffer.from(JSON.stringify({ ...claims, username: 'admin' })).toString('base64url');
    const hmac = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: kid ?? '' })
      .sign(Buffer.from(JSON.stringify(fixture.cognito.jwks(POOL_ID))));

    const refused = [
      (await signedIn(elsewhere, EMAIL)).AccessToken,
      new UnsecuredJWT(claims).encode(),
      `${Buffer.from(JSON.stringify({ alg: 'none', kid })).toString('base64url')}.${payload}.`,
      `${header}.${payload}.`,
      `${header}.${altered}.${signature}`,
      await signedByStranger({ kid }),
      await signedByStranger({}),
      hmac,
      '',
      'nonsense',
    ];
    for (const token of refused)
      await expect(fixture.cognito.verifyToken(token)).rejects.toMatchObject({
        code: 'NotAuthorizedException',
        message: 'Invalid Access Token',
      });
    await expect(fixture.cognito.verifyToken(AccessToken)).resolves.toMatchObject({ client_id: CLIENT_ID });
  });

  it('expire by real time, whatever the embedded clock says', async () => {
    const fixture = startCognito();
    await addMember(fixture, EMAIL);
    const { AccessToken, RefreshToken } = await signedIn(fixture, EMAIL);
    fixture.clock.advance(365 * 24 * HOUR);
    await expect(fixture.cognito.verifyToken(AccessToken)).resolves.toBeDefined();
    fixture.passRealTime(HOUR + SECOND);
    await expect(fixture.cognito.verifyToken(AccessToken)).rejects.toThrow('Access Token has expired');

    const renew = () => fixture.call('GetTokensFromRefreshToken', { ClientId: CLIENT_ID, RefreshToken });
    const renewed = (await renew()).AuthenticationResult?.AccessToken ?? '';
    expect(decodeJwt(renewed)['auth_time']).toBe(decodeJwt(AccessToken)['auth_time']);
    fixture.passRealTime(30 * 24 * HOUR);
    await expect(renew()).rejects.toThrow('Refresh Token has expired');
  });

  it('a refresh token is good for its own client only, until it is revoked', async () => {
    const pools = [poolConfig({ clients: [clientConfig(), clientConfig({ id: 'second' })] })];
    const fixture = startCognito({ pools });
    await addMember(fixture, EMAIL);
    const { AccessToken, RefreshToken } = await signedIn(fixture, EMAIL);
    const renew = (ClientId: string) => fixture.call('GetTokensFromRefreshToken', { ClientId, RefreshToken });
    await expect(renew('second')).rejects.toThrow('Invalid Refresh Token');
    await fixture.call('RevokeToken', { ClientId: 'second', Token: RefreshToken });
    expect((await renew(CLIENT_ID)).AuthenticationResult).toBeDefined();
    await fixture.call('RevokeToken', { ClientId: CLIENT_ID, Token: RefreshToken });
    await expect(renew(CLIENT_ID)).rejects.toThrow('Invalid Refresh Token');
    await expect(fixture.cognito.verifyToken(AccessToken)).rejects.toThrow('Access Token has been revoked');
  });

  it('an id token opens no account operation', async () => {
    const fixture = startCognito();
    await addMember(fixture, EMAIL);
    const { IdToken } = await signedIn(fixture, EMAIL);
    await expect(fixture.call('GetUser', { AccessToken: IdToken })).rejects.toThrow('Invalid Access Token');
  });
});

describe('what is stored', () => {
  it('survives a restart: users, sessions, groups, waiting codes and the key; never a password or token', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'cognito-'));
    try {
      const before = startCognito({ storage: { directory } });
      await addMember(before, EMAIL);
      await before.call('AdminAddUserToGroup', { UserPoolId: POOL_ID, Username: EMAIL, GroupName: 'admin' });
      const { AccessToken, RefreshToken } = await signedIn(before, EMAIL);
      await before.call('SignUp', { ...signUp, Username: 'ben@hourbank.test' });
      const code = before.lastCode();
      // Not closed: what was answered must be on disk already.
      const after = startCognito({ storage: { directory } });
      await expect(after.cognito.verifyToken(AccessToken)).resolves.toBeDefined();
      const renewed = await after.call('GetTokensFromRefreshToken', { ClientId: CLIENT_ID, RefreshToken });
      expect(decodeJwt(renewed.AuthenticationResult?.AccessToken ?? '')['cognito:groups']).toEqual(['admin']);
      expect(await signedIn(after, EMAIL)).toBeDefined();
      const confirmation = { ClientId: CLIENT_ID, Username: 'ben@hourbank.test', ConfirmationCode: code };
      await expect(after.call('ConfirmSignUp', confirmation)).resolves.toEqual({});
      after.cognito.close();
      before.cognito.close();

      const bytes = readdirSync(directory).map((name) => readFileSync(join(directory, name), 'latin1'));
      for (const secret of [PASSWORD, RefreshToken, AccessToken])
        expect(bytes.some((content) => content.includes(secret))).toBe(false);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

describe('signing up', () => {
  it('refuses bad input in the words of Cognito', async () => {
    const { call } = startCognito();
    const refusals: [Record<string, unknown>, string, string][] = [
      [{ Password: 'Short-1' }, 'InvalidPasswordException', 'Password not long enough'],
      [{ Password: 'hourbank-demo-1' }, 'InvalidPasswordException', 'must have uppercase characters'],
      [{ Password: 'HourBank-demo-' }, 'InvalidPasswordException', 'must have numeric characters'],
      [{ Password: 'HourBankdemo1' }, 'InvalidPasswordException', 'must have symbol characters'],
      [{ Username: 'ada' }, 'InvalidParameterException', 'Username should be an email.'],
      [
        { UserAttributes: [{ Name: 'email', Value: 'other@hourbank.test' }] },
        'InvalidParameterException',
        'do not match',
      ],
      [
        { UserAttributes: [{ Name: 'custom:role', Value: 'admin' }] },
        'InvalidParameterException',
        'Attributes did not conform to the schema',
      ],
      [
        { UserAttributes: [{ Name: 'email_verified', Value: 'true' }] },
        'NotAuthorizedException',
        'A client attempted to write unauthorized attribute',
      ],
      [{ UserAttributes: [{ Name: 'sub', Value: 'me' }] }, 'InvalidParameterException', 'sub'],
      [{ ClientId: 'nobody' }, 'ResourceNotFoundException', 'User pool client nobody does not exist.'],
      [{ Username: undefined }, 'InvalidParameterException', "Value at 'username' failed"],
      [{ Password: 12345678 }, 'InvalidParameterException', "Value at 'password' failed"],
    ];
    for (const [change, code, message] of refusals)
      await expect(call('SignUp', { ...signUp, ...change })).rejects.toMatchObject({
        code,
        message: expect.stringContaining(message) as unknown,
      });
  });

  it('takes an address once, however it is written', async () => {
    const fixture = startCognito();
    await addMember(fixture, EMAIL);
    await expect(fixture.call('SignUp', { ...signUp, Username: 'Ada@HourBank.Test' })).rejects.toMatchObject({
      code: 'UsernameExistsException',
      message: 'An account with the given email already exists.',
    });
    expect((await passwordSignIn(fixture, 'ADA@hourbank.test')).AuthenticationResult).toBeDefined();
  });

  it('a code holds for a day of the embedded clock, for one use, and for five wrong tries', async () => {
    const { call, clock, lastCode } = startCognito();
    const confirm = (ConfirmationCode: string) =>
      call('ConfirmSignUp', { ClientId: CLIENT_ID, Username: EMAIL, ConfirmationCode });
    await call('SignUp', signUp);
    clock.advance(24 * HOUR);
    await expect(confirm(lastCode())).rejects.toMatchObject({ code: 'ExpiredCodeException' });
    await call('ResendConfirmationCode', { ClientId: CLIENT_ID, Username: EMAIL });
    for (let tries = 0; tries < 5; tries += 1)
      await expect(confirm('not it')).rejects.toMatchObject({ code: 'CodeMismatchException' });
    await expect(confirm(lastCode())).rejects.toMatchObject({ code: 'LimitExceededException' });
    clock.advance(HOUR);
    await confirm(lastCode());
    await expect(confirm(lastCode())).rejects.toThrow('Current status is CONFIRMED');
  });

  it('sends at most five codes an hour', async () => {
    const { call, clock, cognito } = startCognito();
    await call('SignUp', signUp);
    const resend = () => call('ResendConfirmationCode', { ClientId: CLIENT_ID, Username: EMAIL });
    for (let times = 0; times < 4; times += 1) await resend();
    await expect(resend()).rejects.toMatchObject({ code: 'LimitExceededException' });
    expect(cognito.mails()).toHaveLength(5);
    clock.advance(HOUR);
    await resend();
    expect(cognito.mails()).toHaveLength(6);
  });

  it('is closed where only administrators create users', async () => {
    const { call } = startCognito({ pools: [poolConfig({ adminCreateUserOnly: true })] });
    await expect(call('SignUp', signUp)).rejects.toThrow('SignUp is not permitted for this user pool');
  });
});

describe('guessing', () => {
  it('locks an account from the fifth wrong password on, longer each time', async () => {
    const fixture = startCognito();
    await addMember(fixture, EMAIL);
    const wrong = () => passwordSignIn(fixture, EMAIL, 'Wrong-pass-1');
    for (let tries = 0; tries < 5; tries += 1) await expect(wrong()).rejects.toThrow('Incorrect username');
    await expect(passwordSignIn(fixture, EMAIL)).rejects.toThrow('Password attempts exceeded');
    fixture.passRealTime(SECOND);
    await expect(wrong()).rejects.toThrow('Incorrect username');
    fixture.passRealTime(SECOND);
    await expect(wrong()).rejects.toThrow('Password attempts exceeded');
    fixture.passRealTime(SECOND);
    expect((await passwordSignIn(fixture, EMAIL)).AuthenticationResult).toBeDefined();
  });

  it('learns nothing of who is a member', async () => {
    const fixture = startCognito();
    await addMember(fixture, EMAIL);
    const { call } = fixture;
    const client = { ClientId: CLIENT_ID };
    const nobody = 'nobody@hourbank.test';
    const start = (USERNAME: string) =>
      call('InitiateAuth', {
        ...client,
        AuthFlow: 'USER_SRP_AUTH',
        AuthParameters: { USERNAME, SRP_A: 'abcdef0123456789' },
      });
    const [known, unknown, again] = [await start(EMAIL), await start(nobody), await start(nobody)];
    const shape = (answer: typeof known) =>
      Object.entries(answer.ChallengeParameters ?? {}).map(([name, value]) =>
        name === 'SRP_B' || name === 'SALT' ? name : [name, value.length],
      );
    expect(shape(unknown)).toEqual(shape(known));
    expect(unknown.ChallengeParameters?.['SALT']).toBe(again.ChallengeParameters?.['SALT']);
    expect(unknown.ChallengeParameters?.['USERNAME']).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

    await expect(passwordSignIn(fixture, nobody)).rejects.toThrow('Incorrect username or password.');
    for (const operation of ['ForgotPassword', 'ResendConfirmationCode'])
      expect((await call(operation, { ...client, Username: nobody })).CodeDeliveryDetails?.Destination).toBe(
        'n***@h***',
      );
    const reset = { ...client, Username: nobody, ConfirmationCode: '123456', Password: PASSWORD };
    await expect(call('ConfirmForgotPassword', reset)).rejects.toMatchObject({
      code: 'ExpiredCodeException',
    });
    await expect(call('ConfirmForgotPassword', { ...reset, Username: EMAIL })).rejects.toMatchObject({
      code: 'ExpiredCodeException',
    });
    for (let tries = 0; tries < 5; tries += 1)
      await expect(passwordSignIn(fixture, nobody)).rejects.toMatchObject({ code: 'NotAuthorizedException' });
    await expect(passwordSignIn(fixture, nobody)).rejects.toThrow('Password attempts exceeded');
  });

  it('is told who is a member where the client is LEGACY', async () => {
    const pools = [poolConfig({ clients: [clientConfig({ preventUserExistenceErrors: false })] })];
    const { call } = startCognito({ pools });
    const client = { ClientId: CLIENT_ID, Username: 'nobody@hourbank.test' };
    for (const [operation, input] of [
      ['ForgotPassword', client],
      ['ResendConfirmationCode', client],
      ['ConfirmSignUp', { ...client, ConfirmationCode: '1' }],
      ['ConfirmForgotPassword', { ...client, ConfirmationCode: '1', Password: PASSWORD }],
      [
        'InitiateAuth',
        { ...client, AuthFlow: 'USER_SRP_AUTH', AuthParameters: { USERNAME: 'nobody', SRP_A: 'ff' } },
      ],
    ] as const)
      await expect(call(operation, input)).rejects.toMatchObject({ code: 'UserNotFoundException' });
  });

  it('cannot answer a challenge twice, too late, or for another client', async () => {
    const pools = [poolConfig({ clients: [clientConfig(), clientConfig({ id: 'second' })] })];
    const { call, passRealTime } = startCognito({ pools });
    await call('AdminCreateUser', {
      UserPoolId: POOL_ID,
      Username: EMAIL,
      TemporaryPassword: 'Temporary-1',
      MessageAction: 'SUPPRESS',
    });
    const start = async () =>
      (
        await call('InitiateAuth', {
          ClientId: CLIENT_ID,
          AuthFlow: 'USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: EMAIL, PASSWORD: 'Temporary-1' },
        })
      ).Session;
    const respond = (Session: string | undefined, ClientId = CLIENT_ID) =>
      call('RespondToAuthChallenge', {
        ClientId,
        Session,
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        ChallengeResponses: { USERNAME: EMAIL, NEW_PASSWORD: PASSWORD },
      });
    await expect(respond(await start(), 'second')).rejects.toThrow('Invalid session for the user.');
    const late = await start();
    passRealTime(180 * SECOND);
    await expect(respond(late)).rejects.toThrow('Invalid session for the user.');
    const session = await start();
    expect((await respond(session)).AuthenticationResult).toBeDefined();
    await expect(respond(session)).rejects.toThrow('Invalid session for the user.');
  });

  it('SRP_A of 0 modulo N opens nothing', async () => {
    const fixture = startCognito();
    await addMember(fixture, EMAIL);
    await expect(
      fixture.call('InitiateAuth', {
        ClientId: CLIENT_ID,
        AuthFlow: 'USER_SRP_AUTH',
        AuthParameters: { USERNAME: EMAIL, SRP_A: '0' },
      }),
    ).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });

  it('only by flows that the client allows', async () => {
    const pools = [poolConfig({ clients: [clientConfig({ authFlows: ['ALLOW_USER_SRP_AUTH'] })] })];
    const fixture = startCognito({ pools });
    await expect(passwordSignIn(fixture, EMAIL)).rejects.toThrow(
      'USER_PASSWORD_AUTH flow not enabled for this client',
    );
  });
});

describe('a signed-in member', () => {
  it('keeps the old address until the new one is verified', async () => {
    const fixture = startCognito();
    const { call, lastCode, cognito } = fixture;
    await addMember(fixture, EMAIL);
    const { AccessToken } = await signedIn(fixture, EMAIL);
    await call('UpdateUserAttributes', {
      AccessToken,
      UserAttributes: [
        { Name: 'email', Value: 'new@hourbank.test' },
        { Name: 'name', Value: 'Ada' },
      ],
    });
    expect(cognito.mails()[0]?.to).toBe('new@hourbank.test');
    const address = async () =>
      (await call('GetUser', { AccessToken })).UserAttributes?.find(({ Name }) => Name === 'email')?.Value;
    expect(await address()).toBe(EMAIL);
    await call('VerifyUserAttribute', { AccessToken, AttributeName: 'email', Code: lastCode() });
    expect(await address()).toBe('new@hourbank.test');
    expect((await passwordSignIn(fixture, 'new@hourbank.test')).AuthenticationResult).toBeDefined();
    await expect(passwordSignIn(fixture, EMAIL)).rejects.toThrow('Incorrect username or password.');
  });

  it('cannot take the address of another', async () => {
    const fixture = startCognito();
    await addMember(fixture, EMAIL);
    await addMember(fixture, 'ben@hourbank.test');
    const { AccessToken } = await signedIn(fixture, 'ben@hourbank.test');
    await fixture.call('UpdateUserAttributes', {
      AccessToken,
      UserAttributes: [{ Name: 'email', Value: EMAIL }],
    });
    const verify = { AccessToken, AttributeName: 'email', Code: fixture.lastCode() };
    await expect(fixture.call('VerifyUserAttribute', verify)).rejects.toMatchObject({
      code: 'AliasExistsException',
    });
  });

  it('leaves nothing behind when deleted', async () => {
    const fixture = startCognito();
    const { sub } = await addMember(fixture, EMAIL);
    const { AccessToken } = await signedIn(fixture, EMAIL);
    await fixture.call('DeleteUser', { AccessToken });
    await expect(fixture.cognito.verifyToken(AccessToken)).rejects.toThrow('revoked');
    await expect(fixture.call('AdminGetUser', { UserPoolId: POOL_ID, Username: sub })).rejects.toMatchObject({
      code: 'UserNotFoundException',
    });
    expect((await addMember(fixture, EMAIL)).sub).not.toBe(sub);
  });

  it('who was deleted leaves no group and no session to the next of that name', async () => {
    const byName = poolConfig({ usernameAttributes: [], autoVerifiedAttributes: [], schema: [] });
    const fixture = startCognito({ pools: [byName] });
    const ada = { UserPoolId: POOL_ID, Username: 'ada' };
    const create = async () => {
      await fixture.call('AdminCreateUser', { ...ada, MessageAction: 'SUPPRESS' });
      await fixture.call('AdminSetUserPassword', { ...ada, Password: PASSWORD, Permanent: true });
    };
    await create();
    await fixture.call('AdminAddUserToGroup', { ...ada, GroupName: 'admin' });
    const { AccessToken, RefreshToken } = await signedIn(fixture, 'ada');
    expect(decodeJwt(AccessToken)).toMatchObject({ username: 'ada', 'cognito:groups': ['admin'] });
    await fixture.call('AdminDeleteUser', ada);
    await create();
    await expect(fixture.cognito.verifyToken(AccessToken)).rejects.toThrow('revoked');
    await expect(
      fixture.call('GetTokensFromRefreshToken', { ClientId: CLIENT_ID, RefreshToken }),
    ).rejects.toThrow('Invalid Refresh Token');
    expect(decodeJwt((await signedIn(fixture, 'ada')).AccessToken)['cognito:groups']).toBeUndefined();
  });
});
