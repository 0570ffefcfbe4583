import { randomUUID } from 'node:crypto';
import type { MovableClock } from '../clock/clock.ts';
import { AwsServiceError, type AwsApi, type AwsService } from '../gateway/aws-service.ts';
import type { RoleCredentials } from '../gateway/credential-registry.ts';
import type { Storage } from '../storage/open-database.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { FunctionLogs } from './function-log.ts';
import { FunctionPool } from './function-pool.ts';
import { InvocationQueue } from './invocation-queue.ts';
import { Sandbox, type Outcome } from './sandbox.ts';
import { sandboxEnvironment } from './sandbox-environment.ts';

/** One run of a function, as an interceptor sees it. */
export interface Invocation {
  readonly functionName: string;
  /** The function's short name. */
  readonly title: string;
  readonly requestId: string;
  /** JSON text. */
  readonly event: string;
  /** Ends the sandbox that runs it, wherever its code is, if it runs by now. */
  readonly crash: () => void;
}

export interface LambdaOptions {
  readonly functions: readonly FunctionDefinition[];
  readonly aws: AwsApi;
  readonly clock: MovableClock;
  readonly storage: Storage;
  /** Where functions find all other services. */
  readonly endpointUrl: string;
  readonly credentialsFor: (roleArn: string) => RoleCredentials;
  readonly log: (line: string) => void;
  /** Directory of the functions' logs; without it they are not kept. */
  readonly logDirectory?: string;
  /** Hears everything that functions write. */
  readonly onOutput?: (title: string, text: string) => void;
  /**
   * Stands between the caller and each run, to inject what goes wrong on AWS: run twice, run and throw (a lost reply),
   * throw and never run, crash midway. What it throws is answered as `ServiceException`.
   */
  readonly onInvoke?: (invocation: Invocation, run: () => Promise<Outcome>) => Promise<Outcome>;
  /** Milliseconds after which a sandbox without work ends; 60,000 if not given. */
  readonly idleTime?: number;
  /** Sandboxes of one function at the same time; 10 if not given. */
  readonly concurrency?: number;
}

export interface Lambda {
  readonly service: AwsService;
  /** Takes up the invocations that a crash left behind. */
  readonly start: () => void;
  /** Resolves when no asynchronous invocation is running. */
  readonly idle: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Sandboxes that exist now. */
  readonly sandboxCount: () => number;
}

/** Runs functions from their synthesized bundles, each in threads of its own. */
export function createLambda(options: LambdaOptions): Lambda {
  const { clock, functions } = options;
  const clockOffset = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  const offset = new Float64Array(clockOffset);
  offset[0] = clock.offset;
  const stopFollowing = clock.onMove((milliseconds) => {
    offset[0] = milliseconds;
  });
  const logs = new FunctionLogs(options.logDirectory, options.onOutput);
  const pools = new Map(functions.map((definition) => [definition.name, poolFor(definition)]));
  const queue = new InvocationQueue({ ...options, run });

  function poolFor(definition: FunctionDefinition): FunctionPool {
    const start = () => {
      const day = new Date(clock.now()).toISOString().slice(0, 10).replaceAll('-', '/');
      const logStream = `${day}/[$LATEST]${randomUUID().replaceAll('-', '')}`;
      const credentials = options.credentialsFor(definition.roleArn);
      return new Sandbox(definition, {
        clockOffset,
        logStream,
        environment: sandboxEnvironment(definition, credentials, options.endpointUrl, logStream),
        log: (text) => {
          logs.write(definition.title, text);
        },
      });
    };
    const most = Math.min(options.concurrency ?? 10, definition.reservedConcurrency ?? Infinity);
    return new FunctionPool(start, most, options.idleTime ?? 60_000);
  }

  async function run(definition: FunctionDefinition, event: string, requestId: string): Promise<Outcome> {
    let sandbox: Sandbox | undefined;
    const crash = () => void sandbox?.terminate();
    const runNow = async () => {
      const pool = pools.get(definition.name);
      if (!pool) throw new Error(`${definition.name} has no sandboxes`);
      const began = performance.now();
      logs.write(definition.title, `START RequestId: ${requestId} Version: $LATEST\n`);
      const outcome = await pool.invoke(event, requestId, (started) => {
        sandbox = started;
      });
      if (outcome.kind === 'error') logs.write(definition.title, `ERROR ${JSON.stringify(outcome.error)}\n`);
      const duration = (performance.now() - began).toFixed(2);
      logs.write(definition.title, `REPORT RequestId: ${requestId} Duration: ${duration} ms\n`);
      return outcome;
    };
    if (!options.onInvoke) return runNow();
    const { name: functionName, title } = definition;
    try {
      return await options.onInvoke({ functionName, title, requestId, event, crash }, runNow);
    } catch (error) {
      throw new AwsServiceError('ServiceException', String(error), 500);
    }
  }

  /** A function is named by name, ARN or partial ARN, with or without a version or alias; all are the same code here. */
  function find(functionName: unknown): FunctionDefinition {
    const name = /^(?:(?:arn:aws:lambda:[^:]+:)?\d{12}:function:)?([\w-]+)(?::[\w$-]+)?$/.exec(
      String(functionName),
    )?.[1];
    const definition = functions.find((candidate) => candidate.name === name);
    if (!definition)
      throw new AwsServiceError(
        'ResourceNotFoundException',
        `Function not found: ${String(functionName)}`,
        404,
      );
    return definition;
  }

  async function invoke(input: Readonly<Record<string, unknown>>) {
    const definition = find(input['FunctionName']);
    const event = JSON.stringify(input['Payload'] ?? {});
    switch (input['InvocationType'] ?? 'RequestResponse') {
      case 'Event':
        queue.add(definition.name, event);
        return { StatusCode: 202, Payload: null };
      case 'RequestResponse': {
        const outcome = await run(definition, event, randomUUID());
        return outcome.kind === 'result'
          ? { StatusCode: 200, ExecutedVersion: '$LATEST', Payload: JSON.parse(outcome.payload) as unknown }
          : {
              StatusCode: 200,
              ExecutedVersion: '$LATEST',
              FunctionError: 'Unhandled',
              Payload: outcome.error,
            };
      }
      default:
        throw new AwsServiceError(
          'InvalidParameterValueException',
          `InvocationType ${String(input['InvocationType'])} is not embedded`,
        );
    }
  }

  return {
    service: {
      name: 'lambda',
      operations: {
        Invoke: {
          permissions: (input) => [
            { action: 'lambda:InvokeFunction', resource: find(input['FunctionName']).arn },
          ],
          run: invoke,
        },
      },
    },
    start: () => {
      queue.start();
    },
    idle: () => queue.idle(),
    sandboxCount: () => [...pools.values()].reduce((sum, pool) => sum + pool.size, 0),
    stop: async () => {
      stopFollowing();
      queue.stop();
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
      await logs.close();
    },
  };
}
