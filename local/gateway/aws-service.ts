/** Who calls: a role of the synthesized backend, an AWS service, or `ACCOUNT_ROOT` for a developer's own credentials. */
export interface Caller {
  /** ARN of the IAM role (not of the session), or a service principal such as `events.amazonaws.com`. */
  readonly arn: string;
  /** For a service principal: the resource it calls for (`aws:SourceArn`), such as the rule. Resource policies decide. */
  readonly sourceArn?: string;
}

export const REGION = 'us-east-1';
export const ACCOUNT_ID = '000000000000';
export const ACCOUNT_ROOT: Caller = { arn: `arn:aws:iam::${ACCOUNT_ID}:root` };

/** What IAM must allow before an operation runs. */
export interface Permission {
  /** For example `states:StartExecution`. */
  readonly action: string;
  /** ARN, or `*` for an action that has no resource. */
  readonly resource: string;
  /** Condition keys of the action's own, such as `s3:prefix`. */
  readonly context?: Readonly<Record<string, string>>;
}

/** An error as an AWS service answers it: `__type` is the code. */
export class AwsServiceError extends Error {
  override readonly name = 'AwsServiceError';
  readonly code: string;
  readonly statusCode: number;
  /** Further members of the error's body, such as `CancellationReasons`. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, statusCode = 400, details: Record<string, unknown> = {}) {
    super(message);
    this.code = code;
    this.statusCode = statusCode;
    this.details = details;
  }
}

/** One operation of a service, its input and output as the service's JSON protocol has them. */
export interface AwsOperation {
  /** Without it the operation needs no permission (sign-in, for example). */
  permissions?(input: Readonly<Record<string, unknown>>): readonly Permission[];
  /** Throws AwsServiceError for what the service would refuse. */
  run(input: Readonly<Record<string, unknown>>, caller: Caller): Promise<unknown>;
}

/** One embedded service. */
export interface AwsService {
  /** IAM prefix, such as `states`; the first argument of `AwsApi.call`. */
  readonly name: string;
  /** What stands before the dot in `X-Amz-Target`, such as `AWSStepFunctions`; absent where no JSON protocol is served. */
  readonly target?: string;
  readonly jsonVersion?: '1.0' | '1.1';
  readonly operations: Readonly<Record<string, AwsOperation>>;
}

/** All embedded services behind one door: checks the caller's permissions, then runs the operation. */
export interface AwsApi {
  /**
   * `service` is the IAM prefix (`dynamodb`, `states`, `events`, `lambda`, `sqs`, `appsync`, `cognito-idp`), `operation`
   * the API's own name (`UpdateItem`). Throws AwsServiceError (`AccessDeniedException` where IAM refuses).
   */
  call(service: string, operation: string, input: unknown, caller: Caller): Promise<unknown>;
}
