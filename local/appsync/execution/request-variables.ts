import { getVariableValues } from 'graphql/execution/values.js';
import type { GraphQLError, GraphQLSchema } from 'graphql';
import type { ParsedRequest } from './graphql-request.ts';
import { errorLocations, requestError, type ResponseError } from './graphql-response.ts';

export type ReadVariables =
  { readonly values: Readonly<Record<string, unknown>> } | { readonly errors: readonly ResponseError[] };

/** Reads the variables of a request by the types it declares for them. */
export function readVariables(schema: GraphQLSchema, { operation, variables }: ParsedRequest): ReadVariables {
  const { errors, coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], {
    ...variables,
  });
  if (coerced) return { values: coerced };
  return { errors: errors.map((error) => requestError(variableMessage(error), errorLocations(error))) };
}

/** graphql-js's wording, and what AppSync's (graphql-java) is for the same mistake. */
function variableMessage({ message }: GraphQLError): string {
  const absent = /^Variable "\$(\w+)" of required type "(.+)" was not provided/.exec(message);
  if (absent) return `Variable '${absent[1]}' has coerced Null value for NonNull type '${absent[2]}'`;
  const isNull = /^Variable "\$(\w+)" of non-null type "(.+)" must not be null/.exec(message);
  if (isNull) return `Variable '${isNull[1]}' has coerced Null value for NonNull type '${isNull[2]}'`;

  const invalid = /^Variable "\$(\w+)" got invalid value [\s\S]*?; ([\s\S]*)$/.exec(message);
  if (!invalid) return message;
  const [, variable = '', reason = ''] = invalid;
  const unknownField = /^Field "(\w+)" is not defined by type "(\w+)"/.exec(reason);
  if (unknownField)
    return `The variables input contains a field name '${unknownField[1]}' that is not defined for input object type '${unknownField[2]}' `;
  const missing = /^Field "(\w+)" of required type "(.+)" was not provided/.exec(reason);
  if (missing)
    return `Variable '${variable}' has an invalid value: Field '${missing[1]}' has coerced Null value for NonNull type '${missing[2]}'`;
  const noNull = /^Expected non-nullable type "(.+)" not to be null/.exec(reason);
  if (noNull) return `Variable '${variable}' has coerced Null value for NonNull type '${noNull[1]}'`;
  const noEnum = /^Value "(.*)" does not exist in "(\w+)" enum/.exec(reason);
  if (noEnum)
    return `Variable '${variable}' has an invalid value: Invalid input for Enum '${noEnum[2]}'. No value found for name '${noEnum[1]}'`;
  const unparsed = /Unable to parse [\s\S]*$/.exec(reason);
  return `Variable '${variable}' has an invalid value. ${unparsed ? unparsed[0] : reason}`;
}
