import {
  valueFromASTUntyped,
  type DirectiveNode,
  type FieldDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
} from 'graphql';
import type { AuthMode } from '../appsync-api.ts';
import type { Authenticated } from '../request-context.ts';

/** The directives that say who may use a field, and the mode each stands for. */
export const AUTH_DIRECTIVES: Readonly<
  Record<string, AuthMode | 'API_KEY' | 'OPENID_CONNECT' | 'AWS_LAMBDA'>
> = {
  aws_cognito_user_pools: 'AMAZON_COGNITO_USER_POOLS',
  aws_auth: 'AMAZON_COGNITO_USER_POOLS',
  aws_iam: 'AWS_IAM',
  aws_api_key: 'API_KEY',
  aws_oidc: 'OPENID_CONNECT',
  aws_lambda: 'AWS_LAMBDA',
};

/** Lets a caller through, or not. */
export type FieldRule = (caller: Authenticated) => boolean;

/**
 * The rule of a field: its own directives, else its type's, else the API's default mode alone.
 * https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html#using-additional-authorization-modes
 */
export function fieldRule(
  field: GraphQLField<unknown, unknown>,
  type: GraphQLObjectType,
  defaultMode: AuthMode,
): FieldRule {
  const own = authDirectives(field.astNode);
  const directives = own.length > 0 ? own : authDirectives(type.astNode);
  if (directives.length === 0) return ({ authMode }) => authMode === defaultMode;
  const grants = directives.map((directive) => ({
    mode: AUTH_DIRECTIVES[directive.name.value],
    groups: groupsOf(directive),
  }));
  return (caller) =>
    grants.some(
      ({ mode, groups }) => mode === caller.authMode && (groups === undefined || isIn(caller, groups)),
    );
}

function authDirectives(
  node: Pick<FieldDefinitionNode, 'directives'> | null | undefined,
): readonly DirectiveNode[] {
  return (node?.directives ?? []).filter(({ name }) => name.value in AUTH_DIRECTIVES);
}

function groupsOf(directive: DirectiveNode): readonly unknown[] | undefined {
  const argument = directive.arguments?.find(({ name }) => name.value === 'cognito_groups');
  return argument ? (valueFromASTUntyped(argument.value) as readonly unknown[]) : undefined;
}

function isIn({ identity }: Authenticated, groups: readonly unknown[]): boolean {
  return 'groups' in identity && (identity.groups ?? []).some((group) => groups.includes(group));
}
