import { GraphQLError, responsePathAsArray, type GraphQLResolveInfo } from 'graphql';
import type { ResolverError } from '../resolver-error.ts';

/** The error of a field, with what AppSync reports of it. */
export function fieldError(error: ResolverError, info: GraphQLResolveInfo): GraphQLError {
  const { message, errorType, errorInfo, data } = error;
  const path = responsePathAsArray(info.path);
  return new GraphQLError(message, info.fieldNodes, undefined, undefined, path, error, {
    errorType,
    errorInfo,
    data,
  });
}
