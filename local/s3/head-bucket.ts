import { REGION, type AwsOperation } from '../gateway/aws-service.ts';
import { bucketArn } from './bucket.ts';
import { s3Operation, type S3Parts } from './s3-operation.ts';

export function headBucket(parts: S3Parts): AwsOperation {
  return s3Operation(
    parts,
    {},
    ({ Bucket }) => [{ action: 's3:ListBucket', resource: bucketArn(Bucket) }],
    () => ({ BucketRegion: REGION }),
  );
}
