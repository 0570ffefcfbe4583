import { describe, expect, it } from 'vitest';
import { AwsServiceError } from '../../gateway/aws-service.ts';
import { executionArn, stateMachineArn } from '../arns.ts';
import type { Json, JsonObject } from '../definition/json.ts';
import { lambdaTask, ROLE, thrown, World, type Answer, text } from '../step-functions-fixture.ts';

function task(resource: string, args: Json, answer?: Answer): World {
  const Work = { Type: 'Task', Resource: resource, Arguments: args, End: true };
  return new World({ machines: { m: { Work } }, ...(answer && { answer }) });
}

/** Error and cause of the execution after the service refused. */
async function failure(resource: string, error: unknown): Promise<JsonObject> {
  const world = task(resource, {}, () => {
    throw error;
  });
  return world.end(await world.start('m'));
}

const metadata = {
  SdkHttpMetadata: expect.objectContaining({ HttpStatusCode: 200 }) as unknown,
  SdkResponseMetadata: { RequestId: expect.any(String) as unknown },
};

describe('Lambda', () => {
  it('invoke gives the payload with the status, as the role of the machine', async () => {
    const world = task('arn:aws:states:::lambda:invoke', { FunctionName: 'f', Payload: { a: 1 } });
    expect(await world.output('m')).toEqual({
      ExecutedVersion: '$LATEST',
      Payload: { a: 1 },
      StatusCode: 200,
      ...metadata,
    });
    expect(world.calls).toEqual([
      {
        service: 'lambda',
        operation: 'Invoke',
        input: { FunctionName: 'f', Payload: { a: 1 } },
        caller: { arn: ROLE },
      },
    ]);
  });

  it('named by its ARN gets the arguments and gives its answer, with events of its own', async () => {
    const world = task('arn:aws:lambda:us-east-1:000000000000:function:f', { a: 1 });
    const arn = await world.start('m');
    expect(await world.end(arn)).toMatchObject({ output: '{"a":1}' });
    expect(await world.eventTypes(arn)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('that throws fails with the error it threw, and its answer as cause', async () => {
    const world = task('arn:aws:states:::lambda:invoke', { FunctionName: 'f' }, () =>
      thrown('Refused', 'no hours'),
    );
    expect(await world.end(await world.start('m'))).toMatchObject({
      error: 'Refused',
      cause: '{"errorType":"Refused","errorMessage":"no hours"}',
    });
  });

  it('by the SDK integration takes and gives text, and its error is part of the answer', async () => {
    const world = task(
      'arn:aws:states:::aws-sdk:lambda:invoke',
      { FunctionName: 'f', Payload: '{"a":1}' },
      ({ input }) => ({ ...thrown('E'), seen: input['Payload'] }),
    );
    expect(await world.output('m')).toEqual({
      StatusCode: 200,
      FunctionError: 'Unhandled',
      Payload: '{"errorType":"E","errorMessage":""}',
      seen: { a: 1 },
    });
  });
});

describe('names of errors', () => {
  const condition = new AwsServiceError('ConditionalCheckFailedException', 'The conditional request failed');
  it.each([
    ['aws-sdk:dynamodb:updateItem', condition, 'DynamoDb.ConditionalCheckFailedException'],
    ['dynamodb:updateItem', condition, 'DynamoDB.ConditionalCheckFailedException'],
    [
      'aws-sdk:dynamodb:updateItem',
      new AwsServiceError('com.amazonaws.dynamodb.v20120810#ResourceNotFoundException', ''),
      'DynamoDb.ResourceNotFoundException',
    ],
    [
      'aws-sdk:dynamodb:putItem',
      new AwsServiceError('ValidationException', ''),
      'DynamoDb.DynamoDbException',
    ],
    ['dynamodb:putItem', new AwsServiceError('ValidationException', ''), 'DynamoDB.AmazonDynamoDBException'],
    [
      'aws-sdk:dynamodb:getItem',
      new AwsServiceError('AccessDeniedException', ''),
      'DynamoDb.DynamoDbException',
    ],
    [
      'aws-sdk:dynamodb:updateItem',
      new AwsServiceError('ThrottlingException', ''),
      'DynamoDb.ThrottlingException',
    ],
    ['lambda:invoke', new AwsServiceError('ThrottlingException', ''), 'Lambda.AWSLambdaException'],
    ['lambda:invoke', new AwsServiceError('ServiceException', '', 500), 'Lambda.ServiceException'],
    ['lambda:invoke', new AwsServiceError('AccessDeniedException', '', 403), 'Lambda.AWSLambdaException'],
    ['lambda:invoke', new Error('socket hang up'), 'Lambda.SdkClientException'],
    ['sqs:sendMessage', new AwsServiceError('QueueDoesNotExist', ''), 'SQS.QueueDoesNotExistException'],
    ['events:putEvents', new AwsServiceError('InternalException', '', 500), 'EventBridge.InternalException'],
  ])('%s: %s is %s', async (resource, error, expected) => {
    expect(await failure(`arn:aws:states:::${resource}`, error)).toMatchObject({
      status: 'FAILED',
      error: expected,
    });
  });

  it('the cause says service, status and request', async () => {
    expect(await failure('arn:aws:states:::aws-sdk:dynamodb:updateItem', condition)).toMatchObject({
      cause: expect.stringMatching(
        /^The conditional request failed \(Service: DynamoDb, Status Code: 400, Request ID: [\w-]+\)$/,
      ) as unknown,
    });
  });
});

describe('DynamoDB', () => {
  it('by the SDK integration gives the plain answer', async () => {
    const world = task('arn:aws:states:::aws-sdk:dynamodb:getItem', { TableName: 't' }, () => ({ Item: {} }));
    expect(await world.output('m')).toEqual({ Item: {} });
    expect(world.calls[0]).toMatchObject({
      service: 'dynamodb',
      operation: 'GetItem',
      input: { TableName: 't' },
    });
  });

  it('by the optimized integration adds what is known of the response', async () => {
    const world = task('arn:aws:states:::dynamodb:getItem', { TableName: 't' }, () => ({ Item: {} }));
    expect(await world.output('m')).toEqual({ Item: {}, ...metadata });
  });
});

describe('EventBridge', () => {
  const entry = { Source: 's', DetailType: 'd', Detail: { a: 1 }, Resources: ['r'] };

  it('gets the detail as text, and the execution among the resources', async () => {
    const answer = { FailedEntryCount: 0, Entries: [{ EventId: 'e' }] };
    const world = task('arn:aws:states:::events:putEvents', { Entries: [entry] }, () => answer);
    const arn = await world.start('m');
    expect(JSON.parse(text((await world.end(arn))['output']))).toEqual({ ...answer, ...metadata });
    expect(world.calls[0]?.input).toEqual({
      Entries: [{ ...entry, Detail: '{"a":1}', Resources: ['r', arn, stateMachineArn('m')] }],
    });
  });

  it('fails where an entry was refused', async () => {
    const world = task('arn:aws:states:::events:putEvents', { Entries: [entry] }, () => ({
      FailedEntryCount: 1,
      Entries: [{ ErrorCode: 'X' }],
    }));
    expect(await world.end(await world.start('m'))).toMatchObject({ error: 'EventBridge.FailedEntry' });
  });
});

describe('SQS', () => {
  it('gets a body that is JSON as text', async () => {
    const world = task('arn:aws:states:::sqs:sendMessage', { QueueUrl: 'q', MessageBody: { a: 1 } }, () => ({
      MessageId: 'i',
    }));
    expect(await world.output('m')).toEqual({ MessageId: 'i', ...metadata });
    expect(world.calls[0]).toMatchObject({ operation: 'SendMessage', input: { MessageBody: '{"a":1}' } });
  });
});

describe('a nested execution', () => {
  const child = stateMachineArn('child');
  function parent(suffix: string, childState: JsonObject, fields: JsonObject = {}): World {
    return new World({
      machines: {
        m: {
          Child: {
            Type: 'Task',
            Resource: `arn:aws:states:::states:startExecution${suffix}`,
            Arguments: { StateMachineArn: child, Input: { n: 1 }, Name: 'one' },
            End: true,
            ...fields,
          },
        },
        child: { Work: childState },
      },
    });
  }

  it('by .sync:2 gives input and output as JSON', async () => {
    const world = parent('.sync:2', { Type: 'Pass', Output: { m: '{% $states.input.n + 1 %}' }, End: true });
    expect(await world.output('m')).toEqual({
      ExecutionArn: executionArn(child, 'one'),
      Input: { n: 1 },
      InputDetails: { Included: true },
      Name: 'one',
      Output: { m: 2 },
      OutputDetails: { Included: true },
      StartDate: expect.any(Number) as unknown,
      StateMachineArn: child,
      Status: 'SUCCEEDED',
      StopDate: expect.any(Number) as unknown,
    });
    expect(world.calls.map(({ operation, caller }) => [operation, caller.arn])).toEqual([
      ['StartExecution', ROLE],
      ['DescribeExecution', ROLE],
    ]);
  });

  it('by .sync gives them as text', async () => {
    const world = parent('.sync', { Type: 'Pass', Output: 5, End: true });
    expect(await world.output('m')).toMatchObject({ Input: '{"n":1}', Output: '5' });
  });

  it('without .sync is only started', async () => {
    const world = parent('', { Type: 'Wait', Seconds: 3600, End: true });
    expect(await world.output('m')).toMatchObject({ ExecutionArn: executionArn(child, 'one'), ...metadata });
  });

  it('that fails, fails the Task with its description as cause', async () => {
    const world = parent('.sync:2', { Type: 'Fail', Error: 'Broken', Cause: 'by will' });
    const ended = await world.end(await world.start('m'));
    expect(ended['error']).toBe('States.TaskFailed');
    expect(JSON.parse(text(ended['cause']))).toMatchObject({
      Status: 'FAILED',
      Error: 'Broken',
      Cause: 'by will',
      ExecutionArn: executionArn(child, 'one'),
    });
  });

  it('is stopped with the Task that waits for it', async () => {
    const world = parent('.sync:2', { Type: 'Wait', Seconds: 36_000, End: true }, { TimeoutSeconds: 60 });
    const arn = await world.start('m');
    await world.reached(arn, 'TaskSubmitted');
    world.clock.advance(60_000);
    expect(await world.end(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(await world.end(executionArn(child, 'one'))).toMatchObject({ status: 'ABORTED' });
  });

  it('of a name that is taken is not somebody else’s', async () => {
    const world = parent('.sync:2', { Type: 'Pass', End: true });
    await world.end(await world.start('child', { n: 1 }, 'one'));
    world.clock.advance(1);
    expect(await world.end(await world.start('m'))).toMatchObject({
      status: 'FAILED',
      error: 'StepFunctions.ExecutionAlreadyExistsException',
    });
  });

  it('by the SDK integration takes and gives members with capitals', async () => {
    const world = new World({
      machines: {
        m: {
          Child: {
            Type: 'Task',
            Resource: 'arn:aws:states:::aws-sdk:sfn:startExecution',
            Arguments: { StateMachineArn: child, Input: '{}', Name: 'one' },
            End: true,
          },
        },
        child: { Only: { Type: 'Pass', End: true } },
      },
    });
    expect(await world.output('m')).toEqual({
      ExecutionArn: executionArn(child, 'one'),
      StartDate: expect.any(Number) as unknown,
    });
  });
});

describe('the arguments of a Task', () => {
  it('are the input where none are given', async () => {
    const world = new World({
      machines: { m: { Work: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true } } },
    });
    await world.output('m', { FunctionName: 'f', Payload: 1 });
    expect(world.calls[0]?.input).toEqual({ FunctionName: 'f', Payload: 1 });
  });

  it.each([
    ['TimeoutSeconds', 0],
    ['TimeoutSeconds', 'soon'],
    ['TimeoutSeconds', 1.5],
    ['HeartbeatSeconds', -1],
  ])('%s must not be %s', async (field, value) => {
    const world = new World({ machines: { m: { Work: lambdaTask({ [field]: '{% $states.input %}' }) } } });
    expect(await world.end(await world.start('m', value))).toMatchObject({
      error: 'States.QueryEvaluationError',
    });
  });

  it('TimeoutSeconds may be an expression', async () => {
    const world = new World({
      machines: { m: { Work: lambdaTask({ TimeoutSeconds: '{% $states.input * 60 %}' }) } },
      answer: () => new Promise(() => undefined),
    });
    const arn = await world.start('m', 2);
    await world.reached(arn, 'TaskStarted');
    world.clock.advance(119_000);
    expect(await world.run('DescribeExecution', { executionArn: arn })).toMatchObject({ status: 'RUNNING' });
    world.clock.advance(1_000);
    expect(await world.end(arn)).toMatchObject({ error: 'States.Timeout' });
  });
});
