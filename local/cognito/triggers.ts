import { REGION, AwsServiceError, type AwsApi } from '../gateway/aws-service.ts';
import type { TriggerName } from './pool-config.ts';
import type { UserPool } from './user-pool.ts';

export interface TriggerCall {
  readonly pool: UserPool;
  readonly trigger: TriggerName;
  /** Such as `PostConfirmation_ConfirmSignUp`. */
  readonly source: string;
  readonly username: string;
  /** Absent for an administrator's call. */
  readonly clientId?: string | undefined;
  readonly request: Readonly<Record<string, unknown>>;
  readonly response?: Readonly<Record<string, unknown>>;
  /** Event version; 1 but for the second version of PreTokenGeneration. */
  readonly version?: '1' | '2';
}

interface InvokeResult {
  readonly FunctionError?: string;
  readonly Payload?: unknown;
}

/**
 * Runs the Lambda behind a trigger, if there is one, and gives its response, empty without one. Throws what Cognito
 * makes of a failing function: UserLambdaValidationException, UnexpectedLambdaException, InvalidLambdaResponseException.
 */
export async function runTrigger(aws: AwsApi, call: TriggerCall): Promise<Record<string, unknown>> {
  const { pool, trigger } = call;
  const functionArn = pool.config.triggers[trigger];
  if (functionArn === undefined) return {};
  const result = await invoke(aws, pool.config.arn, functionArn, trigger, eventOf(call));
  if (result.FunctionError !== undefined) {
    const reason = isRecord(result.Payload) ? String(result.Payload['errorMessage']) : 'unknown';
    throw new AwsServiceError('UserLambdaValidationException', `${trigger} failed with error ${reason}.`);
  }
  const response = isRecord(result.Payload) ? result.Payload['response'] : undefined;
  if (!isRecord(response))
    throw new AwsServiceError('InvalidLambdaResponseException', 'Unrecognizable lambda output');
  return response;
}

/** https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html */
function eventOf({ pool, source, username, clientId, request, response, version }: TriggerCall) {
  return {
    version: version ?? '1',
    region: REGION,
    userPoolId: pool.id,
    userName: username,
    callerContext: {
      awsSdkVersion: 'aws-sdk-unknown-unknown',
      clientId: clientId ?? 'CLIENT_ID_NOT_APPLICABLE',
    },
    triggerSource: source,
    request,
    response: response ?? {},
  };
}

async function invoke(
  aws: AwsApi,
  poolArn: string,
  functionArn: string,
  trigger: TriggerName,
  event: unknown,
): Promise<InvokeResult> {
  try {
    const caller = { arn: 'cognito-idp.amazonaws.com', sourceArn: poolArn };
    const input = { FunctionName: functionArn, Payload: event };
    // The shape is that of the embedded Lambda's Invoke.
    return (await aws.call('lambda', 'Invoke', input, caller)) as InvokeResult;
  } catch (error) {
    const reason = error instanceof AwsServiceError ? error.code : String(error);
    throw new AwsServiceError(
      'UnexpectedLambdaException',
      `${trigger} invocation failed due to error ${reason}.`,
    );
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
