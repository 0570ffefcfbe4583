import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  GetExecutionHistoryCommand,
  InvalidDefinition,
  ListExecutionsCommand,
  paginateGetExecutionHistory,
  RedriveExecutionCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ACCOUNT_ROOT, AwsServiceError } from '../gateway/aws-service.ts';
import type { JsonObject } from './definition/json.ts';
import { definition, lambdaTask, ROLE, World, text } from './step-functions-fixture.ts';

let world: World;
let server: Server;
let client: SFNClient;
let token: string | undefined;

beforeEach(async () => {
  world = new World({
    machines: {},
    answer: ({ input }) => {
      token = text((input['Payload'] as JsonObject)['token']);
      return { StatusCode: 200, Payload: null };
    },
  });
  const { service } = world.stepFunctions;
  server = createServer((request, response) => {
    const [target, operation = ''] = String(request.headers['x-amz-target']).split('.');
    const answer = async (): Promise<[number, unknown]> => {
      try {
        const input = (await json(request)) as JsonObject;
        expect(target).toBe(service.target);
        return [200, await service.operations[operation]?.run(input, ACCOUNT_ROOT)];
      } catch (error) {
        if (!(error instanceof AwsServiceError)) throw error;
        return [error.statusCode, { __type: error.code, message: error.message }];
      }
    };
    void answer().then(([status, body]) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = new SFNClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});

afterEach(async () => {
  client.destroy();
  world.stepFunctions.stop();
  await new Promise((resolve) => server.close(resolve));
});

const asking = {
  Ask: lambdaTask({
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Arguments: { FunctionName: 'ask', Payload: { token: '{% $states.context.Task.Token %}' } },
    Output: '{% $states.result %}',
    Assign: { answer: '{% $states.result.answer %}' },
  }),
};

async function create(name = 'asking'): Promise<string> {
  const created = await client.send(
    new CreateStateMachineCommand({ name, definition: definition(asking), roleArn: ROLE }),
  );
  expect(created.creationDate).toBeInstanceOf(Date);
  return created.stateMachineArn ?? '';
}

describe('the client of the AWS SDK', () => {
  it('creates, starts, answers and reads the history', async () => {
    const stateMachineArn = await create();
    const { executionArn, startDate } = await client.send(
      new StartExecutionCommand({ stateMachineArn, name: 'one', input: '{"a":1}' }),
    );
    expect(Math.abs(Number(startDate) - Date.now())).toBeLessThan(60_000);
    await world.reached(executionArn ?? '', 'TaskSubmitted');
    await client.send(new SendTaskSuccessCommand({ taskToken: token, output: '{"answer":42}' }));
    await world.end(executionArn ?? '');

    expect(await client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      executionArn,
      stateMachineArn,
      name: 'one',
      status: 'SUCCEEDED',
      startDate,
      input: '{"a":1}',
      inputDetails: { included: true },
      output: '{"answer":42}',
      outputDetails: { included: true },
      redriveCount: 0,
      redriveStatus: 'NOT_REDRIVABLE',
    });

    const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events.map(({ id, previousEventId, type }) => [id, previousEventId, type])).toEqual([
      [1, 0, 'ExecutionStarted'],
      [2, 0, 'TaskStateEntered'],
      [3, 2, 'TaskScheduled'],
      [4, 3, 'TaskStarted'],
      [5, 4, 'TaskSubmitted'],
      [6, 5, 'TaskSucceeded'],
      [7, 6, 'TaskStateExited'],
      [8, 7, 'ExecutionSucceeded'],
    ]);
    expect(events[0]).toMatchObject({
      timestamp: expect.any(Date) as unknown,
      executionStartedEventDetails: { input: '{"a":1}', inputDetails: { truncated: false }, roleArn: ROLE },
    });
    expect(events[2]?.taskScheduledEventDetails).toMatchObject({
      resourceType: 'lambda',
      resource: 'invoke.waitForTaskToken',
      region: 'us-east-1',
    });
    expect(events[6]?.stateExitedEventDetails).toEqual({
      name: 'Ask',
      output: '{"answer":42}',
      outputDetails: { truncated: false },
      assignedVariables: { answer: '42' },
      assignedVariablesDetails: { truncated: false },
    });
  });

  it('pages through a history', async () => {
    const stateMachineArn = await create();
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn }));
    await world.reached(executionArn ?? '', 'TaskSubmitted');
    const ids: (number | undefined)[] = [];
    for await (const { events = [] } of paginateGetExecutionHistory(
      { client, pageSize: 2 },
      { executionArn },
    ))
      ids.push(...events.map(({ id }) => id));
    expect(ids).toEqual([1, 2, 3, 4, 5]);
  });

  it('stops, redrives and lists', async () => {
    const stateMachineArn = await create();
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn }));
    await world.reached(executionArn ?? '', 'TaskSubmitted');
    expect((await client.send(new StopExecutionCommand({ executionArn }))).stopDate).toBeInstanceOf(Date);
    expect((await client.send(new RedriveExecutionCommand({ executionArn }))).redriveDate).toBeInstanceOf(
      Date,
    );
    expect((await client.send(new ListExecutionsCommand({ stateMachineArn }))).executions).toMatchObject([
      { executionArn, status: 'RUNNING', redriveCount: 1 },
    ]);
  });

  it('gets errors as its own classes', async () => {
    const stateMachineArn = await create();
    const start = (input: string) =>
      client.send(new StartExecutionCommand({ stateMachineArn, name: 'one', input }));
    await start('{}');
    await expect(start('[]')).rejects.toBeInstanceOf(ExecutionAlreadyExists);
    await expect(
      client.send(new CreateStateMachineCommand({ name: 'bad', definition: '{}', roleArn: ROLE })),
    ).rejects.toBeInstanceOf(InvalidDefinition);
    const { executionArn } = await start('{}');
    await world.reached(executionArn ?? '', 'TaskSubmitted');
    await client.send(new StopExecutionCommand({ executionArn }));
    await expect(
      client.send(new SendTaskSuccessCommand({ taskToken: token, output: '{}' })),
    ).rejects.toBeInstanceOf(TaskTimedOut);
  });
});
