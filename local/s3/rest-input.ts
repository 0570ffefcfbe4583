import { AwsServiceError } from '../gateway/aws-service.ts';
import { isPresigned } from './presigned-url.ts';
import { REST_OPERATIONS, type RestOperation } from './rest-operations.ts';
import { notImplemented } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';

const METADATA = 'x-amz-meta-';
const METHODS = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'];

/** Headers and parameters that say something of the request itself, or are looked at elsewhere. */
const OF_THE_REQUEST =
  /^(x-id|x-amz-(date|security-token|content-sha256|user-agent|decoded-content-length|trailer|te|sdk-checksum-algorithm|checksum-(?!mode$|type$).*))$/;
const OF_THE_SIGNATURE = /^x-amz-(algorithm|credential|date|expires|signedheaders|signature|security-token)$/;
/** The SDK puts there the checksum of the empty body it has when it signs. S3 ignores it: localstack/localstack #12169. */
const IGNORED_IN_A_URL = /^x-amz-(checksum-.*|sdk-checksum-algorithm)$/;

/** Which operation a request means. Throws AwsServiceError `NotImplemented` or `MethodNotAllowed`, naming what it is. */
export function operationOf({ method, bucket, key, query, headers }: S3Request): RestOperation {
  const on = key === '' ? 'bucket' : 'object';
  const found = REST_OPERATIONS.find(
    ({ withHeader, withQuery, ...candidate }) =>
      candidate.method === method &&
      candidate.on === on &&
      (withHeader === undefined || headers[withHeader] !== undefined) &&
      (withQuery === undefined || query.get(withQuery[0]) === withQuery[1]),
  );
  if (found && bucket !== '') return found;
  if (!METHODS.includes(method))
    throw new AwsServiceError(
      'MethodNotAllowed',
      'The specified method is not allowed against this resource.',
      405,
      { Method: method },
    );
  const asked = [...query.keys()].filter((name) => name !== 'x-id');
  const what =
    query.get('x-id') ??
    [method, on === 'object' ? 'of an object' : 'of a bucket', ...asked.map((name) => `?${name}`)].join(' ');
  throw notImplemented(bucket === '' ? `${method} of all buckets` : what);
}

/**
 * The operation's input, but for a body. What a presigned URL carries in place of headers counts like them.
 * Throws AwsServiceError `NotImplemented` for anything the operation does not know.
 */
export function inputOf(rest: RestOperation, request: S3Request): Record<string, unknown> {
  const input: Record<string, unknown> = { Bucket: request.bucket };
  if (rest.on === 'object') input['Key'] = request.key;
  const metadata: Record<string, string> = {};
  const take = (member: string | undefined, name: string, value: string) => {
    if (member !== undefined) input[member] = typed(member, value);
    else if (rest.hasMetadata && name.startsWith(METADATA)) metadata[name.slice(METADATA.length)] = value;
    else if (name.startsWith('x-amz-') && !OF_THE_REQUEST.test(name))
      throw notImplemented(`${name} of ${rest.operation}`);
  };
  for (const [name, value] of Object.entries(request.headers))
    take(rest.headers?.[name], name, String(value));
  for (const [parameter, value] of request.query) {
    const name = parameter.toLowerCase();
    if (rest.withQuery?.[0] === parameter) continue;
    if (rest.query?.[parameter] !== undefined) take(rest.query[parameter], name, value);
    else if (isPresigned(request) && name.startsWith('x-amz-')) {
      if (OF_THE_SIGNATURE.test(name) || IGNORED_IN_A_URL.test(name)) continue;
      take(rest.headers?.[name], name, value);
    } else if (!OF_THE_REQUEST.test(name)) throw notImplemented(`?${parameter} of ${rest.operation}`);
  }
  if (Object.keys(metadata).length > 0) input['Metadata'] = metadata;
  if (rest.hasBody) withoutFraming(input);
  return input;
}

/** `aws-chunked` is how the body came, and not how it is. */
function withoutFraming(input: Record<string, unknown>): void {
  if (typeof input['ContentEncoding'] !== 'string') return;
  const encodings = input['ContentEncoding'].split(',').map((name) => name.trim());
  input['ContentEncoding'] = encodings.filter((name) => name !== 'aws-chunked').join(',');
}

function typed(member: string, value: string): unknown {
  if (member === 'MaxKeys') return value === '' ? NaN : Number(value);
  if (member === 'FetchOwner') return value === 'true';
  return value;
}
