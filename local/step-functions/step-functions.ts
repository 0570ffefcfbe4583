import type { Clock } from '../clock/clock.ts';
import type { AwsApi, AwsService } from '../gateway/aws-service.ts';
import type { Storage } from '../storage/open-database.ts';
import { Engine } from './engine/engine.ts';
import { Machines, type MachineSource } from './engine/machines.ts';
import { Journal } from './journal/journal.ts';
import { callbackOperations } from './operations/callback-operations.ts';
import { executionOperations } from './operations/execution-operations.ts';
import { historyOperation } from './operations/history-operation.ts';
import { machineOperations } from './operations/machine-operations.ts';
import { statusChangeEvent, type StatusChangeEvent } from './status-change.ts';

export interface StepFunctionsOptions {
  /** State machines that exist from the start; one that differs from what the journal has gets a new revision. */
  readonly machines: readonly MachineSource[];
  /** The services that Tasks call, this one among them. */
  readonly aws: AwsApi;
  readonly clock: Clock;
  readonly storage: Storage;
  /** Hears of every start and end of an execution; best effort, as on AWS. */
  readonly onStatusChange?: (event: StatusChangeEvent) => void;
}

/** The embedded AWS Step Functions: Standard workflows in JSONata. */
export interface StepFunctions {
  readonly service: AwsService;
  /** Goes on with what ran when it was stopped or killed; call it once all services are up. Returns how many executions. */
  start(): number;
  /** State entries of an execution, retries included: what AWS charges for. 0 for an execution that does not exist. */
  transitions(executionArn: string): number;
  /** Stops all work; executions go on from here after the next start. */
  stop(): void;
}

/** Throws AwsServiceError `InvalidDefinition` for a state machine that AWS would refuse or that cannot run here. */
export function createStepFunctions(options: StepFunctionsOptions): StepFunctions {
  const { aws, clock, onStatusChange } = options;
  const now = () => clock.now();
  const journal = new Journal(options.storage);
  const machines = new Machines(journal, now);
  for (const machine of options.machines) machines.put(machine);
  const engine = new Engine({
    aws,
    clock,
    journal,
    machines,
    onStatusChange: (record) => onStatusChange?.(statusChangeEvent(record)),
  });
  return {
    service: {
      name: 'states',
      target: 'AWSStepFunctions',
      jsonVersion: '1.0',
      operations: {
        ...machineOperations({ machines, journal, now }),
        ...executionOperations({ engine, machines, journal, now }),
        ...historyOperation({ engine, journal }),
        ...callbackOperations(engine.callbacks),
      },
    },
    start: () => engine.resume(),
    transitions: (executionArn) => engine.find(executionArn)?.transitions ?? 0,
    stop: () => {
      engine.close();
      journal.close();
    },
  };
}
