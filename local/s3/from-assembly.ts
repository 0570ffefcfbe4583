import type { Assembly } from '../assembly/assembly.ts';
import type { Bucket, CorsRule } from './bucket.ts';

/** First parts of paths that the gateway answers itself. */
const TAKEN = ['graphql', '2015-03-31'];

/** The buckets of a synthesized backend. Throws Error for a name that S3 or the gateway would not have. */
export function bucketsFromAssembly(assembly: Assembly): Bucket[] {
  return assembly.ofType('AWS::S3::Bucket').map(({ logicalId, ref: name, properties }) => {
    if (!isBucketName(name)) throw new Error(`${logicalId}: ${name} is no name for a bucket`);
    if (TAKEN.includes(name))
      throw new Error(`${logicalId}: ${name} is the beginning of another path of the gateway`);
    const cors = properties['CorsConfiguration'] as { CorsRules: readonly CorsRule[] } | undefined; // the type's own shape
    return { name, corsRules: cors?.CorsRules ?? [] };
  });
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function isBucketName(name: string): boolean {
  return /^[a-z0-9](?!.*\.\.)[a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !/^\d+\.\d+\.\d+\.\d+$/.test(name);
}
