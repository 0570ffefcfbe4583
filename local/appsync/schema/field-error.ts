import { GraphQLError, responsePathAsArray, type GraphQLResolveInfo } from 'graphql';
import { ResolverError } from '../resolver-error.ts';

/** The error of a field, with what AppSync reports of it. */
export function fieldError(error: unknown, info: GraphQLResolveInfo): GraphQLError {
  const known = error instanceof ResolverError ? error : undefined;
  const cause = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(
    cause.message,
    info.fieldNodes,
    undefined,
    undefined,
    responsePathAsArray(info.path),
    cause,
    {
      errorType: known ? known.errorType : 'InternalFailure',
      errorInfo: known?.errorInfo ?? null,
      data: known?.data ?? null,
    },
  );
}
