import type { Clock } from '../clock/clock.ts';
import type { AwsService } from '../gateway/aws-service.ts';
import type { Authorizer } from '../gateway/service-registry.ts';
import type { Storage } from '../storage/open-database.ts';
import type { Bucket } from './bucket.ts';
import { copyObject } from './copy-object.ts';
import { deleteObject } from './delete-object.ts';
import { getObject, headObject } from './get-object.ts';
import { headBucket } from './head-bucket.ts';
import { listObjectsV2 } from './list-objects.ts';
import { ObjectStore } from './object-store.ts';
import { putObject } from './put-object.ts';

export interface S3 {
  readonly service: AwsService;
  close(): void;
}

/** S3 by its plain object API: no versions, no parts, no access lists. Its HTTP side is `S3Endpoint`. */
export function createS3(options: {
  readonly buckets: readonly Bucket[];
  /** Asked once more whether a caller may know that an object does not exist. */
  readonly authorizer: Authorizer;
  readonly clock: Clock;
  readonly storage: Storage;
}): S3 {
  const store = new ObjectStore(options.storage);
  const parts = { ...options, store };
  return {
    service: {
      name: 's3',
      operations: {
        CopyObject: copyObject(parts),
        DeleteObject: deleteObject(parts),
        GetObject: getObject(parts),
        HeadBucket: headBucket(parts),
        HeadObject: headObject(parts),
        ListObjectsV2: listObjectsV2(parts),
        PutObject: putObject(parts),
      },
    },
    close: () => {
      store.close();
    },
  };
}
