import { execute, type GraphQLSchema } from 'graphql';
import type { AppSyncApi } from '../appsync-api.ts';
import { LambdaBatches } from '../data-sources/lambda-batches.ts';
import type { Authenticated, RequestContext } from '../request-context.ts';
import { fieldError } from '../schema/field-error.ts';
import type { ParsedRequest } from './graphql-request.ts';
import { responseError, type GraphQLResponse } from './graphql-response.ts';
import { requestErrors } from './request-validation.ts';
import { readVariables } from './request-variables.ts';

/** A response, and what happened on the way to it. */
export interface Execution {
  readonly response: GraphQLResponse;
  readonly context: RequestContext;
  /** The variables as resolvers saw them; empty where the request was refused. */
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Request {
  readonly parsed: ParsedRequest;
  readonly caller: Authenticated;
  readonly headers: Readonly<Record<string, string>>;
}

/** Executes requests against the schema: every refusal and error is in the response. */
export class GraphQLExecutor {
  private readonly schema: GraphQLSchema;
  private readonly api: AppSyncApi;

  constructor(schema: GraphQLSchema, api: AppSyncApi) {
    this.schema = schema;
    this.api = api;
  }

  async execute({ parsed, caller, headers }: Request): Promise<Execution> {
    const context: RequestContext = {
      ...caller,
      headers,
      batches: new LambdaBatches(),
      appended: [],
      subscription: {},
      invalidations: [],
    };
    const refused = (errors: GraphQLResponse['errors'] = []) => ({
      response: { data: null, errors },
      context,
      variables: {},
    });
    const invalid = requestErrors(this.schema, parsed, this.api);
    if (invalid.length > 0) return refused(invalid);
    const variables = readVariables(this.schema, parsed);
    if ('errors' in variables) return refused(variables.errors);

    const result = await execute({
      schema: this.schema,
      document: parsed.document,
      variableValues: parsed.variables,
      operationName: parsed.operation.name?.value,
      contextValue: context,
    });
    const errors = [
      ...(result.errors ?? []),
      ...context.appended.map(({ error, info }) => fieldError(error, info)),
    ].map((error) => responseError(error, this.schema));
    const response = { data: result.data ?? null, ...(errors.length > 0 ? { errors } : {}) };
    return { response, context, variables: variables.values };
  }
}
