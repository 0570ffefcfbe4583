import { randomUUID } from 'node:crypto';
import { AwsServiceError, type AwsOperation } from '../../gateway/aws-service.ts';
import type { Engine } from '../engine/engine.ts';
import { isTooLarge, LARGEST_PAYLOAD_BYTES } from '../engine/limits.ts';
import type { Machines } from '../engine/machines.ts';
import { redriveObstacle } from '../engine/redrive.ts';
import type { Journal } from '../journal/journal.ts';
import type { ExecutionRecord, ExecutionStatus } from '../journal/records.ts';
import {
  answering,
  checkName,
  executionArnOf,
  optionalText,
  pageOf,
  pageOut,
  stateMachineArnOf,
  type Input,
} from './input.ts';

interface Dependencies {
  readonly engine: Engine;
  readonly machines: Machines;
  readonly journal: Journal;
  readonly now: () => number;
}

const LONGEST_ERROR = 256;
const LONGEST_CAUSE = 32_768;

const STATUSES: readonly string[] = [
  'RUNNING',
  'SUCCEEDED',
  'FAILED',
  'TIMED_OUT',
  'ABORTED',
] satisfies ExecutionStatus[];

const onExecution = (action: string) => (input: Input) => [
  { action: `states:${action}`, resource: String(input['executionArn']) },
];
const onMachine = (action: string) => (input: Input) => [
  { action: `states:${action}`, resource: String(input['stateMachineArn']) },
];

export function executionOperations(dependencies: Dependencies): Record<string, AwsOperation> {
  const { engine, machines, journal, now } = dependencies;
  return {
    StartExecution: {
      permissions: onMachine('StartExecution'),
      async run(input) {
        const machine = machines.get(stateMachineArnOf(input));
        const name = checkName(optionalText(input, 'name') ?? randomUUID());
        const record = await engine.start(machine, name, executionInput(input));
        return { executionArn: record.arn, startDate: record.startedAt / 1000 };
      },
    },

    DescribeExecution: {
      permissions: onExecution('DescribeExecution'),
      async run(input) {
        // An end is not told before it is durable.
        await journal.durable();
        return description(find(engine, input), now());
      },
    },

    ListExecutions: {
      permissions: onMachine('ListExecutions'),
      run: answering((input) => list(dependencies, input)),
    },

    StopExecution: {
      permissions: onExecution('StopExecution'),
      async run(input) {
        const error = optionalText(input, 'error', LONGEST_ERROR);
        const cause = optionalText(input, 'cause', LONGEST_CAUSE);
        const record = find(engine, input);
        const stopped = (await engine.stop(record.arn, error, cause)) ?? record;
        return { stopDate: (stopped.stoppedAt ?? now()) / 1000 };
      },
    },

    RedriveExecution: {
      permissions: onExecution('RedriveExecution'),
      async run(input) {
        const redriven = await engine.redrive(find(engine, input), optionalText(input, 'clientToken'));
        await journal.durable();
        return { redriveDate: (redriven.redrivenAt ?? now()) / 1000 };
      },
    },
  };
}

function find(engine: Engine, input: Input): ExecutionRecord {
  const arn = executionArnOf(input);
  const record = engine.find(arn);
  if (!record) throw new AwsServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  return record;
}

function executionInput(input: Input): string {
  const given = optionalText(input, 'input') ?? '{}';
  if (isTooLarge(given))
    throw new AwsServiceError(
      'ValidationException',
      `1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to ${LARGEST_PAYLOAD_BYTES}`,
    );
  try {
    JSON.parse(given);
  } catch {
    throw new AwsServiceError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${given}'`);
  }
  return given;
}

function list({ machines, journal }: Dependencies, input: Input): unknown {
  const machine = machines.get(stateMachineArnOf(input));
  const page = pageOf(input);
  const status = optionalText(input, 'statusFilter');
  const redrive = optionalText(input, 'redriveFilter');
  if (status !== undefined && !STATUSES.includes(status))
    throw new AwsServiceError(
      'ValidationException',
      `1 validation error detected: Value '${status}' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [${STATUSES.join(', ')}]`,
    );
  const found = journal.executions({
    machineArn: machine.arn,
    limit: page.limit + 1,
    offset: page.offset,
    ...(status !== undefined && { status: status as ExecutionStatus }),
    ...(redrive !== undefined && { redriven: redrive === 'REDRIVEN' }),
  });
  const { items, nextToken } = pageOut(found, page);
  return { executions: items.map(summary), ...(nextToken !== undefined && { nextToken }) };
}

function summary(record: ExecutionRecord): Record<string, unknown> {
  return {
    executionArn: record.arn,
    stateMachineArn: record.machineArn,
    name: record.name,
    status: record.status,
    startDate: record.startedAt / 1000,
    ...(record.stoppedAt !== null && { stopDate: record.stoppedAt / 1000 }),
    redriveCount: record.redriveCount,
    ...(record.redrivenAt !== null && { redriveDate: record.redrivenAt / 1000 }),
  };
}

function description(record: ExecutionRecord, now: number): Record<string, unknown> {
  const obstacle = redriveObstacle(record, now);
  return {
    ...summary(record),
    input: record.input,
    inputDetails: { included: true },
    ...(record.output !== null && { output: record.output, outputDetails: { included: true } }),
    ...(record.error !== null && { error: record.error }),
    ...(record.cause !== null && { cause: record.cause }),
    redriveStatus: obstacle === undefined ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    ...(obstacle !== undefined && { redriveStatusReason: obstacle }),
  };
}
