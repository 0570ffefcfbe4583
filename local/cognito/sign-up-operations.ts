import * as z from 'zod/mini';
import type { AwsOperation } from '../gateway/aws-service.ts';
import { deliveryDetails } from './code-delivery.ts';
import { codeExpired, invalidParameter, notAuthorized, userNotFound } from './cognito-errors.ts';
import { attributes, metadata, publicOperation, text } from './cognito-operation.ts';
import type { CognitoParts } from './cognito-parts.ts';
import { askPreSignUp, tellConfirmed, type CallContext } from './confirmation.ts';
import { newUser } from './new-user.ts';
import { checkPassword } from './password-policy.ts';
import { createPasswordRecord } from './srp.ts';
import { parseAttributes } from './user-attributes.ts';
import type { UserPool } from './user-pool.ts';
import { subOf, type User } from './user.ts';

/** Signing up, and confirming it by code. */
export function signUpOperations(parts: CognitoParts): Record<string, AwsOperation> {
  const { pools, delivery, clock } = parts;

  return {
    SignUp: publicOperation(
      {
        ClientId: text,
        Username: text,
        Password: text,
        UserAttributes: z.optional(attributes),
        ValidationData: z.optional(attributes),
        ClientMetadata: metadata,
      },
      async (input) => {
        const { pool, client } = pools.byClient(input.ClientId);
        if (pool.config.adminCreateUserOnly)
          throw notAuthorized('SignUp is not permitted for this user pool');
        const given = parseAttributes(pool.config, client, input.UserAttributes ?? []);
        checkPassword(pool.config.passwordPolicy, input.Password);
        const draft = newUser(pool, input.Username, given, 'UNCONFIRMED', clock.now());
        const validationData = Object.fromEntries(
          (input.ValidationData ?? []).map(({ Name, Value }) => [Name, Value]),
        );
        const context = { clientId: client.id, clientMetadata: input.ClientMetadata, validationData };
        const accepted = await askPreSignUp(parts, pool, draft, 'SignUp', context);
        const user = {
          ...accepted,
          password: createPasswordRecord(pool.srpIdentity(accepted.username), input.Password),
        };
        // The function took its time: somebody may have taken the name meanwhile.
        newUser(pool, input.Username, given, 'UNCONFIRMED', clock.now());
        pool.claimAliases(user, false);
        if (user.status === 'CONFIRMED') {
          await tellConfirmed(parts, pool, user, 'ConfirmSignUp', context);
          return { UserConfirmed: true, UserSub: subOf(user) };
        }
        const details = await sendConfirmationCode(parts, pool, user, 'CustomMessage_SignUp', context);
        return {
          UserConfirmed: false,
          UserSub: subOf(user),
          ...(details && { CodeDeliveryDetails: details }),
        };
      },
    ),

    ConfirmSignUp: publicOperation(
      {
        ClientId: text,
        Username: text,
        ConfirmationCode: text,
        ForceAliasCreation: z.optional(z.boolean()),
        ClientMetadata: metadata,
      },
      async (input) => {
        const { pool, client } = pools.byClient(input.ClientId);
        const user = pool.find(input.Username);
        if (!user) throw client.preventUserExistenceErrors ? codeExpired() : userNotFound();
        if (user.status !== 'UNCONFIRMED')
          throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
        const { codes } = delivery.take(pool, user, 'CONFIRM_SIGN_UP', input.ConfirmationCode);
        const attribute = confirmedAttribute(pool, user);
        const confirmed: User = {
          ...user,
          codes,
          status: 'CONFIRMED',
          attributes: { ...user.attributes, ...(attribute && { [`${attribute}_verified`]: 'true' }) },
          modifiedAt: clock.now(),
        };
        pool.claimAliases(confirmed, input.ForceAliasCreation ?? false);
        const context = { clientId: client.id, clientMetadata: input.ClientMetadata };
        await tellConfirmed(parts, pool, confirmed, 'ConfirmSignUp', context);
        return {};
      },
    ),

    ResendConfirmationCode: publicOperation(
      { ClientId: text, Username: text, ClientMetadata: metadata },
      async (input) => {
        const { pool, client } = pools.byClient(input.ClientId);
        const user = pool.find(input.Username);
        if (user?.status !== 'UNCONFIRMED' || !user.enabled) {
          if (client.preventUserExistenceErrors)
            return { CodeDeliveryDetails: deliveryDetails('email', input.Username) };
          throw user ? invalidParameter('User is already confirmed.') : userNotFound();
        }
        const context = { clientId: client.id, clientMetadata: input.ClientMetadata };
        const details = await sendConfirmationCode(parts, pool, user, 'CustomMessage_ResendCode', context);
        if (!details) throw invalidParameter('Auto verification not turned on.');
        return { CodeDeliveryDetails: details };
      },
    ),
  };
}

/** Undefined where the pool verifies nothing that this user has. */
async function sendConfirmationCode(
  { delivery }: CognitoParts,
  pool: UserPool,
  user: User,
  source: string,
  context: CallContext,
) {
  const attribute = confirmedAttribute(pool, user);
  const destination = attribute && user.attributes[attribute];
  if (!attribute || !destination) return undefined;
  return delivery.send({
    pool,
    user,
    purpose: 'CONFIRM_SIGN_UP',
    attribute,
    destination,
    source,
    ...context,
  });
}

const confirmedAttribute = (pool: UserPool, user: User): string | undefined =>
  pool.config.autoVerifiedAttributes.find((name) => user.attributes[name] !== undefined);
