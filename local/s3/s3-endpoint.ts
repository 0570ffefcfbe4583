import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import type { Clock } from '../clock/clock.ts';
import { AwsServiceError, type AwsApi, type Caller } from '../gateway/aws-service.ts';
import { accessKeyIdOf, type CredentialRegistry } from '../gateway/credential-registry.ts';
import type { Reply } from '../gateway/reply.ts';
import type { Bucket } from './bucket.ts';
import { corsHeaders, preflight } from './cors.ts';
import { isPresigned, verifyPresigned } from './presigned-url.ts';
import { LARGEST_OBJECT, ReceivedBody } from './received-body.ts';
import { inputOf, operationOf } from './rest-input.ts';
import { replyOf } from './rest-output.ts';
import { accessDenied } from './s3-error.ts';
import { parseRequest, type S3Request } from './s3-request.ts';
import { xmlDocument } from './xml.ts';

export interface S3EndpointOptions {
  readonly buckets: readonly Bucket[];
  readonly aws: AwsApi;
  readonly credentials: CredentialRegistry;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/** Credentials are for one service, which their scope names. */
const SIGNED_FOR_S3 = /[/]s3[/]aws4_request/;

/** S3's own REST protocol. */
export class S3Endpoint {
  private readonly options: S3EndpointOptions;

  constructor(options: S3EndpointOptions) {
    this.options = options;
  }

  /** Whether a request is meant for S3: it is signed for it, or its path or host names a bucket, as a preflight's does. */
  serves(request: IncomingMessage): boolean {
    if (SIGNED_FOR_S3.test(request.headers.authorization ?? '')) return true;
    try {
      const { bucket, query } = parseRequest(request);
      return SIGNED_FOR_S3.test(query.get('X-Amz-Credential') ?? '') || this.bucket(bucket) !== undefined;
    } catch {
      return false;
    }
  }

  /** Never throws for what a client does wrong: S3 has errors of its own shape. */
  async answer(request: IncomingMessage): Promise<Reply> {
    let cors: Record<string, string> = {};
    const { reply, failed } = await Promise.resolve()
      .then(async () => {
        const parsed = parseRequest(request);
        cors = corsHeaders(this.bucket(parsed.bucket), parsed);
        return { reply: await this.run(parsed, request), failed: false };
      })
      .catch((error: unknown) => ({ reply: this.errorReply(error, request), failed: true }));
    if (failed) await drain(request);
    return { ...reply, headers: { ...cors, ...reply.headers, ...this.always() } };
  }

  private async run(parsed: S3Request, request: IncomingMessage): Promise<Reply> {
    if (parsed.method === 'OPTIONS')
      return { statusCode: 200, headers: preflight(this.bucket(parsed.bucket), parsed), body: '' };
    const caller = await this.caller(parsed);
    const rest = operationOf(parsed);
    const input = inputOf(rest, parsed);
    if (rest.hasBody) input['Body'] = new ReceivedBody(request, parsed.headers);
    const output = await this.options.aws.call('s3', rest.operation, input, caller);
    return replyOf(rest, output as Record<string, unknown>); // every operation of S3 answers one
  }

  private async caller(request: S3Request): Promise<Caller> {
    const { credentials, clock } = this.options;
    const accessKeyId = accessKeyIdOf(request.headers.authorization);
    if (isPresigned(request)) {
      if (request.headers.authorization !== undefined)
        throw new AwsServiceError(
          'InvalidArgument',
          'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
        );
      return credentials.callerOf(
        await verifyPresigned(request, (id) => credentials.credentialsOf(id), clock.now()),
      );
    }
    if (accessKeyId === undefined) throw accessDenied(); // nothing here is public
    return credentials.callerOf(accessKeyId);
  }

  private bucket(name: string): Bucket | undefined {
    return this.options.buckets.find((bucket) => bucket.name === name);
  }

  /** The SDK corrects its clock by `date`, so that this must be the clock by which signatures are judged. */
  private always(): Record<string, string> {
    return { 'x-amz-request-id': randomUUID(), date: new Date(this.options.clock.now()).toUTCString() };
  }

  private errorReply(error: unknown, request: IncomingMessage): Reply {
    const { code, message, statusCode, details } = this.asS3Error(error, request);
    const etag = details['ETag'];
    if (statusCode === 304) return { statusCode, headers: { etag: String(etag) }, body: '' };
    return {
      statusCode,
      headers: { 'content-type': 'application/xml' },
      body:
        request.method === 'HEAD'
          ? ''
          : xmlDocument('Error', {
              Code: code,
              Message: message,
              ...details,
              Resource: request.url?.split('?')[0] ?? '/',
            }),
    };
  }

  private asS3Error(error: unknown, request: IncomingMessage): AwsServiceError {
    if (!(error instanceof AwsServiceError)) {
      if (!request.destroyed)
        this.options.log(
          `Internal failure of S3: ${error instanceof Error ? (error.stack ?? '') : String(error)}`,
        );
      return new AwsServiceError('InternalError', 'We encountered an internal error. Please try again.', 500);
    }
    return error.code === 'AccessDeniedException' ? accessDenied(error.message) : error;
  }
}

/** Reads on to the end, within reason: a client that still writes would not see why it was refused. */
async function drain(request: IncomingMessage): Promise<void> {
  if (request.complete || Number(request.headers['content-length'] ?? Infinity) > LARGEST_OBJECT) return;
  request.resume();
  await finished(request).catch(() => undefined); // gone: nobody is left to be answered
}
