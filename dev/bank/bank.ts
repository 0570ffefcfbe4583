import { setImmediate as nextTurn } from 'node:timers/promises';
import { ListExecutionsCommand, RedriveExecutionCommand } from '@aws-sdk/client-sfn';
import { UpdateItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { describeExecution } from '../../amplify/functions/shared/executions.ts';
import type { Hint } from '../../amplify/functions/shared/events.ts';
import { readRequest } from '../../amplify/functions/shared/request-change.ts';
import { asFault } from '../../amplify/functions/shared/service-fault.ts';
import { waker } from '../../amplify/functions/shared/task-tokens.ts';
import {
  paymentStart,
  refundStart,
  type TransactionStart,
} from '../../amplify/functions/shared/transaction-start.ts';
import { startOnce } from '../../amplify/functions/shared/workflow.ts';
import { mendRequest, type Mended } from '../../amplify/functions/sweeper/mend-request.ts';
import { Refusal, type RefusalCode } from '../../domain/refusal.ts';
import { AwsServiceError } from '../../local/gateway/aws-service.ts';
import { stateMachineArn } from '../../local/step-functions/arns.ts';
import type { StepFunctions } from '../../local/step-functions/step-functions.ts';
import { definitions } from '../../workflows/definitions.ts';
import type { ScratchDatabase } from '../scratch-database.ts';
import { CrashingClient } from './crashing-client.ts';
import { edgesOf, type Edges, type Outside } from './edges.ts';
import { callStates, embeddedStates, statesClient } from './embedded-states.ts';
import { Gate } from './gate.ts';
import { operationsOf, type OperationName } from './operations.ts';
import { StillClock } from './still-clock.ts';
import { workersOf, type Worker } from './workers.ts';

/** How Lambda runs each step: once; again after it is done; twice at the same moment; again after a crash. */
export type Runs = 'ONCE' | 'AGAIN' | 'TOGETHER' | Crash;

/** A step crashes at that write, before or after it, and is run again. */
export type Crash = `CRASH ${'BEFORE' | 'AFTER'} ${1 | 2 | 3}`;

/** What an operation answers. */
export type Reply = { readonly value: unknown } | { readonly refusal: RefusalCode };

export interface Invocation {
  readonly worker: string;
  readonly payload: unknown;
}

/** A fault of ours that no retry mends. */
export interface Failing {
  skip: number;
  times: number;
  step?: string;
}

export interface Ended {
  readonly executionArn: string;
  readonly status: string;
}

/** Turns of the event loop in which nothing is called, after which nothing will be. */
const QUIET_TURNS = 6;

/**
 * HourBank in one process: the real operations and workers, the real state machines on the embedded Step Functions, a
 * database of its own and a clock that stands still. Faults of the outside are played at its edges.
 */
export class Bank {
  readonly clock: StillClock;
  readonly gate = new Gate(() => {
    this.tellIdle();
  });
  readonly edges: Edges;
  /** Every invocation of a worker so far. */
  readonly invocations: Invocation[] = [];
  /** Executions that did not end well. */
  readonly broken: Ended[] = [];
  runs: Runs = 'ONCE';
  /** A wake-up that a command sends does not arrive. */
  losesWakes = false;
  /** After `skip` invocations by state machines, a step fails so many times, before it does anything. */
  failing: Failing = { skip: 0, times: 0 };

  readonly database: ScratchDatabase;
  private readonly crashing: CrashingClient;
  private readonly states: StepFunctions;
  private readonly workers: Readonly<Record<string, Worker>>;
  private readonly operations: ReturnType<typeof operationsOf>;
  private readonly client = statesClient(() => this.states);
  private inFlight = 0;
  private calls = 0;
  private idle: (() => void)[] = [];

  constructor(database: ScratchDatabase, start = Date.parse('2030-01-01T00:00:00.000Z')) {
    this.database = database;
    this.clock = new StillClock(start);
    const outside: Outside = {
      states: this.client,
      wake: async (token) => {
        if (!this.losesWakes) await waker(this.client)(token);
      },
      emit: (..._hints: readonly Hint[]) => Promise.resolve(),
    };
    this.edges = edgesOf(database, outside);
    this.crashing = new CrashingClient(database.dynamo);
    this.workers = workersOf(edgesOf({ ...database, dynamo: this.crashing.client }, outside));
    this.operations = operationsOf(this.edges);
    this.states = embeddedStates({
      clock: this.clock,
      aws: { call: (service, operation, input) => this.call(service, operation, input as object) },
      waitTable: database.tables.wait,
      onStatusChange: ({ detail: { executionArn, status } }) => {
        this.calls += 1;
        if (status !== 'RUNNING' && status !== 'SUCCEEDED') this.broken.push({ executionArn, status });
      },
    });
  }

  get now(): string {
    return this.clock.instant();
  }

  /** What the API would answer to a caller. */
  async operate(
    name: OperationName,
    args: object,
    userId: string,
    groups: readonly string[] = [],
  ): Promise<Reply> {
    try {
      const given: unknown = JSON.parse(JSON.stringify(args));
      return { value: await this.operations[name](given, { userId, groups }, this.now) };
    } catch (error) {
      if (error instanceof Refusal) return { refusal: error.code };
      throw error;
    }
  }

  /** Resolves once every execution waits: for a token, for the clock, or at the gate. */
  async settled(): Promise<void> {
    for (let quiet = 0; quiet < QUIET_TURNS;) {
      if (this.inFlight > this.gate.waiting) {
        await new Promise<void>((resolve) => this.idle.push(resolve));
        quiet = 0;
        continue;
      }
      const { calls } = this;
      await nextTurn();
      quiet = calls === this.calls ? quiet + 1 : 0;
    }
  }

  /** Runs a step as Lambda does; `payload` is what its state hands over. */
  async invoke(worker: string, payload: unknown): Promise<unknown> {
    const run = this.workers[worker];
    if (!run) throw new Error(`There is no worker ${worker}`);
    const once = async () => {
      try {
        const answer: unknown = await run(JSON.parse(JSON.stringify(payload)), this.now);
        return JSON.parse(JSON.stringify(answer)) as unknown;
      } catch (error) {
        throw asFault(error);
      }
    };
    if (this.runs === 'ONCE') return once();
    if (this.runs === 'AGAIN') {
      await once();
      return once();
    }
    if (this.runs === 'TOGETHER') {
      const [first] = await Promise.all([once(), once()]);
      return first;
    }
    await this.crashing.during(this.runs, once);
    return once();
  }

  /** Wakes whoever waits with a token, as a command does or a late one did. */
  wake(token: string): Promise<void> {
    return waker(this.client)(token);
  }

  /** What the sweeper does for one request. */
  mend(requestId: string): Promise<Mended> {
    const { dynamo, tables } = this.database;
    return mendRequest({
      requestOf: (id) => readRequest(dynamo, tables, id),
      waitOf: this.edges.waitOf,
      wake: waker(this.client),
      workflow: this.edges.workflow,
      execution: (executionArn) => describeExecution(this.client, executionArn),
      redrive: async (executionArn, attempt) => {
        await this.client.send(
          new RedriveExecutionCommand({ executionArn, clientToken: `redrive-${attempt}` }),
        );
      },
      refund: (request) => this.transact(refundStart(request)),
      pay: (request) => this.transact(paymentStart(request)),
    })(requestId, this.now);
  }

  private transact(transaction: TransactionStart): Promise<boolean> {
    return startOnce(this.client, stateMachineArn('transaction-processing'), transaction);
  }

  /** What an operator does with an execution that the sweeper has parked. */
  async redrive(requestId: string): Promise<void> {
    const executionArn = this.edges.workflow.executionArn(requestId);
    await this.client.send(new RedriveExecutionCommand({ executionArn }));
  }

  /** Executions that have not ended. */
  async running(): Promise<readonly string[]> {
    const lists = await Promise.all(
      Object.keys(definitions).map((machine) =>
        this.client.send(
          new ListExecutionsCommand({ stateMachineArn: stateMachineArn(machine), statusFilter: 'RUNNING' }),
        ),
      ),
    );
    return lists.flatMap(({ executions = [] }) =>
      executions.flatMap(({ executionArn }) => executionArn ?? []),
    );
  }

  close(): void {
    this.gate.open();
    this.states.stop();
  }

  /** What the state machines call. */
  private async call(service: string, operation: string, input: object): Promise<unknown> {
    this.inFlight += 1;
    this.calls += 1;
    try {
      return await this.answer(`${service}:${operation}`, input);
    } finally {
      this.inFlight -= 1;
      this.calls += 1;
      this.tellIdle();
    }
  }

  private tellIdle(): void {
    for (const tell of this.idle.splice(0)) tell();
  }

  private async answer(name: string, input: object): Promise<unknown> {
    switch (name) {
      case 'lambda:Invoke':
        return this.invokeForState(input as { FunctionName: string; Payload: unknown });
      case 'dynamodb:UpdateItem':
        return this.update(input as UpdateItemCommandInput);
      default:
        if (name.startsWith('states:')) return callStates(this.states, name.slice('states:'.length), input);
        throw new Error(`No state machine of HourBank calls ${name}`);
    }
  }

  private async invokeForState({
    FunctionName: worker,
    Payload: payload,
  }: {
    FunctionName: string;
    Payload: unknown;
  }) {
    await this.gate.pass('BEFORE');
    this.invocations.push({ worker, payload });
    try {
      if (this.fails(stepOf(worker, payload))) throw new TypeError('An injected failure');
      const answer = await this.invoke(worker, payload);
      await this.gate.pass('AFTER');
      return { StatusCode: 200, Payload: answer };
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      return {
        StatusCode: 200,
        FunctionError: 'Unhandled',
        Payload: { errorType: name, errorMessage: message },
      };
    }
  }

  /** The first step that fails is the one that fails again. */
  private fails(step: string): boolean {
    const { failing } = this;
    if (failing.times === 0 || (failing.step ?? step) !== step) return false;
    if (failing.skip > 0) {
      failing.skip -= 1;
      return false;
    }
    failing.step = step;
    failing.times -= 1;
    return true;
  }

  private async update(input: UpdateItemCommandInput): Promise<unknown> {
    try {
      await this.database.dynamo.send(new UpdateItemCommand(input));
      return {};
    } catch (error) {
      if (error instanceof Error) throw new AwsServiceError(error.name, error.message);
      throw error;
    }
  }
}

/** A step by its worker and, where that knows several, its name. */
const stepOf = (worker: string, payload: unknown): string =>
  `${worker} ${JSON.stringify((payload as { readonly step?: unknown }).step)}`;
