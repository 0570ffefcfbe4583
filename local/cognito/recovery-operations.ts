import { AwsServiceError, type AwsOperation } from '../gateway/aws-service.ts';
import { deliveryDetails } from './code-delivery.ts';
import {
  codeExpired,
  codeMismatch,
  invalidParameter,
  notAuthorized,
  userNotFound,
} from './cognito-errors.ts';
import { metadata, publicOperation, text } from './cognito-operation.ts';
import type { CognitoParts } from './cognito-parts.ts';
import { tellConfirmed } from './confirmation.ts';
import { checkPassword } from './password-policy.ts';
import { createPasswordRecord } from './srp.ts';
import type { User } from './user.ts';

/** A forgotten password. */
export function recoveryOperations(parts: CognitoParts): Record<string, AwsOperation> {
  const { pools, delivery, store, clock } = parts;

  return {
    ForgotPassword: publicOperation(
      { ClientId: text, Username: text, ClientMetadata: metadata },
      async (input) => {
        const { pool, client } = pools.byClient(input.ClientId);
        const user = pool.find(input.Username);
        const address = user?.enabled ? recoveryAddress(user) : undefined;
        if (client.preventUserExistenceErrors && !address)
          return { CodeDeliveryDetails: deliveryDetails('email', input.Username) };
        if (!user) throw userNotFound();
        if (!user.enabled) throw notAuthorized('User is disabled.');
        if (!address)
          throw invalidParameter(
            'Cannot reset password for the user as there is no registered/verified email or phone_number',
          );
        if (user.status === 'FORCE_CHANGE_PASSWORD')
          throw notAuthorized('User password cannot be reset in the current state.');
        return {
          CodeDeliveryDetails: await delivery.send({
            pool,
            user,
            purpose: 'RESET_PASSWORD',
            ...address,
            source: 'CustomMessage_ForgotPassword',
            clientId: client.id,
            clientMetadata: input.ClientMetadata,
          }),
        };
      },
    ),

    ConfirmForgotPassword: publicOperation(
      { ClientId: text, Username: text, ConfirmationCode: text, Password: text, ClientMetadata: metadata },
      async (input) => {
        const { pool, client } = pools.byClient(input.ClientId);
        checkPassword(pool.config.passwordPolicy, input.Password);
        const user = pool.find(input.Username);
        if (!user) throw client.preventUserExistenceErrors ? codeExpired() : userNotFound();
        if (!user.enabled)
          throw client.preventUserExistenceErrors ? codeMismatch() : notAuthorized('User is disabled.');
        const { codes } = delivery.take(pool, user, 'RESET_PASSWORD', input.ConfirmationCode);
        if (user.status === 'UNCONFIRMED')
          throw new AwsServiceError('UserNotConfirmedException', 'User is not confirmed.');
        const changed: User = {
          ...user,
          codes,
          status: 'CONFIRMED',
          password: createPasswordRecord(pool.srpIdentity(user.username), input.Password),
          modifiedAt: clock.now(),
        };
        pool.save(changed);
        store.endSessionsOf(pool.id, user.username);
        const context = { clientId: client.id, clientMetadata: input.ClientMetadata };
        await tellConfirmed(parts, pool, changed, 'ConfirmForgotPassword', context);
        return {};
      },
    ),
  };
}

/** A verified address: e-mail before phone. */
function recoveryAddress({ attributes }: User): { attribute: string; destination: string } | undefined {
  for (const attribute of ['email', 'phone_number']) {
    const destination = attributes[attribute];
    if (destination !== undefined && attributes[`${attribute}_verified`] === 'true')
      return { attribute, destination };
  }
  return undefined;
}
