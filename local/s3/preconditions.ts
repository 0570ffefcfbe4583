import { AwsServiceError } from '../gateway/aws-service.ts';
import type { StoredObject } from './object-store.ts';
import { noSuchKey, notImplemented, preconditionFailed } from './s3-error.ts';

/** Under which an object is read; times as HTTP writes them. */
export interface ReadConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: string | undefined;
  readonly IfUnmodifiedSince?: string | undefined;
}

export interface WriteConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
}

const matches = (header: string, { etag }: StoredObject): boolean =>
  header
    .split(',')
    .some((candidate) => ['*', etag].includes(candidate.trim().replace(/^W\//, '').replaceAll('"', '')));

/** The name of the condition that does not hold, by the precedence of RFC 9110, section 13.2.2. */
function failing(conditions: ReadConditions, object: StoredObject): keyof ReadConditions | undefined {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions;
  if (IfMatch !== undefined) {
    if (!matches(IfMatch, object)) return 'IfMatch';
  } else if (IfUnmodifiedSince !== undefined && object.modified > Date.parse(IfUnmodifiedSince))
    return 'IfUnmodifiedSince';
  if (IfNoneMatch !== undefined) {
    if (matches(IfNoneMatch, object)) return 'IfNoneMatch';
  } else if (IfModifiedSince !== undefined && object.modified <= Date.parse(IfModifiedSince))
    return 'IfModifiedSince';
  return undefined;
}

/** Throws AwsServiceError: status 304 where the reader has it already, `PreconditionFailed` otherwise. */
export function checkRead(conditions: ReadConditions, object: StoredObject): void {
  const failed = failing(conditions, object);
  if (failed === undefined) return;
  if (failed === 'IfNoneMatch' || failed === 'IfModifiedSince')
    throw new AwsServiceError('NotModified', 'Not Modified', 304, { ETag: `"${object.etag}"` });
  throw preconditionFailed(failed);
}

/** The same for the source of a copy, which is never "not modified". */
export function checkCopySource(conditions: ReadConditions, object: StoredObject): void {
  const failed = failing(conditions, object);
  if (failed !== undefined) throw preconditionFailed(failed);
}

/** Throws AwsServiceError unless an object may be put where `existing` is. */
export function checkWrite(
  { IfMatch, IfNoneMatch }: WriteConditions,
  key: string,
  existing: StoredObject | undefined,
): void {
  if (IfNoneMatch !== undefined) {
    if (IfNoneMatch !== '*') throw notImplemented('If-None-Match with anything but * on a write');
    if (existing) throw preconditionFailed('If-None-Match');
  }
  if (IfMatch !== undefined) {
    if (!existing) throw noSuchKey(key);
    if (!matches(IfMatch, existing)) throw preconditionFailed('If-Match');
  }
}
