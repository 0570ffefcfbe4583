/** What the synthesized backend says about a user pool; durations are in seconds unless named otherwise. */
export interface PoolConfig {
  /** `us-east-1_local0001`: what `Ref` gives, and the last part of the issuer. */
  readonly id: string;
  readonly arn: string;
  readonly clients: readonly ClientConfig[];
  readonly groups: readonly GroupConfig[];
  readonly passwordPolicy: PasswordPolicy;
  /** Members sign up with these; their user name is then a UUID. */
  readonly usernameAttributes: readonly AliasAttribute[];
  /** Members may also sign in with these, once verified. */
  readonly aliasAttributes: readonly string[];
  readonly autoVerifiedAttributes: readonly string[];
  /** A changed value waits for its code before it takes the place of the old one. */
  readonly verifiedBeforeUpdate: readonly string[];
  readonly caseSensitive: boolean;
  readonly schema: readonly AttributeSchema[];
  /** ARN of the Lambda behind each trigger. */
  readonly triggers: Readonly<Partial<Record<TriggerName, string>>>;
  readonly preTokenGenerationVersion: 'V1_0' | 'V2_0';
  readonly adminCreateUserOnly: boolean;
  readonly verificationMail: MailTemplate;
  readonly invitationMail: MailTemplate;
}

export type AliasAttribute = 'email' | 'phone_number';

export const TRIGGERS = [
  'PreSignUp',
  'PostConfirmation',
  'PreAuthentication',
  'PostAuthentication',
  'PreTokenGeneration',
  'CustomMessage',
] as const;
export type TriggerName = (typeof TRIGGERS)[number];

export interface ClientConfig {
  readonly id: string;
  /** Such as `ALLOW_USER_SRP_AUTH`. */
  readonly authFlows: readonly string[];
  readonly preventUserExistenceErrors: boolean;
  readonly accessTokenValidity: number;
  readonly idTokenValidity: number;
  readonly refreshTokenValidity: number;
  /** How long a challenge waits for its answer. */
  readonly authSessionValidity: number;
  /** Absent: all of them. */
  readonly readAttributes?: readonly string[];
  readonly writeAttributes?: readonly string[];
}

export interface GroupConfig {
  readonly name: string;
  readonly description?: string;
  /** The lowest comes first. */
  readonly precedence?: number;
  readonly roleArn?: string;
}

export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly requireLowercase: boolean;
  readonly requireUppercase: boolean;
  readonly requireNumbers: boolean;
  readonly requireSymbols: boolean;
  readonly temporaryPasswordValidityDays: number;
}

export interface AttributeSchema {
  readonly name: string;
  readonly required: boolean;
  readonly mutable: boolean;
}

/** `{####}` stands for the code or the temporary password, `{username}` for the user name. */
export interface MailTemplate {
  readonly subject: string;
  readonly message: string;
}

/** The issuer that production verifiers expect. */
export const issuerOf = (poolId: string): string =>
  `https://cognito-idp.${poolId.split('_')[0] ?? ''}.amazonaws.com/${poolId}`;
