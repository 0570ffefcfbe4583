import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { AwsServiceError } from './aws-service.ts';

/** What is answered to one HTTP request. */
export interface Reply {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text, or the bytes of an object. */
  readonly body: string | Readable;
}

export function json(value: unknown, contentType = 'application/json'): Reply {
  return { statusCode: 200, headers: { 'content-type': contentType }, body: JSON.stringify(value ?? {}) };
}

/** An error as AWS' JSON protocols answer it. What is not an AwsServiceError is ours, and is logged. */
export function errorReply(
  error: unknown,
  log: (line: string) => void,
  contentType = 'application/x-amz-json-1.1',
): Reply {
  const known = error instanceof AwsServiceError;
  if (!known)
    log(`Internal failure: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  const { code, message, statusCode, details } = known
    ? error
    : new AwsServiceError('InternalFailure', 'The embedded AWS failed; its log says why', 500);
  return {
    statusCode,
    headers: { 'content-type': contentType, 'x-amzn-errortype': code },
    body: JSON.stringify({ ...details, __type: code, message }),
  };
}

/** Ends the connection where the request was not read to its end. */
export function send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  const close = request.complete ? {} : { connection: 'close' };
  response.writeHead(reply.statusCode, { ...reply.headers, ...close, 'x-amzn-requestid': randomUUID() });
  if (typeof reply.body !== 'string') {
    pipeline(reply.body, response, () => undefined); // where one end fails, the other is closed
    return;
  }
  response.end(reply.body, () => {
    if (!request.complete) request.destroy();
  });
}
