import * as z from 'zod/mini';
import { AwsServiceError, type AwsOperation } from '../gateway/aws-service.ts';
import { changedAttributes } from './attribute-changes.ts';
import { notAuthorized } from './cognito-errors.ts';
import { attributes, metadata, poolOperation, text } from './cognito-operation.ts';
import type { CognitoParts } from './cognito-parts.ts';
import { tellConfirmed } from './confirmation.ts';
import { inviteUser, renewInvitation } from './invitation.ts';
import { checkPassword } from './password-policy.ts';
import { createPasswordRecord } from './srp.ts';
import { checkMutable, parseAttributes } from './user-attributes.ts';
import { describeUser, type User } from './user.ts';

const DAY = 86_400_000;
const oneUser = { UserPoolId: text, Username: text };

/** What an administrator, or a function with the permission, does to users. */
export function adminUserOperations(parts: CognitoParts): Record<string, AwsOperation> {
  const { pools, store, clock } = parts;

  return {
    AdminCreateUser: poolOperation(
      pools,
      'AdminCreateUser',
      {
        ...oneUser,
        UserAttributes: z.optional(attributes),
        ValidationData: z.optional(attributes),
        TemporaryPassword: z.optional(text),
        MessageAction: z.optional(z.enum(['RESEND', 'SUPPRESS'])),
        DesiredDeliveryMediums: z.optional(z.array(z.enum(['SMS', 'EMAIL']))),
        ForceAliasCreation: z.optional(z.boolean()),
        ClientMetadata: metadata,
      },
      async (pool, input) => {
        const user =
          input.MessageAction === 'RESEND'
            ? await renewInvitation(parts, pool, input)
            : await inviteUser(parts, pool, input);
        return { User: describeUser(user) };
      },
    ),

    AdminGetUser: poolOperation(pools, 'AdminGetUser', oneUser, (pool, input) => {
      const { Attributes, ...rest } = describeUser(pool.get(input.Username));
      return { ...rest, UserAttributes: Attributes };
    }),

    AdminSetUserPassword: poolOperation(
      pools,
      'AdminSetUserPassword',
      { ...oneUser, Password: text, Permanent: z.optional(z.boolean()) },
      (pool, input) => {
        const { temporaryPasswordUntil: _, ...user } = pool.get(input.Username);
        const policy = pool.config.passwordPolicy;
        checkPassword(policy, input.Password);
        const changed = {
          ...user,
          password: createPasswordRecord(pool.srpIdentity(user.username), input.Password),
          modifiedAt: clock.now(),
        };
        const until = clock.now() + policy.temporaryPasswordValidityDays * DAY;
        pool.save(
          input.Permanent
            ? { ...changed, status: 'CONFIRMED' }
            : { ...changed, status: 'FORCE_CHANGE_PASSWORD', temporaryPasswordUntil: until },
        );
        return {};
      },
    ),

    AdminUpdateUserAttributes: poolOperation(
      pools,
      'AdminUpdateUserAttributes',
      { ...oneUser, UserAttributes: attributes, ClientMetadata: metadata },
      async (pool, input) => {
        const user = pool.get(input.Username);
        const given = parseAttributes(pool.config, undefined, input.UserAttributes);
        checkMutable(pool.config, Object.keys(given));
        const { changed, toVerify } = changedAttributes(pool, user, given, clock.now());
        pool.claimAliases(changed, false);
        for (const [attribute, destination] of toVerify)
          await parts.delivery.send({
            pool,
            user: pool.get(user.username),
            purpose: `VERIFY_${attribute}`,
            attribute,
            destination,
            source: 'CustomMessage_UpdateUserAttribute',
            clientMetadata: input.ClientMetadata,
          });
        return {};
      },
    ),

    AdminConfirmSignUp: poolOperation(
      pools,
      'AdminConfirmSignUp',
      { ...oneUser, ClientMetadata: metadata },
      async (pool, input) => {
        const user = pool.get(input.Username);
        if (user.status !== 'UNCONFIRMED')
          throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
        const confirmed: User = { ...user, status: 'CONFIRMED', modifiedAt: clock.now() };
        pool.save(confirmed);
        await tellConfirmed(parts, pool, confirmed, 'ConfirmSignUp', {
          clientMetadata: input.ClientMetadata,
        });
        return {};
      },
    ),

    AdminEnableUser: poolOperation(pools, 'AdminEnableUser', oneUser, (pool, input) => {
      pool.save({ ...pool.get(input.Username), enabled: true, modifiedAt: clock.now() });
      return {};
    }),

    AdminDisableUser: poolOperation(pools, 'AdminDisableUser', oneUser, (pool, input) => {
      const user = pool.get(input.Username);
      pool.save({ ...user, enabled: false, modifiedAt: clock.now() });
      store.endSessionsOf(pool.id, user.username);
      return {};
    }),

    AdminUserGlobalSignOut: poolOperation(pools, 'AdminUserGlobalSignOut', oneUser, (pool, input) => {
      store.endSessionsOf(pool.id, pool.get(input.Username).username);
      return {};
    }),

    AdminResetUserPassword: poolOperation(
      pools,
      'AdminResetUserPassword',
      { ...oneUser, ClientMetadata: metadata },
      async (pool, input) => {
        const user = pool.get(input.Username);
        const email = user.attributes['email'];
        if (email === undefined || user.attributes['email_verified'] !== 'true')
          throw new AwsServiceError(
            'InvalidParameterException',
            'Cannot reset password for the user as there is no registered/verified email or phone_number',
          );
        const reset: User = { ...user, status: 'RESET_REQUIRED', modifiedAt: clock.now() };
        pool.save(reset);
        await parts.delivery.send({
          pool,
          user: reset,
          purpose: 'RESET_PASSWORD',
          attribute: 'email',
          destination: email,
          source: 'CustomMessage_ForgotPassword',
          clientMetadata: input.ClientMetadata,
        });
        return {};
      },
    ),

    AdminDeleteUser: poolOperation(pools, 'AdminDeleteUser', oneUser, (pool, input) => {
      pool.delete(pool.get(input.Username));
      return {};
    }),
  };
}
