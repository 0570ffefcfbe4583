import * as z from 'zod/mini';
import type { AwsOperation } from '../gateway/aws-service.ts';
import { invalidParameter, notAuthorized, wrongCredentials } from './cognito-errors.ts';
import { attributes, metadata, publicOperation, text } from './cognito-operation.ts';
import type { CognitoParts } from './cognito-parts.ts';
import { checkPassword } from './password-policy.ts';
import { createPasswordRecord, passwordMatches } from './srp.ts';
import { changedAttributes } from './attribute-changes.ts';
import { checkMutable, parseAttributes, readable } from './user-attributes.ts';
import { attributeList } from './user.ts';

/** What a signed-in member does to its own account. */
export function profileOperations(parts: CognitoParts): Record<string, AwsOperation> {
  const { tokens, delivery, attempts, clock, now } = parts;

  return {
    GetUser: publicOperation({ AccessToken: text }, async (input) => {
      const { client, user } = await tokens.userOf(input.AccessToken);
      return { Username: user.username, UserAttributes: attributeList(readable(client, user.attributes)) };
    }),

    UpdateUserAttributes: publicOperation(
      { AccessToken: text, UserAttributes: attributes, ClientMetadata: metadata },
      async (input) => {
        const { pool, client, user } = await tokens.userOf(input.AccessToken);
        const given = parseAttributes(pool.config, client, input.UserAttributes);
        checkMutable(pool.config, Object.keys(given));
        const { changed, toVerify } = changedAttributes(pool, user, given, clock.now());
        pool.claimAliases(changed, false);
        const details = [];
        for (const [attribute, destination] of toVerify)
          details.push(
            await delivery.send({
              pool,
              user: pool.get(user.username),
              purpose: `VERIFY_${attribute}`,
              attribute,
              destination,
              source: 'CustomMessage_UpdateUserAttribute',
              clientId: client.id,
              clientMetadata: input.ClientMetadata,
            }),
          );
        return { CodeDeliveryDetailsList: details };
      },
    ),

    GetUserAttributeVerificationCode: publicOperation(
      { AccessToken: text, AttributeName: text, ClientMetadata: metadata },
      async (input) => {
        const { pool, client, user } = await tokens.userOf(input.AccessToken);
        const attribute = input.AttributeName;
        const destination = user.pendingAttributes[attribute] ?? user.attributes[attribute];
        if (destination === undefined || !['email', 'phone_number'].includes(attribute))
          throw invalidParameter('User does not have a verifiable attribute of this name.');
        return {
          CodeDeliveryDetails: await delivery.send({
            pool,
            user,
            purpose: `VERIFY_${attribute}`,
            attribute,
            destination,
            source: 'CustomMessage_VerifyUserAttribute',
            clientId: client.id,
            clientMetadata: input.ClientMetadata,
          }),
        };
      },
    ),

    VerifyUserAttribute: publicOperation(
      { AccessToken: text, AttributeName: text, Code: text },
      async (input) => {
        const { pool, user } = await tokens.userOf(input.AccessToken);
        const attribute = input.AttributeName;
        const { codes } = delivery.take(pool, user, `VERIFY_${attribute}`, input.Code);
        const { [attribute]: pending, ...otherPending } = user.pendingAttributes;
        pool.claimAliases(
          {
            ...user,
            codes,
            pendingAttributes: otherPending,
            attributes: {
              ...user.attributes,
              ...(pending !== undefined && { [attribute]: pending }),
              [`${attribute}_verified`]: 'true',
            },
            modifiedAt: clock.now(),
          },
          false,
        );
        return {};
      },
    ),

    ChangePassword: publicOperation(
      { AccessToken: text, PreviousPassword: z.optional(text), ProposedPassword: text },
      async (input) => {
        const { pool, user } = await tokens.userOf(input.AccessToken);
        checkPassword(pool.config.passwordPolicy, input.ProposedPassword);
        const identity = pool.srpIdentity(user.username);
        const key = `${pool.id}/${user.username}`;
        if (attempts.isLocked(key, now())) throw notAuthorized('Password attempts exceeded');
        if (!user.password || !passwordMatches(identity, input.PreviousPassword ?? '', user.password)) {
          attempts.failed(key, now());
          throw wrongCredentials();
        }
        attempts.succeeded(key);
        const password = createPasswordRecord(identity, input.ProposedPassword);
        pool.save({ ...user, password, modifiedAt: clock.now() });
        return {};
      },
    ),

    DeleteUser: publicOperation({ AccessToken: text }, async (input) => {
      const { pool, user } = await tokens.userOf(input.AccessToken);
      pool.delete(user);
      return {};
    }),
  };
}
