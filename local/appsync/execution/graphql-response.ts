import { isObjectType, type GraphQLError, type GraphQLSchema } from 'graphql';

/** A response with AppSync's own error members. */
export interface GraphQLResponse {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly ResponseError[];
}

export interface ResponseError {
  readonly path: readonly (string | number)[] | null;
  readonly data?: unknown;
  readonly errorType?: string | null;
  readonly errorInfo?: unknown;
  readonly locations: readonly ErrorLocation[] | null;
  readonly message: string;
}

export interface ErrorLocation {
  readonly line: number;
  readonly column: number;
  readonly sourceName: null;
}

/** The refusal of a whole request: validation or variables. It carries no error type. */
export function requestError(message: string, locations: readonly ErrorLocation[] | null): ResponseError {
  return { path: null, locations, message };
}

/** An error of a field. */
export function responseError(error: GraphQLError, schema: GraphQLSchema): ResponseError {
  const path = error.path ?? null;
  const extensions = error.extensions;
  // What a resolver raised carries its type; the rest is about values that do not fit the schema.
  if (!('errorType' in extensions)) return { path, locations: null, message: misfit(error, schema) };
  return {
    path,
    data: extensions['data'] ?? null,
    errorType: (extensions['errorType'] ?? null) as string | null,
    errorInfo: extensions['errorInfo'] ?? null,
    locations: errorLocations(error),
    message: error.message,
  };
}

export function errorLocations(error: GraphQLError): readonly ErrorLocation[] | null {
  return error.locations?.map(({ line, column }) => ({ line, column, sourceName: null })) ?? null;
}

/** A value that is null or of another type than the schema has, worded as AppSync words it. */
function misfit(error: GraphQLError, schema: GraphQLSchema): string {
  const path = (error.path ?? []).reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}/${key}`),
    '',
  );
  const nullField = /^Cannot return null for non-nullable field (\w+)\.(\w+)\.$/.exec(error.message);
  if (nullField) {
    const [, parent = '', field = ''] = nullField;
    const type = schema.getType(parent);
    const fieldType = isObjectType(type) ? type.getFields()[field]?.type : undefined;
    const typeName = String(fieldType ?? '').replaceAll(/[![\]]/g, '');
    return `Cannot return null for non-nullable type: '${typeName}' within parent '${parent}' (${path})`;
  }
  return `Can't serialize value (${path}) : ${error.message}`;
}
