import type { IncomingMessage } from 'node:http';
import { AwsServiceError, type AwsOperation, type AwsService, type Caller } from './aws-service.ts';
import { accessKeyIdOf, type CredentialRegistry } from './credential-registry.ts';
import { errorReply, json, type Reply } from './reply.ts';
import { parseObject } from './request-body.ts';
import type { ServiceRegistry } from './service-registry.ts';

/** Who calls an operation that needs no permission, such as signing in. */
const ANONYMOUS: Caller = { arn: 'anonymous' };

/** The protocols `awsJson1_0` and `awsJson1_1`: the operation is named by the header `X-Amz-Target`, all else is JSON. */
export class JsonProtocol {
  private readonly registry: ServiceRegistry;
  private readonly credentials: CredentialRegistry;
  private readonly log: (line: string) => void;

  constructor(registry: ServiceRegistry, credentials: CredentialRegistry, log: (line: string) => void) {
    this.registry = registry;
    this.credentials = credentials;
    this.log = log;
  }

  async answer(request: IncomingMessage, body: string): Promise<Reply> {
    let contentType = 'application/x-amz-json-1.1';
    try {
      const { service, operation } = this.target(request);
      contentType = `application/x-amz-json-${service.jsonVersion ?? '1.1'}`;
      const caller = this.caller(request, this.registry.find(service.name, operation));
      return json(await this.registry.call(service.name, operation, parseObject(body), caller), contentType);
    } catch (error) {
      return errorReply(error, this.log, contentType);
    }
  }

  private target(request: IncomingMessage): { service: AwsService; operation: string } {
    const header = request.headers['x-amz-target'];
    if (typeof header !== 'string')
      throw new AwsServiceError(
        'UnknownOperationException',
        `Only the JSON protocols of AWS are embedded, where X-Amz-Target names the operation (not ${
          request.headers['smithy-protocol'] === undefined ? 'the query protocol' : 'CBOR'
        }: ${request.url ?? '/'})`,
      );
    const dot = header.lastIndexOf('.');
    const [target, operation] = [header.slice(0, dot), header.slice(dot + 1)];
    const service = this.registry.list().find((candidate) => candidate.target === target);
    if (!service)
      throw new AwsServiceError('UnknownOperationException', `The service of ${header} is not embedded`);
    return { service, operation };
  }

  /** Without credentials only what needs no permission may be called. */
  caller(request: IncomingMessage, operation: AwsOperation): Caller {
    const accessKeyId = accessKeyIdOf(request.headers.authorization);
    if (accessKeyId !== undefined) return this.credentials.callerOf(accessKeyId);
    if (operation.permissions)
      throw new AwsServiceError(
        'MissingAuthenticationTokenException',
        'Request is missing Authentication Token',
        403,
      );
    return ANONYMOUS;
  }
}
