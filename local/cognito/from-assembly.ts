import type { Assembly, AssemblyResource } from '../assembly/assembly.ts';
import { AssemblyError } from '../assembly/assembly-error.ts';
import {
  TRIGGERS,
  type AliasAttribute,
  type AttributeSchema,
  type ClientConfig,
  type GroupConfig,
  type PasswordPolicy,
  type PoolConfig,
  type TriggerName,
} from './pool-config.ts';
import { isStandardAttribute } from './user-attributes.ts';

/** The user pools of a synthesized backend. Throws AssemblyError, naming it, for what the embedded Cognito lacks. */
export function poolsFromAssembly(assembly: Assembly): PoolConfig[] {
  return assembly.ofType('AWS::Cognito::UserPool').map((resource) => toPool(assembly, resource));
}

/** CloudFormation's shapes, as far as they are read here. */
interface PoolProperties {
  readonly AdminCreateUserConfig?: {
    readonly AllowAdminCreateUserOnly?: boolean;
    readonly InviteMessageTemplate?: { readonly EmailSubject?: string; readonly EmailMessage?: string };
    readonly UnusedAccountValidityDays?: number;
  };
  readonly AliasAttributes?: readonly string[];
  readonly AutoVerifiedAttributes?: readonly string[];
  readonly EmailVerificationMessage?: string;
  readonly EmailVerificationSubject?: string;
  readonly LambdaConfig?: Readonly<Record<string, unknown>> & {
    readonly PreTokenGenerationConfig?: { readonly LambdaArn: string; readonly LambdaVersion: string };
  };
  readonly MfaConfiguration?: string;
  readonly Policies?: { readonly PasswordPolicy?: PolicyProperties };
  readonly Schema?: readonly {
    readonly Name?: string;
    readonly Required?: boolean;
    readonly Mutable?: boolean;
  }[];
  readonly UserAttributeUpdateSettings?: {
    readonly AttributesRequireVerificationBeforeUpdate?: readonly string[];
  };
  readonly UsernameAttributes?: readonly AliasAttribute[];
  readonly UsernameConfiguration?: { readonly CaseSensitive?: boolean };
  readonly VerificationMessageTemplate?: {
    readonly DefaultEmailOption?: string;
    readonly EmailMessage?: string;
    readonly EmailSubject?: string;
  };
}

interface PolicyProperties {
  readonly MinimumLength?: number;
  readonly RequireLowercase?: boolean;
  readonly RequireUppercase?: boolean;
  readonly RequireNumbers?: boolean;
  readonly RequireSymbols?: boolean;
  readonly TemporaryPasswordValidityDays?: number;
}

interface ClientProperties {
  readonly UserPoolId: string;
  readonly ExplicitAuthFlows?: readonly string[];
  readonly PreventUserExistenceErrors?: string;
  readonly GenerateSecret?: boolean;
  readonly EnableTokenRevocation?: boolean;
  readonly AccessTokenValidity?: number;
  readonly IdTokenValidity?: number;
  readonly RefreshTokenValidity?: number;
  readonly TokenValidityUnits?: Readonly<Partial<Record<'AccessToken' | 'IdToken' | 'RefreshToken', Unit>>>;
  readonly AuthSessionValidity?: number;
  readonly ReadAttributes?: readonly string[];
  readonly WriteAttributes?: readonly string[];
}

interface GroupProperties {
  readonly UserPoolId: string;
  readonly GroupName: string;
  readonly Description?: string;
  readonly Precedence?: number;
  readonly RoleArn?: string;
}

const SECONDS = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;
type Unit = keyof typeof SECONDS;

function toPool(assembly: Assembly, resource: AssemblyResource): PoolConfig {
  const properties = resource.properties as PoolProperties;
  refuse(resource, 'MfaConfiguration', (properties.MfaConfiguration ?? 'OFF') !== 'OFF');
  refuse(
    resource,
    'VerificationMessageTemplate.DefaultEmailOption CONFIRM_WITH_LINK',
    properties.VerificationMessageTemplate?.DefaultEmailOption === 'CONFIRM_WITH_LINK',
  );
  const ofPool = (type: string) =>
    assembly.ofType(type).filter(({ properties: { UserPoolId } }) => UserPoolId === resource.ref);
  const admin = properties.AdminCreateUserConfig;
  const template = properties.VerificationMessageTemplate;
  return {
    id: resource.ref,
    arn: resource.arn ?? '',
    clients: ofPool('AWS::Cognito::UserPoolClient').map(toClient),
    groups: ofPool('AWS::Cognito::UserPoolGroup').map(toGroup),
    passwordPolicy: toPolicy(properties.Policies?.PasswordPolicy, admin?.UnusedAccountValidityDays),
    usernameAttributes: properties.UsernameAttributes ?? [],
    aliasAttributes: properties.AliasAttributes ?? [],
    autoVerifiedAttributes: properties.AutoVerifiedAttributes ?? [],
    verifiedBeforeUpdate:
      properties.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? [],
    caseSensitive: properties.UsernameConfiguration?.CaseSensitive ?? true,
    schema: (properties.Schema ?? []).map(toAttribute),
    ...toTriggers(resource, properties.LambdaConfig ?? {}),
    adminCreateUserOnly: admin?.AllowAdminCreateUserOnly ?? false,
    verificationMail: {
      subject: template?.EmailSubject ?? properties.EmailVerificationSubject ?? 'Your verification code',
      message:
        template?.EmailMessage ?? properties.EmailVerificationMessage ?? 'Your confirmation code is {####}',
    },
    invitationMail: {
      subject: admin?.InviteMessageTemplate?.EmailSubject ?? 'Your temporary password',
      message:
        admin?.InviteMessageTemplate?.EmailMessage ??
        'Your username is {username} and temporary password is {####}.',
    },
  };
}

function toTriggers(
  resource: AssemblyResource,
  config: NonNullable<PoolProperties['LambdaConfig']>,
): Pick<PoolConfig, 'triggers' | 'preTokenGenerationVersion'> {
  const { PreTokenGenerationConfig: versioned, ...arns } = config;
  const triggers: Partial<Record<TriggerName, string>> = {};
  for (const [name, arn] of Object.entries(arns)) {
    const trigger = TRIGGERS.find((known) => known === name);
    if (!trigger || typeof arn !== 'string') throw lacking(resource, `LambdaConfig.${name}`);
    triggers[trigger] = arn;
  }
  if (!versioned) return { triggers, preTokenGenerationVersion: 'V1_0' };
  const version = versioned.LambdaVersion;
  if (version !== 'V1_0' && version !== 'V2_0')
    throw lacking(resource, `LambdaConfig.PreTokenGenerationConfig.LambdaVersion ${version}`);
  return {
    triggers: { ...triggers, PreTokenGeneration: versioned.LambdaArn },
    preTokenGenerationVersion: version,
  };
}

/** With no policy at all Cognito demands every kind of character; what a policy leaves out it does not demand. */
function toPolicy(
  properties: PolicyProperties | undefined,
  unusedAccountDays: number | undefined,
): PasswordPolicy {
  const unsaid = properties === undefined;
  return {
    minimumLength: properties?.MinimumLength ?? 8,
    requireLowercase: properties?.RequireLowercase ?? unsaid,
    requireUppercase: properties?.RequireUppercase ?? unsaid,
    requireNumbers: properties?.RequireNumbers ?? unsaid,
    requireSymbols: properties?.RequireSymbols ?? unsaid,
    temporaryPasswordValidityDays: properties?.TemporaryPasswordValidityDays ?? unusedAccountDays ?? 7,
  };
}

function toClient(resource: AssemblyResource): ClientConfig {
  // The template was synthesized by the CDK, which holds to these shapes.
  const properties = resource.properties as unknown as ClientProperties;
  refuse(resource, 'GenerateSecret', properties.GenerateSecret === true);
  refuse(resource, 'EnableTokenRevocation false', properties.EnableTokenRevocation === false);
  const units = properties.TokenValidityUnits ?? {};
  const seconds = (value: number | undefined, unit: Unit, fallback: number) =>
    value === undefined || value === 0 ? fallback : value * SECONDS[unit];
  return {
    id: resource.ref,
    authFlows: properties.ExplicitAuthFlows ?? ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    preventUserExistenceErrors: properties.PreventUserExistenceErrors === 'ENABLED',
    accessTokenValidity: seconds(properties.AccessTokenValidity, units.AccessToken ?? 'hours', 3600),
    idTokenValidity: seconds(properties.IdTokenValidity, units.IdToken ?? 'hours', 3600),
    refreshTokenValidity: seconds(
      properties.RefreshTokenValidity,
      units.RefreshToken ?? 'days',
      30 * SECONDS.days,
    ),
    authSessionValidity: seconds(properties.AuthSessionValidity, 'minutes', 3 * SECONDS.minutes),
    ...(properties.ReadAttributes && { readAttributes: properties.ReadAttributes }),
    ...(properties.WriteAttributes && { writeAttributes: properties.WriteAttributes }),
  };
}

function toGroup({ properties }: AssemblyResource): GroupConfig {
  const { GroupName, Description, Precedence, RoleArn } = properties as unknown as GroupProperties;
  return {
    name: GroupName,
    ...(Description !== undefined && { description: Description }),
    ...(Precedence !== undefined && { precedence: Precedence }),
    ...(RoleArn !== undefined && { roleArn: RoleArn }),
  };
}

function toAttribute({
  Name = '',
  Required = false,
  Mutable = true,
}: NonNullable<PoolProperties['Schema']>[number]): AttributeSchema {
  return {
    name: isStandardAttribute(Name) || Name.includes(':') ? Name : `custom:${Name}`,
    required: Required,
    mutable: Mutable,
  };
}

function refuse(resource: AssemblyResource, feature: string, isUsed: boolean): void {
  if (isUsed) throw lacking(resource, feature);
}

const lacking = (resource: AssemblyResource, feature: string) =>
  new AssemblyError(
    `${resource.stack}/${resource.logicalId} (${resource.type}): the embedded Cognito does not know ${feature}`,
  );
