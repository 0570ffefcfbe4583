import { AwsServiceError } from '../gateway/aws-service.ts';
import type { CognitoParts } from './cognito-parts.ts';
import { askPreSignUp } from './confirmation.ts';
import { newUser } from './new-user.ts';
import { checkPassword, generatePassword } from './password-policy.ts';
import { createPasswordRecord } from './srp.ts';
import { parseAttributes } from './user-attributes.ts';
import type { UserPool } from './user-pool.ts';
import type { NamedValue, User } from './user.ts';

const DAY = 86_400_000;

export interface Invitation {
  readonly Username: string;
  readonly UserAttributes?: readonly NamedValue[] | undefined;
  readonly ValidationData?: readonly NamedValue[] | undefined;
  readonly TemporaryPassword?: string | undefined;
  readonly MessageAction?: 'RESEND' | 'SUPPRESS' | undefined;
  readonly DesiredDeliveryMediums?: readonly ('SMS' | 'EMAIL')[] | undefined;
  readonly ForceAliasCreation?: boolean | undefined;
  readonly ClientMetadata?: Readonly<Record<string, string>> | undefined;
}

/** Makes a user who must choose a password at the first sign-in. */
export async function inviteUser(parts: CognitoParts, pool: UserPool, invitation: Invitation): Promise<User> {
  const given = parseAttributes(pool.config, undefined, invitation.UserAttributes ?? []);
  const create = () => newUser(pool, invitation.Username, given, 'FORCE_CHANGE_PASSWORD', parts.clock.now());
  const accepted = await askPreSignUp(parts, pool, create(), 'AdminCreateUser', {
    clientMetadata: invitation.ClientMetadata,
    validationData: Object.fromEntries(
      (invitation.ValidationData ?? []).map(({ Name, Value }) => [Name, Value]),
    ),
  });
  create(); // The function took its time: somebody may have taken the name meanwhile.
  const { user, password } = withTemporaryPassword(parts, pool, accepted, invitation.TemporaryPassword);
  pool.claimAliases(user, invitation.ForceAliasCreation ?? false);
  if (invitation.MessageAction !== 'SUPPRESS') await sendInvitation(parts, pool, user, password, invitation);
  return user;
}

/** A new temporary password for an invitation that was not taken up. Throws UnsupportedUserStateException. */
export async function renewInvitation(
  parts: CognitoParts,
  pool: UserPool,
  invitation: Invitation,
): Promise<User> {
  const invited = pool.get(invitation.Username);
  if (invited.status !== 'FORCE_CHANGE_PASSWORD')
    throw new AwsServiceError(
      'UnsupportedUserStateException',
      'Resend not possible. User is not in FORCE_CHANGE_PASSWORD state.',
    );
  const { user, password } = withTemporaryPassword(parts, pool, invited, invitation.TemporaryPassword);
  pool.save(user);
  await sendInvitation(parts, pool, user, password, invitation);
  return user;
}

function withTemporaryPassword(
  { clock }: CognitoParts,
  pool: UserPool,
  user: User,
  given: string | undefined,
): { user: User; password: string } {
  const policy = pool.config.passwordPolicy;
  const password = given ?? generatePassword(policy);
  checkPassword(policy, password);
  return {
    password,
    user: {
      ...user,
      password: createPasswordRecord(pool.srpIdentity(user.username), password),
      temporaryPasswordUntil: clock.now() + policy.temporaryPasswordValidityDays * DAY,
      modifiedAt: clock.now(),
    },
  };
}

/** By text message unless e-mail is asked for, as on AWS. */
async function sendInvitation(
  { delivery }: CognitoParts,
  pool: UserPool,
  user: User,
  password: string,
  { DesiredDeliveryMediums = ['SMS'], ClientMetadata }: Invitation,
): Promise<void> {
  for (const medium of DesiredDeliveryMediums) {
    const attribute = medium === 'EMAIL' ? 'email' : 'phone_number';
    const destination = user.attributes[attribute];
    if (destination !== undefined)
      await delivery.invite({ pool, user, attribute, destination, clientMetadata: ClientMetadata }, password);
  }
}
