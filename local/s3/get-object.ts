import * as z from 'zod/mini';
import { Readable } from 'node:stream';
import type { AwsOperation, Caller } from '../gateway/aws-service.ts';
import { objectArn } from './bucket.ts';
import { byteRange } from './byte-range.ts';
import { factsOf } from './object-headers.ts';
import type { StoredObject } from './object-store.ts';
import { checkRead } from './preconditions.ts';
import { findObject, headerText, objectKey, s3Operation, text, type S3Parts } from './s3-operation.ts';

const FIELDS = {
  Key: objectKey,
  Range: text,
  IfMatch: text,
  IfNoneMatch: text,
  IfModifiedSince: text,
  IfUnmodifiedSince: text,
  ChecksumMode: z.optional(z.literal('ENABLED')),
  ResponseCacheControl: headerText,
  ResponseContentDisposition: headerText,
  ResponseContentEncoding: headerText,
  ResponseContentLanguage: headerText,
  ResponseContentType: headerText,
  ResponseExpires: headerText,
};

type Input = z.output<z.ZodMiniObject<typeof FIELDS>> & { readonly Bucket: string };

export const getObject = (parts: S3Parts): AwsOperation => reading(parts, true);
export const headObject = (parts: S3Parts): AwsOperation => reading(parts, false);

function reading(parts: S3Parts, withBody: boolean): AwsOperation {
  return s3Operation(
    parts,
    FIELDS,
    ({ Bucket, Key }) => [{ action: 's3:GetObject', resource: objectArn(Bucket, Key) }],
    (input, caller) => read(parts, input, caller, withBody),
  );
}

function read(parts: S3Parts, input: Input, caller: Caller, withBody: boolean): Record<string, unknown> {
  const object = findObject(parts, input.Bucket, input.Key, caller);
  checkRead(input, object);
  const { size } = object;
  const range = byteRange(input.Range, size);
  const { start, end } = range ?? { start: 0, end: size - 1 };
  // A checksum of the whole proves nothing of a part.
  const { checksum, ...unchecked } = object;
  const isProved = input.ChecksumMode !== undefined && !range && checksum;
  return {
    ...object.headers,
    ...overrides(input),
    ...factsOf(isProved ? object : unchecked),
    AcceptRanges: 'bytes',
    ContentLength: end - start + 1,
    ...(range && { ContentRange: `bytes ${start}-${end}/${size}` }),
    LastModified: new Date(object.modified),
    Metadata: object.metadata,
    ...(withBody && { Body: bytes(parts, object, start, end) }),
  };
}

/** An empty file has no last byte to read up to. */
function bytes({ store }: S3Parts, object: StoredObject, start: number, end: number): Readable {
  return object.size === 0 ? Readable.from([]) : store.read(object, start, end);
}

/** How the caller wants to be answered instead, such as `ContentDisposition` by `ResponseContentDisposition`. */
function overrides(input: Input): Record<string, unknown> {
  const wanted = Object.entries(input).filter(
    ([name, value]) => name.startsWith('Response') && value !== undefined,
  );
  return Object.fromEntries(wanted.map(([name, value]) => [name.slice('Response'.length), value]));
}
