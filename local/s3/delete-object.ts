import type { AwsOperation } from '../gateway/aws-service.ts';
import { objectArn } from './bucket.ts';
import { objectKey, s3Operation, type S3Parts } from './s3-operation.ts';

/** Of what is not there, too: S3 does not tell. */
export function deleteObject(parts: S3Parts): AwsOperation {
  return s3Operation(
    parts,
    { Key: objectKey },
    ({ Bucket, Key }) => [{ action: 's3:DeleteObject', resource: objectArn(Bucket, Key) }],
    ({ Bucket, Key }) => {
      parts.store.delete(Bucket, Key);
      return {};
    },
  );
}
