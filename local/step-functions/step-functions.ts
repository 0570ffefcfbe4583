import type { Clock } from '../clock/clock.ts';
import type { AwsApi, AwsService } from '../gateway/aws-service.ts';
import { Engine } from './engine/engine.ts';
import { Machines, type MachineSource } from './engine/machines.ts';
import { Journal } from './journal/journal.ts';
import { callbackOperations } from './operations/callback-operations.ts';
import { executionOperations } from './operations/execution-operations.ts';
import { historyOperation } from './operations/history-operation.ts';
import { machineOperations } from './operations/machine-operations.ts';
import { statusChangeEvent, type StatusChangeEvent } from './status-change.ts';

export interface StepFunctionsOptions {
  /** The services that Tasks call, this one among them. */
  readonly api: AwsApi;
  readonly clock: Clock;
  /** File of the journal, or `:memory:`. */
  readonly journal: string;
  /** Hears of every start and end of an execution; best effort, as on AWS. */
  readonly onStatusChange?: (event: StatusChangeEvent) => void;
}

/** The embedded AWS Step Functions: Standard workflows in JSONata. */
export interface StepFunctions {
  readonly service: AwsService;
  /** Creates the state machine or gives it a new revision. Throws AwsServiceError `InvalidDefinition`. Returns its ARN. */
  define(machine: MachineSource): string;
  /** Goes on with what ran when the journal was last written; call it once all services are up. Returns how many executions. */
  resume(): number;
  /** State entries of an execution, retries included: what AWS charges for. 0 for an execution that does not exist. */
  transitions(executionArn: string): number;
  /** Stops all work; executions go on from here after the next start. */
  close(): void;
}

export function createStepFunctions(options: StepFunctionsOptions): StepFunctions {
  const { api, clock, onStatusChange } = options;
  const now = () => clock.now();
  const journal = new Journal(options.journal);
  const machines = new Machines(journal, now);
  const engine = new Engine({
    api,
    clock,
    journal,
    machines,
    onStatusChange: (record) => onStatusChange?.(statusChangeEvent(record, now())),
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
    define: (machine) => machines.put(machine).arn,
    resume: () => engine.resume(),
    transitions: (executionArn) => engine.find(executionArn)?.transitions ?? 0,
    close: () => {
      engine.close();
      journal.close();
    },
  };
}
