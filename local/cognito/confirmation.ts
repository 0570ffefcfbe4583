import type { CognitoParts } from './cognito-parts.ts';
import { runTrigger } from './triggers.ts';
import type { UserPool } from './user-pool.ts';
import type { User } from './user.ts';

/** What a trigger is told of the call besides the user. */
export interface CallContext {
  readonly clientId?: string | undefined;
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
  readonly validationData?: Readonly<Record<string, string>>;
}

/**
 * Asks the PreSignUp function, which may refuse (UserLambdaValidationException), confirm the user at once or take an
 * address as verified.
 */
export async function askPreSignUp(
  { aws }: CognitoParts,
  pool: UserPool,
  user: User,
  source: 'SignUp' | 'AdminCreateUser',
  context: CallContext,
): Promise<User> {
  const { sub: _, ...userAttributes } = user.attributes;
  const decision = await runTrigger(aws, {
    pool,
    trigger: 'PreSignUp',
    source: `PreSignUp_${source}`,
    username: user.username,
    clientId: context.clientId,
    request: {
      userAttributes,
      validationData: context.validationData ?? {},
      clientMetadata: context.clientMetadata ?? {},
    },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  });
  return {
    ...user,
    status: source === 'SignUp' && decision['autoConfirmUser'] === true ? 'CONFIRMED' : user.status,
    attributes: {
      ...user.attributes,
      ...(decision['autoVerifyEmail'] === true && { email_verified: 'true' }),
      ...(decision['autoVerifyPhone'] === true && { phone_number_verified: 'true' }),
    },
  };
}

/** Tells the PostConfirmation function. The user is confirmed by now and stays so when the function fails. */
export async function tellConfirmed(
  { aws }: CognitoParts,
  pool: UserPool,
  user: User,
  source: 'ConfirmSignUp' | 'ConfirmForgotPassword',
  context: CallContext,
): Promise<void> {
  await runTrigger(aws, {
    pool,
    trigger: 'PostConfirmation',
    source: `PostConfirmation_${source}`,
    username: user.username,
    clientId: context.clientId,
    request: {
      userAttributes: { ...user.attributes, 'cognito:user_status': user.status },
      clientMetadata: context.clientMetadata ?? {},
    },
  });
}
