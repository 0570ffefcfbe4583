import type { GraphQLError } from 'graphql';
import { errorLocations, requestError, type ResponseError } from './graphql-response.ts';

/** The refusal of a request whose variables do not fit the types that it declares for them. */
export function variableErrors(errors: readonly GraphQLError[]): readonly ResponseError[] {
  return errors.map((error) => requestError(variableMessage(error), errorLocations(error)));
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
