import { Readable } from 'node:stream';
import type { Reply } from '../gateway/reply.ts';
import type { RestOperation } from './rest-operations.ts';
import { xmlDocument } from './xml.ts';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** Headers of an answer by the operation's output members; `Metadata` and `Body` are no single header. */
const HEADERS: Readonly<Record<string, string>> = {
  AcceptRanges: 'accept-ranges',
  BucketRegion: 'x-amz-bucket-region',
  CacheControl: 'cache-control',
  ChecksumCRC32: 'x-amz-checksum-crc32',
  ChecksumSHA1: 'x-amz-checksum-sha1',
  ChecksumSHA256: 'x-amz-checksum-sha256',
  ChecksumType: 'x-amz-checksum-type',
  ContentDisposition: 'content-disposition',
  ContentEncoding: 'content-encoding',
  ContentLanguage: 'content-language',
  ContentLength: 'content-length',
  ContentRange: 'content-range',
  ContentType: 'content-type',
  ETag: 'etag',
  Expires: 'expires',
  LastModified: 'last-modified',
  ServerSideEncryption: 'x-amz-server-side-encryption',
};

/** What an operation answered, as HTTP has it. */
export function replyOf(rest: RestOperation, output: Readonly<Record<string, unknown>>): Reply {
  if (rest.document !== undefined)
    return {
      statusCode: 200,
      headers: { 'content-type': 'application/xml' },
      body: xmlDocument(rest.document, output, NAMESPACE),
    };
  const named = Object.entries(HEADERS).flatMap(([member, header]) => {
    const value = output[member] as Date | string | number | undefined; // as the operations answer
    if (value === undefined) return [];
    return [[header, headerValue(value)] as const];
  });
  const metadata = Object.entries((output['Metadata'] ?? {}) as Record<string, string>); // as GetObject has it
  return {
    statusCode: output['ContentRange'] === undefined ? (rest.status ?? 200) : 206,
    headers: Object.fromEntries([
      ...named,
      ...metadata.map(([name, value]) => [`x-amz-meta-${name}`, value] as const),
    ]),
    body: output['Body'] instanceof Readable ? output['Body'] : '',
  };
}

const headerValue = (value: Date | string | number): string =>
  value instanceof Date ? value.toUTCString() : String(value);
