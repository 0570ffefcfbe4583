import * as z from 'zod/mini';
import { AwsServiceError, type AwsOperation, type Caller, type Permission } from '../gateway/aws-service.ts';
import type { Authorizer } from '../gateway/service-registry.ts';
import type { Clock } from '../clock/clock.ts';
import { bucketArn, type Bucket } from './bucket.ts';
import type { ObjectStore, StoredObject } from './object-store.ts';
import { invalidArgument, noSuchBucket, noSuchKey, notImplemented } from './s3-error.ts';

/** What the operations work on. */
export interface S3Parts {
  readonly buckets: readonly Bucket[];
  readonly store: ObjectStore;
  readonly authorizer: Authorizer;
  readonly clock: Clock;
}

type Input = Readonly<Record<string, unknown>>;
type Fields = z.core.$ZodLooseShape;
type InputOf<F extends Fields> = z.output<z.ZodMiniObject<F & { Bucket: z.ZodMiniString }>>;

export const text = z.optional(z.string());

/** As text an HTTP header can carry. */
export const headerText = z.optional(
  z.string().check(z.regex(/^[\t\x20-\x7e\xa0-\xff]*$/, 'cannot be represented using ISO-8859-1')),
);

const KEY_TOO_LONG = 'Your key is too long';

/** S3's limit is in bytes, of UTF-8. */
export const objectKey = z.string().check(
  z.minLength(1),
  z.refine((key) => Buffer.byteLength(key) <= 1024, KEY_TOO_LONG),
);

/** One operation on a bucket that exists, guarded by `permissions`. Input members it does not know are refused by name. */
export function s3Operation<F extends Fields>(
  { buckets }: S3Parts,
  fields: F,
  permissions: (input: InputOf<F>) => readonly Permission[],
  run: (input: InputOf<F>, caller: Caller) => unknown,
): AwsOperation {
  const schema = z.strictObject({ ...fields, Bucket: z.string() });
  const parse = (input: Input): InputOf<F> => {
    const result = z.safeParse(schema, input);
    if (!result.success) throw refusal(result.error, input);
    findBucket(buckets, String(input['Bucket']));
    return result.data as InputOf<F>; // `schema` is that, which a generic spread hides
  };
  return {
    permissions: (input) => permissions(parse(input)),
    run: (input, caller) => Promise.resolve().then(() => run(parse(input), caller)),
  };
}

/** Throws AwsServiceError `NoSuchBucket`. */
export function findBucket(buckets: readonly Bucket[], name: string): Bucket {
  const bucket = buckets.find((candidate) => candidate.name === name);
  if (!bucket) throw noSuchBucket(name);
  return bucket;
}

/** Throws `NoSuchKey` only to who may list the bucket: whether an object exists is nobody else's business, as on AWS. */
export function findObject(
  { store, authorizer }: S3Parts,
  bucket: string,
  key: string,
  caller: Caller,
): StoredObject {
  const object = store.find(bucket, key);
  if (object) return object;
  authorizer.authorize(caller, [{ action: 's3:ListBucket', resource: bucketArn(bucket) }]);
  throw noSuchKey(key);
}

function refusal(error: z.core.$ZodError, input: Input) {
  const [issue] = error.issues;
  if (issue?.code === 'unrecognized_keys') return notImplemented(issue.keys.join(', '));
  if (issue?.message === KEY_TOO_LONG) return new AwsServiceError('KeyTooLongError', KEY_TOO_LONG);
  const name = String(issue?.path[0]);
  return invalidArgument(`${name}: ${issue?.message ?? 'is not valid'}`, name, input[name]);
}
