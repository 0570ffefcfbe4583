import {
  buildSchema,
  isObjectType,
  valueFromASTUntyped,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import { AppSyncConfigurationError, type AppSyncApi, type ResolverConfig } from '../appsync-api.ts';
import type { RequestContext } from '../request-context.ts';
import { unauthorized, type ResolverError } from '../resolver-error.ts';
import type { ResolverRunner } from '../resolvers/resolver-runner.ts';
import { AUTH_DIRECTIVES, fieldRule } from './field-authorization.ts';
import { fieldError } from './field-error.ts';
import { installScalars, SCALAR_NAMES } from './scalars.ts';

/** Scalars and directives that every AppSync schema may use without declaring them. */
const PRELUDE = [
  ...SCALAR_NAMES.map((name) => `scalar ${name}`),
  'directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION',
  ...Object.keys(AUTH_DIRECTIVES).map(
    (name) => `directive @${name}(cognito_groups: [String!]) on FIELD_DEFINITION | OBJECT`,
  ),
].join('\n');

/** The schema that runs: fields check who asks and then run their resolvers. */
export function executableSchema(api: AppSyncApi, resolvers: ResolverRunner): GraphQLSchema {
  const schema = parseSchema(api);
  installScalars(schema);
  const configs = new Map(api.resolvers.map((config) => [`${config.typeName}.${config.fieldName}`, config]));
  for (const type of objectTypes(schema)) {
    installFields(schema, type, api, (fieldName) => configs.get(`${type.name}.${fieldName}`), resolvers);
  }
  requireFields(schema, api.resolvers);
  return schema;
}

/**
 * The schema that a published item is cut to for each subscriber: the item's own fields, already written as the mutation
 * answered them, and the same checks of who may see them.
 */
export function deliverySchema(api: AppSyncApi): GraphQLSchema {
  const schema = parseSchema(api);
  for (const type of objectTypes(schema)) installFields(schema, type, api, () => undefined);
  return schema;
}

/** Which subscriptions each mutation feeds (`@aws_subscribe`). */
export function subscriptionsByMutation(schema: GraphQLSchema): ReadonlyMap<string, readonly string[]> {
  const fed = Object.values(schema.getSubscriptionType()?.getFields() ?? {}).flatMap((field) =>
    (field.astNode?.directives ?? [])
      .filter(({ name }) => name.value === 'aws_subscribe')
      .flatMap(({ arguments: [mutations] = [] }) =>
        mutations ? (valueFromASTUntyped(mutations.value) as readonly string[]) : [],
      )
      .map((mutation) => ({ mutation, subscription: field.name })),
  );
  return new Map(
    [...Map.groupBy(fed, ({ mutation }) => mutation)].map(([mutation, entries]) => [
      mutation,
      entries.map(({ subscription }) => subscription),
    ]),
  );
}

function parseSchema(api: AppSyncApi): GraphQLSchema {
  try {
    return buildSchema(`${PRELUDE}\n${api.schema}`);
  } catch (error) {
    throw new AppSyncConfigurationError(`The GraphQL schema is not valid: ${(error as Error).message}`);
  }
}

function objectTypes(schema: GraphQLSchema): readonly GraphQLObjectType[] {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('__'));
}

type Arguments = Record<string, unknown>;

function installFields(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  api: AppSyncApi,
  resolverOf: (fieldName: string) => ResolverConfig | undefined,
  runner?: ResolverRunner,
): void {
  const subscriptionType = schema.getSubscriptionType();
  for (const field of Object.values(type.getFields())) {
    const isAllowed = fieldRule(field, type, api.authModes[0]);
    const resolver = resolverOf(field.name);
    const enter = (args: Arguments, context: RequestContext, info: GraphQLResolveInfo) => {
      if (!isAllowed(context)) throw fieldError(unauthorized(field.name, type.name), info);
      if (type === subscriptionType) context.subscription.args = args;
    };
    field.resolve =
      resolver && runner
        ? async (source: unknown, args: Arguments, context: RequestContext, info): Promise<unknown> => {
            enter(args, context, info);
            try {
              return await runner.run(resolver, { source, args, context, info });
            } catch (error) {
              throw fieldError(error as ResolverError, info); // `run` throws nothing else
            }
          }
        : (source: unknown, args: Arguments, context: RequestContext, info): unknown => {
            enter(args, context, info);
            return memberOf(source, field.name);
          };
  }
}

function memberOf(source: unknown, name: string): unknown {
  return source !== null && typeof source === 'object' && Object.hasOwn(source, name)
    ? (source as Record<string, unknown>)[name]
    : undefined;
}

function requireFields(schema: GraphQLSchema, resolvers: readonly ResolverConfig[]): void {
  for (const { typeName, fieldName } of resolvers) {
    const type = schema.getType(typeName);
    if (!isObjectType(type) || !(fieldName in type.getFields()))
      throw new AppSyncConfigurationError(
        `There is a resolver for ${typeName}.${fieldName}, which the schema has not`,
      );
  }
}
