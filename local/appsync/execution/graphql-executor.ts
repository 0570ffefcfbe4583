import { execute, type GraphQLSchema } from 'graphql';
import type { AppSyncApi } from '../appsync-api.ts';
import { LambdaBatches } from '../data-sources/lambda-batches.ts';
import type { Authenticated, RequestContext } from '../request-context.ts';
import { fieldError } from '../schema/field-error.ts';
import type { ParsedRequest } from './graphql-request.ts';
import { responseError, type GraphQLResponse } from './graphql-response.ts';
import { requestErrors } from './request-validation.ts';
import { variableErrors } from './request-variables.ts';

/** A response, and what happened on the way to it. */
export interface Execution {
  readonly response: GraphQLResponse;
  readonly context: RequestContext;
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
    const invalid = requestErrors(this.schema, parsed, this.api);
    if (invalid.length > 0) return { response: { data: null, errors: invalid }, context };

    const result = await execute({
      schema: this.schema,
      document: parsed.document,
      variableValues: parsed.variables,
      operationName: parsed.operation.name?.value,
      contextValue: context,
    });
    // Without data nothing was run: the variables were refused.
    if (result.data === undefined)
      return { response: { data: null, errors: variableErrors(result.errors ?? []) }, context };
    const appended = context.appended.map(({ error, info }) => fieldError(error, info));
    const errors = [...(result.errors ?? []), ...appended].map((error) => responseError(error, this.schema));
    return { response: { data: result.data, ...(errors.length > 0 ? { errors } : {}) }, context };
  }
}
