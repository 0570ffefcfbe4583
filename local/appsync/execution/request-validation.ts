import {
  specifiedRules,
  validate,
  type GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
} from 'graphql';
import type { AppSyncApi } from '../appsync-api.ts';
import type { ParsedRequest } from './graphql-request.ts';
import { errorLocations, requestError, type ResponseError } from './graphql-response.ts';
import { queryDepth } from './query-depth.ts';

/** What is wrong with a request before any resolver runs; empty where nothing is. */
export function requestErrors(
  schema: GraphQLSchema,
  request: ParsedRequest,
  { introspection, queryDepthLimit }: Pick<AppSyncApi, 'introspection' | 'queryDepthLimit'>,
): readonly ResponseError[] {
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  const errors = validate(schema, request.document, rules);
  if (errors.length > 0)
    return errors.map((error) => requestError(validationMessage(error), errorLocations(error)));
  if (queryDepthLimit !== undefined && queryDepth(request) > queryDepthLimit)
    return [requestError(`Query depth exceeds the limit of ${queryDepthLimit}`, null)];
  return [];
}

/** graphql-js's wording, and what AppSync's (graphql-java) is for the same mistake. */
const WORDINGS: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [
    /^Cannot query field "(\w+)" on type "(\w+)"/,
    (field, type) => `FieldUndefined: Field '${field}' in type '${type}' is undefined @ '${field}'`,
  ],
  [
    /^Field "(\w+)" argument "(\w+)" of type "(.+)" is required/,
    (field, argument) => `MissingFieldArgument: Missing field argument ${argument} @ '${field}'`,
  ],
  [
    /^Unknown argument "(\w+)" on field "\w+\.(\w+)"/,
    (argument, field) => `UnknownArgument: Unknown field argument ${argument} @ '${field}'`,
  ],
  [
    /^Field "(\w+)" of type "(.+)" must have a selection of subfields/,
    (field, type) =>
      `SubSelectionRequired: Sub selection required for type ${bareType(type)} of field ${field} @ '${field}'`,
  ],
  [
    /^Field "(\w+)" must not have a selection since type "(.+)" has no subfields/,
    (field, type) =>
      `SubSelectionNotAllowed: Sub selection not allowed on leaf type ${bareType(type)} of field ${field} @ '${field}'`,
  ],
  [/^Unknown type "(\w+)"/, (type) => `UnknownType: Unknown type ${type}`],
  [/^Variable "\$(\w+)" is not defined/, (name) => `UndefinedVariable: Undefined variable ${name}`],
  [
    /^Variable "\$(\w+)" of type "(.+)" used in position expecting type "(.+)"/,
    (_, type, expected) =>
      `VariableTypeMismatch: Variable type '${type}' doesn't match expected type '${expected}'`,
  ],
  [/^Unknown fragment "(\w+)"/, (name) => `UndefinedFragment: Undefined fragment ${name}`],
];

function validationMessage({ message }: GraphQLError): string {
  for (const [pattern, wording] of WORDINGS) {
    const match = pattern.exec(message);
    if (match) return `Validation error of type ${wording(...match.slice(1))}`;
  }
  return `Validation error of type WrongType: ${message}`;
}

function bareType(type: string): string {
  return type.replaceAll(/[![\]]/g, '');
}
