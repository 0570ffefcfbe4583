import { AwsServiceError } from '../../gateway/aws-service.ts';

/** An error of a data source: the response handler sees it as `ctx.error`, with `result` as `ctx.result`. */
export class DataSourceError extends Error {
  override readonly name = 'DataSourceError';
  /** Such as `DynamoDB:ConditionalCheckFailedException`. */
  readonly type: string;
  readonly result: unknown;

  constructor(type: string, message: string, result: unknown = null) {
    super(message);
    this.type = type;
    this.result = result;
  }
}

/** The errors that AWS' SDK would word this way; anything else is thrown on as it is. */
export function dataSourceError(
  error: unknown,
  prefix: string,
  service: string,
  result: unknown = null,
): DataSourceError {
  if (!(error instanceof AwsServiceError)) throw error;
  const details = `Service: ${service}, Status Code: ${error.statusCode}, Request ID: ${crypto.randomUUID()}`;
  return new DataSourceError(`${prefix}:${error.code}`, `${error.message} (${details})`, result);
}
