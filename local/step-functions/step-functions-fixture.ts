import { vi } from 'vitest';
import { MovableClock } from '../clock/clock.ts';
import { ACCOUNT_ROOT, AwsServiceError, type AwsApi, type Caller } from '../gateway/aws-service.ts';
import type { Storage } from '../storage/open-database.ts';
import { stateMachineArn } from './arns.ts';
import type { Json, JsonObject } from './definition/json.ts';
import type { StatusChangeEvent } from './status-change.ts';
import { createStepFunctions, type StepFunctions } from './step-functions.ts';

/** A call that a Task made. */
export interface Call {
  readonly service: string;
  readonly operation: string;
  readonly input: JsonObject;
  readonly caller: Caller;
}

export type Answer = (call: Call) => unknown;

export interface WorldOptions {
  /** States by the name of their machine; `QueryLanguage` and `StartAt` (the first state) are added. */
  readonly machines: Readonly<Record<string, JsonObject>>;
  /** Answers of every service but Step Functions. */
  readonly answer?: Answer;
  /** Calls that are carried out, but whose reply never arrives. */
  readonly losesReply?: (call: Call) => boolean;
  readonly storage?: Storage;
  readonly clock?: MovableClock;
}

export interface HistoryEvent extends Record<string, unknown> {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
}

export const ROLE = 'arn:aws:iam::000000000000:role/machine';

/** A JSONata machine of these states, starting with the first. */
export function definition(states: JsonObject, fields: JsonObject = {}): string {
  return JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: Object.keys(states)[0] ?? '',
    States: states,
    ...fields,
  });
}

/** Step Functions with a clock to move and services that answer as the test says. */
export class World {
  readonly clock: MovableClock;
  readonly calls: Call[] = [];
  readonly statusChanges: StatusChangeEvent[] = [];
  readonly stepFunctions: StepFunctions;
  private readonly answer: Answer;
  private readonly losesReply: (call: Call) => boolean;

  constructor(options: WorldOptions) {
    const { machines, answer, losesReply, storage = 'memory', clock = new MovableClock() } = options;
    this.clock = clock;
    this.answer = answer ?? (({ input }) => ({ StatusCode: 200, Payload: input['Payload'] ?? {} }));
    this.losesReply = losesReply ?? (() => false);
    const aws: AwsApi = { call: (...call) => this.call(...call) };
    this.stepFunctions = createStepFunctions({
      machines: Object.entries(machines).map(([name, machine]) => ({
        name,
        definition:
          'States' in machine
            ? JSON.stringify({ QueryLanguage: 'JSONata', ...machine })
            : definition(machine),
        roleArn: ROLE,
      })),
      aws,
      clock,
      storage,
      onStatusChange: (event) => this.statusChanges.push(event),
    });
  }

  /** One operation of the API, as the developer. */
  async run<Output = JsonObject>(operation: string, input: JsonObject): Promise<Output> {
    const found = this.stepFunctions.service.operations[operation];
    if (!found) throw new Error(`There is no operation ${operation}`);
    return (await found.run(input, ACCOUNT_ROOT)) as Output;
  }

  async start(machine: string, input: Json = {}, name?: string): Promise<string> {
    const started = await this.run<{ executionArn: string }>('StartExecution', {
      stateMachineArn: stateMachineArn(machine),
      input: JSON.stringify(input),
      ...(name !== undefined && { name }),
    });
    return started.executionArn;
  }

  /** Waits for the end, and gives the description of the execution. */
  async end(executionArn: string): Promise<JsonObject> {
    return vi.waitFor(async () => {
      const description = await this.run('DescribeExecution', { executionArn });
      if (description['status'] === 'RUNNING') throw new Error(`${executionArn} still runs`);
      return description;
    }, PATIENCE);
  }

  /** Starts, waits for the end, and gives the parsed output. Throws where the execution did not succeed. */
  async output(machine: string, input: Json = {}): Promise<Json> {
    const ended = await this.end(await this.start(machine, input));
    if (ended['status'] !== 'SUCCEEDED') throw new Error(JSON.stringify(ended));
    return JSON.parse(text(ended['output'])) as Json;
  }

  async history(executionArn: string): Promise<HistoryEvent[]> {
    const { events } = await this.run<{ events: HistoryEvent[] }>('GetExecutionHistory', {
      executionArn,
      maxResults: 1000,
    });
    return events;
  }

  async eventTypes(executionArn: string): Promise<string[]> {
    return (await this.history(executionArn)).map(({ type }) => type);
  }

  /** Waits until the history has so many events of a type. */
  async reached(executionArn: string, type: string, count = 1): Promise<void> {
    await vi.waitFor(async () => {
      const found = (await this.eventTypes(executionArn)).filter((each) => each === type).length;
      if (found < count) throw new Error(`${executionArn} has ${found} ${type}`);
    }, PATIENCE);
  }

  private async call(service: string, operation: string, input: unknown, caller: Caller): Promise<unknown> {
    const call: Call = { service, operation, input: input as JsonObject, caller };
    this.calls.push(call);
    const reply = await (service === 'states' ? this.callStates(call) : this.answer(call));
    return this.losesReply(call) ? new Promise(() => undefined) : reply;
  }

  private callStates({ operation, input, caller }: Call): Promise<unknown> {
    const found = this.stepFunctions.service.operations[operation];
    if (!found) throw new AwsServiceError('UnknownOperationException', operation);
    return found.run(input, caller);
  }
}

const PATIENCE = { timeout: 10_000, interval: 5 };

/** A Lambda Task, with what else the state says. */
export function lambdaTask(fields: JsonObject = {}): JsonObject {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: 'work', Payload: '{% $states.input %}' },
    Output: '{% $states.result.Payload %}',
    ...('Next' in fields ? {} : { End: true }),
    ...fields,
  };
}

/** What Lambda answers for a function that threw. */
export function thrown(errorType: string, errorMessage = ''): JsonObject {
  return { StatusCode: 200, FunctionError: 'Unhandled', Payload: { errorType, errorMessage } };
}

/** A member that must be text. */
export function text(value: Json | undefined): string {
  if (typeof value !== 'string') throw new Error(`${JSON.stringify(value)} is no text`);
  return value;
}
