import type { IncomingMessage } from 'node:http';
import { AwsServiceError } from '../gateway/aws-service.ts';

/** An HTTP request as S3 reads it. */
export interface S3Request {
  readonly method: string;
  /** Empty for the list of all buckets. */
  readonly bucket: string;
  /** Empty for the bucket itself. */
  readonly key: string;
  /** Percent-encoded as signatures want it, whichever way the client wrote it. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: IncomingMessage['headers'];
}

const VIRTUAL_HOST = /^(.+)\.localhost(?::\d+)?$/;

/**
 * Path style, `/bucket/key`, or virtual-host style, `bucket.localhost`. The path is taken as it is: where a URL parser
 * would go up a level, `..` is part of a key. Throws AwsServiceError `InvalidURI`.
 */
export function parseRequest({ method = 'GET', url = '/', headers }: IncomingMessage): S3Request {
  const mark = url.indexOf('?');
  const rawPath = mark < 0 ? url : url.slice(0, mark);
  const path = decoded(rawPath);
  const ofHost = VIRTUAL_HOST.exec(headers.host ?? '')?.[1];
  const slash = path.indexOf('/', 1);
  const end = slash < 0 ? path.length : slash;
  return {
    method,
    bucket: ofHost ?? path.slice(1, end),
    key: ofHost === undefined ? path.slice(end + 1) : path.slice(1),
    path: path.split('/').map(encoded).join('/'),
    query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)),
    headers,
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new AwsServiceError('InvalidURI', "Couldn't parse the specified URI.", 400, { URI: path });
  }
}

/** RFC 3986, which leaves less as it is than `encodeURIComponent` does. */
function encoded(segment: string): string {
  return encodeURIComponent(segment).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
