import * as z from 'zod/mini';
import { AwsServiceError, type AwsOperation } from '../gateway/aws-service.ts';
import { objectArn } from './bucket.ts';
import { headersOf, OBJECT_HEADERS } from './object-headers.ts';
import { checkCopySource, checkWrite } from './preconditions.ts';
import { checkMetadata, metadata, serverSideEncryption, wholeSeconds } from './put-object.ts';
import { invalidArgument, notImplemented } from './s3-error.ts';
import { findBucket, findObject, objectKey, s3Operation, text, type S3Parts } from './s3-operation.ts';

export function copyObject(parts: S3Parts): AwsOperation {
  const { buckets, store, clock } = parts;
  return s3Operation(
    parts,
    {
      ...OBJECT_HEADERS,
      Key: objectKey,
      CopySource: z.string(),
      CopySourceIfMatch: text,
      CopySourceIfNoneMatch: text,
      CopySourceIfModifiedSince: text,
      CopySourceIfUnmodifiedSince: text,
      IfMatch: text,
      IfNoneMatch: text,
      Metadata: metadata,
      MetadataDirective: z._default(z.enum(['COPY', 'REPLACE']), 'COPY'),
      ServerSideEncryption: serverSideEncryption,
    },
    ({ Bucket, Key, CopySource }) => {
      const source = parseSource(CopySource);
      return [
        { action: 's3:GetObject', resource: objectArn(source.bucket, source.key) },
        { action: 's3:PutObject', resource: objectArn(Bucket, Key) },
      ];
    },
    (input, caller) => {
      const from = parseSource(input.CopySource);
      findBucket(buckets, from.bucket);
      const replaces = input.MetadataDirective === 'REPLACE';
      if (from.bucket === input.Bucket && from.key === input.Key && !replaces) throw copyOntoItself();
      checkMetadata(input.Metadata);
      const source = findObject(parts, from.bucket, from.key, caller);
      checkCopySource(
        {
          IfMatch: input.CopySourceIfMatch,
          IfNoneMatch: input.CopySourceIfNoneMatch,
          IfModifiedSince: input.CopySourceIfModifiedSince,
          IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
        },
        source,
      );
      const copy = {
        ...source,
        key: input.Key,
        modified: wholeSeconds(clock.now()),
        ...(replaces && { headers: headersOf(input), metadata: input.Metadata ?? {} }),
      };
      store.put(input.Bucket, copy, (existing) => {
        checkWrite(input, input.Key, existing);
      });
      return { ETag: `"${copy.etag}"`, LastModified: new Date(copy.modified) };
    },
  );
}

/** `bucket/key` or `/bucket/key`, percent-encoded. Throws AwsServiceError for anything else. */
function parseSource(source: string): { bucket: string; key: string } {
  const [path = '', query] = source.split('?', 2);
  if (query !== undefined) throw notImplemented('A version of the source of a copy');
  const [, bucket = '', encodedKey = ''] = /^\/?([^/]+)\/(.+)$/s.exec(path) ?? [];
  try {
    const key = decodeURIComponent(encodedKey);
    if (bucket !== '' && key !== '') return { bucket, key };
  } catch {
    // refused like the others
  }
  throw invalidArgument(
    'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
    'x-amz-copy-source',
    source,
  );
}

const copyOntoItself = () =>
  new AwsServiceError(
    'InvalidRequest',
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  );
