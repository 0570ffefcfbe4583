import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { AwsServiceError, type AwsOperation } from '../gateway/aws-service.ts';
import { objectArn } from './bucket.ts';
import type { ObjectBody } from './object-body.ts';
import { factsOf, headersOf, OBJECT_HEADERS } from './object-headers.ts';
import type { StoredObject } from './object-store.ts';
import { checkWrite } from './preconditions.ts';
import { objectKey, s3Operation, text, type S3Parts } from './s3-operation.ts';

/** Bytes of all names and values together. */
const LARGEST_METADATA = 2048;

export const metadata = z.optional(z.record(z.string(), z.string()));

/** Encryption by S3's own key is what everything has anyway; any other is refused. */
export const serverSideEncryption = z.optional(z.literal('AES256'));

const body = z.custom<ObjectBody>(
  (value: unknown) => typeof value === 'object' && value !== null && Symbol.asyncIterator in value,
);

export function putObject(parts: S3Parts): AwsOperation {
  const { store, clock } = parts;
  return s3Operation(
    parts,
    {
      ...OBJECT_HEADERS,
      Key: objectKey,
      Body: z.union([z.string(), body]),
      Metadata: metadata,
      ServerSideEncryption: serverSideEncryption,
      IfMatch: text,
      IfNoneMatch: text,
    },
    ({ Bucket, Key }) => [{ action: 's3:PutObject', resource: objectArn(Bucket, Key) }],
    async (input) => {
      checkMetadata(input.Metadata);
      const source: ObjectBody = typeof input.Body === 'string' ? bytesOf(input.Body) : input.Body;
      const md5 = createHash('md5');
      let size = 0;
      const blob = await store.write(
        watched(source, (chunk) => {
          md5.update(chunk);
          size += chunk.length;
        }),
      );
      const object: StoredObject = {
        key: input.Key,
        size,
        etag: md5.digest('hex'),
        modified: wholeSeconds(clock.now()),
        headers: headersOf(input),
        metadata: input.Metadata ?? {},
        ...(source.checksum && { checksum: source.checksum }),
        blob,
      };
      store.put(input.Bucket, object, (existing) => {
        checkWrite(input, input.Key, existing);
      });
      return factsOf(object);
    },
  );
}

/** Throws AwsServiceError `MetadataTooLarge`. */
export function checkMetadata(given: Readonly<Record<string, string>> = {}): void {
  const size = Object.entries(given).reduce((sum, [name, value]) => sum + Buffer.byteLength(name + value), 0);
  if (size > LARGEST_METADATA)
    throw new AwsServiceError(
      'MetadataTooLarge',
      'Your metadata headers exceed the maximum allowed metadata size',
      400,
      { Size: size, MaxSizeAllowed: LARGEST_METADATA },
    );
}

export const wholeSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000) * 1000;

async function* bytesOf(content: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(content));
}

async function* watched(
  chunks: AsyncIterable<Uint8Array>,
  see: (chunk: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    see(chunk);
    yield chunk;
  }
}
