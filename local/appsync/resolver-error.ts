/** An error as a resolver raises it and GraphQL reports it: `errors[].errorType`, `data` and `errorInfo`. */
export class ResolverError extends Error {
  override readonly name = 'ResolverError';
  readonly errorType: string | null;
  readonly data: unknown;
  readonly errorInfo: unknown;

  constructor(
    message: string,
    errorType: string | null = null,
    data: unknown = null,
    errorInfo: unknown = null,
  ) {
    super(message);
    this.errorType = errorType;
    this.data = data;
    this.errorInfo = errorInfo;
  }
}

/** The refusal of a field, worded as AppSync words it. */
export function unauthorized(fieldName: string, parentTypeName: string): ResolverError {
  return new ResolverError(`Not Authorized to access ${fieldName} on type ${parentTypeName}`, 'Unauthorized');
}
