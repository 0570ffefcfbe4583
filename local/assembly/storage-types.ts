import { REGION } from '../gateway/aws-service.ts';
import { nameless, type NamedResource, type ResourceTypes } from './resource-type.ts';

/** The longest that a bucket's name may be; it has no capital letters either. */
const LONGEST_BUCKET_NAME = 63;

const bucketName = (resource: NamedResource) =>
  resource.optional('BucketName') ?? resource.id.name(LONGEST_BUCKET_NAME).toLowerCase();

/**
 * Buckets. What is open to the public or kept in versions is refused by the property that says so. Lifecycle rules are not
 * run: S3 itself only says that an object goes some time after it has expired.
 */
export const STORAGE_TYPES: ResourceTypes = {
  'AWS::S3::Bucket': {
    properties: [
      'BucketEncryption',
      'BucketName',
      'CorsConfiguration',
      'LifecycleConfiguration',
      'OwnershipControls',
      'PublicAccessBlockConfiguration',
      'Tags',
    ],
    ref: bucketName,
    arn: (resource) => `arn:aws:s3:::${bucketName(resource)}`,
    attributes: {
      DomainName: (resource) => `${bucketName(resource)}.s3.amazonaws.com`,
      RegionalDomainName: (resource) => `${bucketName(resource)}.s3.${REGION}.amazonaws.com`,
    },
  },
  'AWS::S3::BucketPolicy': nameless('Bucket', 'PolicyDocument'),
};
