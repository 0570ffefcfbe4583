import type { Clock } from '../clock/clock.ts';
import type { AwsApi } from '../gateway/aws-service.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { Outcome } from './sandbox.ts';

/** An invocation that nobody waits for. Times are epoch milliseconds of the embedded clock. */
export interface QueuedInvocation {
  /** Also its request id. */
  readonly id: string;
  readonly functionName: string;
  /** JSON text. */
  readonly event: string;
  readonly attempts: number;
  readonly nextAttempt: number;
  readonly enqueuedAt: number;
}

export type Condition = 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';

/**
 * Tells a function's dead-letter queue and destination how an invocation ended, as the function's role.
 * Source of the record: "Capturing records of Lambda asynchronous invocations".
 */
export async function deliverOutcome(
  aws: AwsApi,
  clock: Clock,
  definition: FunctionDefinition,
  invocation: QueuedInvocation,
  outcome: Outcome,
  condition: Condition,
): Promise<void> {
  const { deadLetterArn, onFailureArn, onSuccessArn } = definition.asynchronous;
  const caller = { arn: definition.roleArn };
  if (outcome.kind === 'error' && deadLetterArn !== undefined)
    await aws.call(
      'sqs',
      'SendMessage',
      {
        QueueUrl: deadLetterArn,
        MessageBody: invocation.event,
        MessageAttributes: {
          RequestID: { DataType: 'String', StringValue: invocation.id },
          ErrorCode: { DataType: 'Number', StringValue: '200' },
          ErrorMessage: { DataType: 'String', StringValue: outcome.error.errorMessage.slice(0, 1024) },
        },
      },
      caller,
    );

  const destination = outcome.kind === 'error' ? onFailureArn : onSuccessArn;
  if (destination === undefined) return;
  const record = {
    version: '1.0',
    timestamp: new Date(clock.now()).toISOString(),
    requestContext: {
      requestId: invocation.id,
      functionArn: `${definition.arn}:$LATEST`,
      condition,
      approximateInvokeCount: invocation.attempts,
    },
    requestPayload: JSON.parse(invocation.event) as unknown,
    responseContext: {
      statusCode: 200,
      executedVersion: '$LATEST',
      ...(outcome.kind === 'error' && { functionError: 'Unhandled' }),
    },
    responsePayload: outcome.kind === 'error' ? outcome.error : (JSON.parse(outcome.payload) as unknown),
  };
  const [, , service] = destination.split(':');
  switch (service) {
    case 'sqs':
      await aws.call(
        'sqs',
        'SendMessage',
        { QueueUrl: destination, MessageBody: JSON.stringify(record) },
        caller,
      );
      return;
    case 'lambda':
      await aws.call(
        'lambda',
        'Invoke',
        { FunctionName: destination, InvocationType: 'Event', Payload: record },
        caller,
      );
      return;
    case 'events':
      await aws.call(
        'events',
        'PutEvents',
        {
          Entries: [
            {
              EventBusName: destination,
              Source: 'lambda',
              DetailType: `Lambda Function Invocation Result - ${outcome.kind === 'error' ? 'Failure' : 'Success'}`,
              Resources: [destination, `${definition.arn}:$LATEST`],
              Detail: JSON.stringify(record),
            },
          ],
        },
        caller,
      );
      return;
    default:
      throw new Error(`${definition.title} has a destination that is not embedded: ${destination}`);
  }
}
