import { ACCOUNT_ID, REGION } from '../gateway/aws-service.ts';
import { arnOf, nameless, type NamedResource, type ResourceTypes } from './resource-type.ts';

const roleName = (resource: NamedResource) => resource.optional('RoleName') ?? resource.id.name(64);
const managedPolicyArn = (resource: NamedResource) =>
  `arn:aws:iam::${ACCOUNT_ID}:policy/${resource.optional('ManagedPolicyName') ?? resource.id.name(128)}`;
const userPoolId = (resource: NamedResource) => `${REGION}_${resource.id.token(9)}`;

/** Roles and policies; user pools, their clients and groups. */
export const IDENTITY_TYPES: ResourceTypes = {
  'AWS::IAM::Role': {
    properties: [
      'AssumeRolePolicyDocument',
      'Description',
      'ManagedPolicyArns',
      'MaxSessionDuration',
      'Path',
      'PermissionsBoundary',
      'Policies',
      'RoleName',
      'Tags',
    ],
    ref: roleName,
    arn: (resource) =>
      `arn:aws:iam::${ACCOUNT_ID}:role${resource.optional('Path') ?? '/'}${roleName(resource)}`,
    attributes: { RoleId: (resource) => `AROA${resource.id.token(17).toUpperCase()}` },
  },
  'AWS::IAM::Policy': nameless('PolicyDocument', 'PolicyName', 'Roles'),
  'AWS::IAM::ManagedPolicy': {
    properties: ['Description', 'ManagedPolicyName', 'Path', 'PolicyDocument', 'Roles'],
    ref: managedPolicyArn,
    arn: managedPolicyArn,
    arnAttribute: 'PolicyArn',
  },
  'AWS::Cognito::UserPool': {
    properties: [
      'AccountRecoverySetting',
      'AdminCreateUserConfig',
      'AliasAttributes',
      'AutoVerifiedAttributes',
      'DeletionProtection',
      'EmailConfiguration',
      'EmailVerificationMessage',
      'EmailVerificationSubject',
      'EnabledMfas',
      'LambdaConfig',
      'MfaConfiguration',
      'Policies',
      'Schema',
      'SmsVerificationMessage',
      'UserAttributeUpdateSettings',
      'UserPoolAddOns',
      'UserPoolName',
      'UserPoolTags',
      'UserPoolTier',
      'UsernameAttributes',
      'UsernameConfiguration',
      'VerificationMessageTemplate',
    ],
    ref: userPoolId,
    arn: (resource) => arnOf('cognito-idp', `userpool/${userPoolId(resource)}`),
    attributes: {
      UserPoolId: userPoolId,
      ProviderName: (resource) => `cognito-idp.${REGION}.amazonaws.com/${userPoolId(resource)}`,
      ProviderURL: (resource) => `https://cognito-idp.${REGION}.amazonaws.com/${userPoolId(resource)}`,
    },
  },
  'AWS::Cognito::UserPoolClient': {
    properties: [
      'AccessTokenValidity',
      'AllowedOAuthFlows',
      'AllowedOAuthFlowsUserPoolClient',
      'AllowedOAuthScopes',
      'AuthSessionValidity',
      'CallbackURLs',
      'ClientName',
      'EnableTokenRevocation',
      'ExplicitAuthFlows',
      'GenerateSecret',
      'IdTokenValidity',
      'LogoutURLs',
      'PreventUserExistenceErrors',
      'ReadAttributes',
      'RefreshTokenValidity',
      'SupportedIdentityProviders',
      'TokenValidityUnits',
      'UserPoolId',
      'WriteAttributes',
    ],
    ref: (resource) => resource.id.token(26),
    attributes: { ClientId: (resource) => resource.id.token(26) },
  },
  'AWS::Cognito::UserPoolGroup': {
    properties: ['Description', 'GroupName', 'Precedence', 'RoleArn', 'UserPoolId'],
    ref: (resource) => resource.required('GroupName'),
  },
  'AWS::Cognito::IdentityPool': {
    properties: [
      'AllowClassicFlow',
      'AllowUnauthenticatedIdentities',
      'CognitoIdentityProviders',
      'IdentityPoolName',
      'IdentityPoolTags',
      'SupportedLoginProviders',
    ],
    ref: (resource) => `${REGION}:${resource.id.uuid()}`,
    arn: (resource) => arnOf('cognito-identity', `identitypool/${REGION}:${resource.id.uuid()}`),
  },
  'AWS::Cognito::IdentityPoolRoleAttachment': nameless('IdentityPoolId', 'RoleMappings', 'Roles'),
};
