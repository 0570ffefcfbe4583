import {
  AdminAddUserToGroupCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';

/** Makes a member an admin, as an operator does: no member can. It shows in the tokens of the next sign-in. */
export async function makeAdmin(gatewayUrl: string, userPoolId: string, email: string): Promise<void> {
  const cognito = new CognitoIdentityProviderClient({
    endpoint: gatewayUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'developer', secretAccessKey: 'developer' },
  });
  await cognito.send(
    new AdminAddUserToGroupCommand({ UserPoolId: userPoolId, Username: email, GroupName: 'admin' }),
  );
  cognito.destroy();
}
