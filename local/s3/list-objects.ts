import * as z from 'zod/mini';
import type { AwsOperation } from '../gateway/aws-service.ts';
import { bucketArn } from './bucket.ts';
import type { StoredObject } from './object-store.ts';
import { invalidArgument } from './s3-error.ts';
import { s3Operation, text, type S3Parts } from './s3-operation.ts';

const LARGEST_PAGE = 1000;

/** Where a page ended: at a key, or behind all keys that a common prefix stands for. */
interface Position {
  readonly after: string;
  readonly isPrefix: boolean;
}

const POSITION = z.strictObject({ after: z.string(), isPrefix: z.boolean() });

type Entry = { readonly object: StoredObject } | { readonly prefix: string };

export function listObjectsV2(parts: S3Parts): AwsOperation {
  return s3Operation(
    parts,
    {
      Prefix: z._default(z.string(), ''),
      Delimiter: text,
      MaxKeys: z._default(z.int().check(z.minimum(0)), LARGEST_PAGE),
      ContinuationToken: text,
      StartAfter: text,
      EncodingType: z.optional(z.literal('url')),
      FetchOwner: z.optional(z.literal(false)),
    },
    ({ Bucket, Prefix, Delimiter, MaxKeys }) => [
      {
        action: 's3:ListBucket',
        resource: bucketArn(Bucket),
        context: {
          's3:prefix': Prefix,
          ...(Delimiter !== undefined && { 's3:delimiter': Delimiter }),
          's3:max-keys': String(MaxKeys),
        },
      },
    ],
    ({ Bucket, ContinuationToken, StartAfter, ...input }) => {
      const pageSize = Math.min(input.MaxKeys, LARGEST_PAGE);
      const from =
        ContinuationToken === undefined
          ? { after: StartAfter ?? '', isPrefix: false }
          : decodeToken(ContinuationToken);
      const found = entries(parts, Bucket, input.Prefix, input.Delimiter ?? '', from);
      const { page, isTruncated } = firstOf(found, pageSize);
      const last = page.at(-1);
      const encode = input.EncodingType === 'url' ? urlEncoded : (name: string) => name;
      return {
        Name: Bucket,
        Prefix: encode(input.Prefix),
        ...(input.Delimiter !== undefined && { Delimiter: encode(input.Delimiter) }),
        ...(StartAfter !== undefined && { StartAfter: encode(StartAfter) }),
        ...(ContinuationToken !== undefined && { ContinuationToken }),
        ...(isTruncated && last && { NextContinuationToken: encodeToken(positionOf(last)) }),
        ...(input.EncodingType !== undefined && { EncodingType: input.EncodingType }),
        KeyCount: page.length,
        MaxKeys: pageSize,
        IsTruncated: isTruncated,
        Contents: page.flatMap((entry) => ('object' in entry ? [contents(entry.object, encode)] : [])),
        CommonPrefixes: page.flatMap((entry) =>
          'prefix' in entry ? [{ Prefix: encode(entry.prefix) }] : [],
        ),
      };
    },
  );
}

/** A page of size 0 is never truncated, or a client would ask on for ever. */
function firstOf(found: Iterable<Entry>, size: number): { page: Entry[]; isTruncated: boolean } {
  const page: Entry[] = [];
  if (size === 0) return { page, isTruncated: false };
  for (const entry of found) {
    if (page.length === size) return { page, isTruncated: true };
    page.push(entry);
  }
  return { page, isTruncated: false };
}

/** Objects under `prefix`, those with the delimiter further on in their keys as one common prefix. */
function* entries(
  { store }: S3Parts,
  bucket: string,
  prefix: string,
  delimiter: string,
  from: Position,
): Generator<Entry> {
  const start = Buffer.compare(Buffer.from(from.after), Buffer.from(prefix)) > 0 ? from.after : prefix;
  let rolledUp = from.isPrefix ? from.after : undefined;
  for (const object of store.from(bucket, start)) {
    const { key } = object;
    if (!key.startsWith(prefix)) return;
    if (key === from.after || (rolledUp !== undefined && key.startsWith(rolledUp))) continue;
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    if (end < 0) yield { object };
    else {
      rolledUp = key.slice(0, end + delimiter.length);
      yield { prefix: rolledUp };
    }
  }
}

const urlEncoded = (name: string): string => encodeURIComponent(name).replaceAll('%2F', '/');

const contents = (object: StoredObject, encode: (name: string) => string) => ({
  Key: encode(object.key),
  LastModified: new Date(object.modified),
  ETag: `"${object.etag}"`,
  Size: object.size,
  StorageClass: 'STANDARD',
});

const positionOf = (entry: Entry): Position =>
  'object' in entry ? { after: entry.object.key, isPrefix: false } : { after: entry.prefix, isPrefix: true };

const encodeToken = (position: Position): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

function decodeToken(token: string): Position {
  try {
    return z.parse(POSITION, JSON.parse(Buffer.from(token, 'base64url').toString()));
  } catch {
    throw invalidArgument('The continuation token provided is incorrect', 'continuation-token', token);
  }
}
