import type * as z from 'zod/mini';
import { headerText } from './s3-operation.ts';
import type { StoredObject } from './object-store.ts';

/** Headers that are kept with an object and come back with it. */
export const OBJECT_HEADERS = {
  CacheControl: headerText,
  ContentDisposition: headerText,
  ContentEncoding: headerText,
  ContentLanguage: headerText,
  ContentType: headerText,
  Expires: headerText,
};

type ObjectHeaders = { readonly [K in keyof typeof OBJECT_HEADERS]?: z.output<typeof headerText> };

/** What S3 takes a thing to be of which nobody said. */
const UNKNOWN_TYPE = 'binary/octet-stream';

export function headersOf(input: ObjectHeaders): Record<string, string> {
  const given = Object.keys(OBJECT_HEADERS).flatMap((name) => {
    const value = input[name as keyof ObjectHeaders]; // a name of that very object
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  return { ContentType: UNKNOWN_TYPE, ...Object.fromEntries(given) };
}

/** What PUT, GET and HEAD answer alike. All objects are encrypted as S3 does by itself, so far as callers can tell. */
export function factsOf({ etag, checksum }: StoredObject): Record<string, unknown> {
  return {
    ETag: `"${etag}"`,
    ServerSideEncryption: 'AES256',
    ...(checksum && {
      [`Checksum${checksum.algorithm.toUpperCase()}`]: checksum.value,
      ChecksumType: 'FULL_OBJECT',
    }),
  };
}
