import { AwsServiceError } from '../gateway/aws-service.ts';

// Codes, messages and statuses: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html

export const noSuchBucket = (bucket: string) =>
  new AwsServiceError('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName: bucket });

export const noSuchKey = (key: string) =>
  new AwsServiceError('NoSuchKey', 'The specified key does not exist.', 404, { Key: key });

export const accessDenied = (message = 'Access Denied', details: Record<string, unknown> = {}) =>
  new AwsServiceError('AccessDenied', message, 403, details);

export const notImplemented = (what: string) =>
  new AwsServiceError('NotImplemented', `${what} is not embedded; the plain object API of S3 is`, 501);

export const invalidArgument = (message: string, name: string, value: unknown) =>
  new AwsServiceError('InvalidArgument', message, 400, { ArgumentName: name, ArgumentValue: value });

export const preconditionFailed = (condition: string) =>
  new AwsServiceError(
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold',
    412,
    { Condition: condition },
  );

export const badDigest = (what: string) =>
  new AwsServiceError('BadDigest', `The ${what} you specified did not match the calculated checksum.`);

export const incompleteBody = () =>
  new AwsServiceError(
    'IncompleteBody',
    'The request body terminated unexpectedly: its length or its framing is not what its headers say',
  );
