import { getOperationAST, parse, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { AwsServiceError } from '../../gateway/aws-service.ts';
import { selectedFields } from './selected-fields.ts';

/** A GraphQL request as it arrives over HTTP, WebSocket or the service's own API. */
export interface GraphQLRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

/** The request with its document parsed and the one operation it asks for. */
export interface ParsedRequest extends GraphQLRequest {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** Reads the body of a request. Throws AwsServiceError `MalformedHttpRequestException`, worded as AppSync's. */
export function readGraphQLRequest(body: string): GraphQLRequest {
  if (body.trim() === '') throw malformed('Request body is empty.');
  return graphQLRequestOf(parseJson(body));
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw malformed('Unable to parse GraphQL query.');
  }
}

/** Checks the shape of a request that is already JSON. Throws AwsServiceError `MalformedHttpRequestException`. */
export function graphQLRequestOf(value: unknown): GraphQLRequest {
  const { query, variables, operationName } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof query !== 'string') throw malformed('Unable to parse GraphQL query.');
  if (variables !== undefined && (typeof variables !== 'object' || Array.isArray(variables)))
    throw malformed('Unable to parse GraphQL variables.');
  return {
    query,
    variables: (variables ?? {}) as Readonly<Record<string, unknown>>,
    ...(typeof operationName === 'string' && operationName !== '' ? { operationName } : {}),
  };
}

/** Throws AwsServiceError `MalformedHttpRequestException` for what is no GraphQL or names no operation. */
export function parseGraphQLRequest(request: GraphQLRequest): ParsedRequest {
  const document = parseQuery(request.query);
  const operation = getOperationAST(document, request.operationName);
  if (!operation)
    throw malformed(
      request.operationName === undefined
        ? 'Must provide operation name if query contains multiple operations.'
        : `Unknown operation named '${request.operationName}'.`,
    );
  return { ...request, document, operation };
}

/** Names of the fields that an operation asks of its root type, fragments included. */
export function rootFields({ document, operation }: ParsedRequest): readonly string[] {
  return [...new Set(selectedFields(operation.selectionSet, document).map(({ name }) => name))];
}

function parseQuery(query: string): DocumentNode {
  try {
    return parse(query);
  } catch {
    throw malformed('Unable to parse GraphQL query.');
  }
}

function malformed(message: string): AwsServiceError {
  return new AwsServiceError('MalformedHttpRequestException', message, 400);
}
