import {
  AdminAddUserToGroupCommand,
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  ListGroupsCommand,
  ListUsersCommand,
  ListUsersInGroupCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  addMember,
  CLIENT_ID,
  PASSWORD,
  passwordSignIn,
  POOL_ID,
  serveCognito,
  signedIn,
  startCognito,
  type Fixture,
} from './cognito-fixture.ts';

const EMAIL = 'ada@hourbank.test';
const user = { UserPoolId: POOL_ID, Username: EMAIL };

let fixture: Fixture;
let server: Awaited<ReturnType<typeof serveCognito>>;
let client: CognitoIdentityProviderClient;

beforeEach(async () => {
  fixture = startCognito();
  server = await serveCognito(fixture.cognito);
  client = new CognitoIdentityProviderClient({
    region: 'us-east-1',
    endpoint: server.url,
    credentials: { accessKeyId: 'developer', secretAccessKey: 'any' },
  });
});

afterEach(async () => {
  client.destroy();
  await server.close();
  fixture.cognito.close();
});

describe('with the AWS SDK, an administrator', () => {
  it('creates a member with a permanent password, who signs in at once', async () => {
    const created = await client.send(
      new AdminCreateUserCommand({
        ...user,
        MessageAction: 'SUPPRESS',
        UserAttributes: [
          { Name: 'email', Value: EMAIL },
          { Name: 'email_verified', Value: 'true' },
        ],
      }),
    );
    expect(created.User).toMatchObject({ UserStatus: 'FORCE_CHANGE_PASSWORD', Enabled: true });
    expect(created.User?.UserCreateDate?.getTime()).toBeCloseTo(fixture.clock.now(), -4);
    expect(fixture.cognito.mails()).toEqual([]);
    await client.send(new AdminSetUserPasswordCommand({ ...user, Password: PASSWORD, Permanent: true }));

    const found = await client.send(new AdminGetUserCommand(user));
    expect(found.UserStatus).toBe('CONFIRMED');
    const { AuthenticationResult } = await client.send(
      new AdminInitiateAuthCommand({
        UserPoolId: POOL_ID,
        ClientId: CLIENT_ID,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: EMAIL, PASSWORD },
      }),
    );
    expect(await fixture.cognito.verifyToken(AuthenticationResult?.IdToken ?? '')).toMatchObject({
      sub: found.Username,
      email: EMAIL,
      email_verified: true,
    });
  });

  it('invites a member, whose temporary password is good for seven days', async () => {
    await client.send(new AdminCreateUserCommand({ ...user, DesiredDeliveryMediums: ['EMAIL'] }));
    const temporary = fixture.lastCode();
    expect(fixture.cognito.mails()[0]).toMatchObject({ to: EMAIL, subject: 'Welcome' });
    const signIn = () =>
      client.send(
        new AdminInitiateAuthCommand({
          UserPoolId: POOL_ID,
          ClientId: CLIENT_ID,
          AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: EMAIL, PASSWORD: temporary },
        }),
      );
    const { ChallengeName, Session, ChallengeParameters } = await signIn();
    expect(ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
    expect(JSON.parse(ChallengeParameters?.['userAttributes'] ?? '')).toEqual({ email: EMAIL });

    fixture.clock.advance(8 * 86_400_000);
    await expect(signIn()).rejects.toThrow('Temporary password has expired');
    await client.send(
      new AdminCreateUserCommand({ ...user, MessageAction: 'RESEND', DesiredDeliveryMediums: ['EMAIL'] }),
    );
    expect(fixture.lastCode()).not.toBe(temporary);

    const { AuthenticationResult } = await client.send(
      new AdminRespondToAuthChallengeCommand({
        UserPoolId: POOL_ID,
        ClientId: CLIENT_ID,
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        ...(Session !== undefined && { Session }),
        ChallengeResponses: { USERNAME: EMAIL, NEW_PASSWORD: PASSWORD },
      }),
    );
    expect(AuthenticationResult?.AccessToken).toBeDefined();
    await expect(
      client.send(new AdminCreateUserCommand({ ...user, MessageAction: 'RESEND' })),
    ).rejects.toMatchObject({ name: 'UnsupportedUserStateException' });
  });

  it('puts members into groups, which their next tokens carry in order of precedence', async () => {
    const { sub } = await addMember(fixture, EMAIL);
    await addMember(fixture, 'ben@hourbank.test');
    for (const GroupName of ['treasurer', 'admin', 'admin'])
      await client.send(new AdminAddUserToGroupCommand({ ...user, GroupName }));
    const tokens = await signedIn(fixture, EMAIL);
    expect(decodeJwt(tokens.AccessToken)['cognito:groups']).toEqual(['admin', 'treasurer']);
    expect(decodeJwt(tokens.IdToken)).toMatchObject({
      'cognito:groups': ['admin', 'treasurer'],
      'cognito:preferred_role': 'arn:aws:iam::000000000000:role/admin',
    });
    const groups = await client.send(new AdminListGroupsForUserCommand(user));
    expect(groups.Groups?.map(({ GroupName }) => GroupName)).toEqual(['admin', 'treasurer']);
    const members = await client.send(
      new ListUsersInGroupCommand({ UserPoolId: POOL_ID, GroupName: 'admin' }),
    );
    expect(members.Users?.map(({ Username }) => Username)).toEqual([sub]);

    await client.send(new AdminRemoveUserFromGroupCommand({ ...user, GroupName: 'admin' }));
    await client.send(new AdminRemoveUserFromGroupCommand({ ...user, GroupName: 'treasurer' }));
    expect(decodeJwt((await signedIn(fixture, EMAIL)).AccessToken)['cognito:groups']).toBeUndefined();
    await expect(
      client.send(new AdminAddUserToGroupCommand({ ...user, GroupName: 'owners' })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: 'Group not found.' });
  });

  it('shuts a member out and lets them in again', async () => {
    await addMember(fixture, EMAIL);
    const { AccessToken, RefreshToken } = await signedIn(fixture, EMAIL);
    await client.send(new AdminDisableUserCommand(user));
    await expect(passwordSignIn(fixture, EMAIL)).rejects.toThrow('User is disabled.');
    await expect(passwordSignIn(fixture, EMAIL, 'Wrong-pass-1')).rejects.toThrow(
      'Incorrect username or password.',
    );
    await expect(fixture.cognito.verifyToken(AccessToken)).rejects.toThrow('revoked');
    await expect(
      fixture.call('GetTokensFromRefreshToken', { ClientId: CLIENT_ID, RefreshToken }),
    ).rejects.toMatchObject({ code: 'NotAuthorizedException' });
    await client.send(new AdminEnableUserCommand(user));
    expect(await signedIn(fixture, EMAIL)).toBeDefined();
    await expect(fixture.cognito.verifyToken(AccessToken)).rejects.toThrow('revoked');
  });

  it('confirms, renames and signs out a member', async () => {
    await client.send(new SignUpCommand({ ClientId: CLIENT_ID, Username: EMAIL, Password: PASSWORD }));
    await client.send(new AdminConfirmSignUpCommand(user));
    const { AccessToken } = await signedIn(fixture, EMAIL);
    await client.send(
      new AdminUpdateUserAttributesCommand({
        ...user,
        UserAttributes: [
          { Name: 'email', Value: 'lovelace@hourbank.test' },
          { Name: 'email_verified', Value: 'true' },
        ],
      }),
    );
    await expect(client.send(new AdminGetUserCommand(user))).rejects.toMatchObject({
      name: 'UserNotFoundException',
    });
    const renamed = { UserPoolId: POOL_ID, Username: 'Lovelace@HourBank.test' };
    expect((await client.send(new AdminGetUserCommand(renamed))).UserStatus).toBe('CONFIRMED');
    await client.send(new AdminUserGlobalSignOutCommand(renamed));
    await expect(fixture.cognito.verifyToken(AccessToken)).rejects.toThrow('revoked');
  });

  it('lists members page by page, and finds them by attribute', async () => {
    for (const name of ['ada', 'adam', 'ben']) await addMember(fixture, `${name}@hourbank.test`);
    const find = async (Filter: string) => {
      const { Users } = await client.send(new ListUsersCommand({ UserPoolId: POOL_ID, Filter }));
      return Users?.map(({ Attributes }) => Attributes?.find(({ Name }) => Name === 'email')?.Value).sort();
    };
    expect(await find('email = "ada@hourbank.test"')).toEqual(['ada@hourbank.test']);
    expect(await find('email ^= "ada"')).toEqual(['ada@hourbank.test', 'adam@hourbank.test']);
    expect(await find('cognito:user_status = "CONFIRMED"')).toHaveLength(3);
    await expect(find('email LIKE "a"')).rejects.toMatchObject({ name: 'InvalidParameterException' });

    const seen: (string | undefined)[] = [];
    let PaginationToken: string | undefined;
    do {
      const page = await client.send(
        new ListUsersCommand({ UserPoolId: POOL_ID, Limit: 2, ...(PaginationToken && { PaginationToken }) }),
      );
      seen.push(...(page.Users ?? []).map(({ Username }) => Username));
      PaginationToken = page.PaginationToken;
    } while (PaginationToken);
    expect(new Set(seen).size).toBe(3);
    const { Groups } = await client.send(new ListGroupsCommand({ UserPoolId: POOL_ID }));
    expect(Groups?.map(({ GroupName }) => GroupName)).toEqual(['admin', 'treasurer']);
  });

  it('needs the permission of that name on the pool; members need none', () => {
    const { operations } = fixture.cognito.service;
    const needed = Object.entries(operations).map(
      ([name, { permissions }]) => [name, permissions?.({ UserPoolId: POOL_ID }) ?? []] as const,
    );
    for (const [name, permissions] of needed)
      expect(permissions).toEqual(
        /^(Admin|List)/.test(name)
          ? [
              {
                action: `cognito-idp:${name}`,
                resource: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${POOL_ID}`,
              },
            ]
          : [],
      );
  });
});
