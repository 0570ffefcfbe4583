import type { IncomingMessage } from 'node:http';
import { AwsServiceError } from './aws-service.ts';
import { accessKeyIdOf, type CredentialRegistry } from './credential-registry.ts';
import { errorReply, type Reply } from './reply.ts';
import type { ServiceRegistry } from './service-registry.ts';

const INVOCATIONS = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

/** Name of the function that a path of Lambda's REST API invokes. */
export function invokedFunction(path: string): string | undefined {
  const name = INVOCATIONS.exec(path)?.[1];
  return name === undefined ? undefined : decodeURIComponent(name);
}

/** Lambda's own REST protocol, of which only `Invoke` is embedded. */
export async function answerInvocation(
  registry: ServiceRegistry,
  credentials: CredentialRegistry,
  request: IncomingMessage,
  functionName: string,
  body: string,
  log: (line: string) => void,
): Promise<Reply> {
  try {
    const accessKeyId = accessKeyIdOf(request.headers.authorization);
    if (accessKeyId === undefined)
      throw new AwsServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403);
    const type = request.headers['x-amz-invocation-type'];
    const answer = (await registry.call(
      'lambda',
      'Invoke',
      {
        FunctionName: functionName,
        Payload: parsePayload(body),
        ...(typeof type === 'string' && { InvocationType: type }),
      },
      credentials.callerOf(accessKeyId),
    )) as { StatusCode: number; FunctionError?: string; Payload: unknown };
    return {
      statusCode: answer.StatusCode,
      headers: {
        'content-type': 'application/json',
        'x-amz-executed-version': '$LATEST',
        ...(answer.FunctionError !== undefined && { 'x-amz-function-error': answer.FunctionError }),
      },
      body: answer.StatusCode === 202 ? '' : JSON.stringify(answer.Payload),
    };
  } catch (error) {
    return errorReply(error, log, 'application/json');
  }
}

function parsePayload(body: string): unknown {
  try {
    return JSON.parse(body === '' ? '{}' : body) as unknown;
  } catch {
    throw new AwsServiceError(
      'InvalidRequestContentException',
      'Could not parse request body into json',
      400,
    );
  }
}
