import { randomUUID } from 'node:crypto';
import { AwsServiceError } from '../../gateway/aws-service.ts';
import { stateMachineArn } from '../arns.ts';
import type { MachineDefinition } from '../definition/machine-definition.ts';
import { parseDefinition } from '../definition/parse-definition.ts';
import type { Journal } from '../journal/journal.ts';
import type { MachineRecord } from '../journal/records.ts';

/** A state machine as one revision of it defines it. */
export interface Machine {
  readonly arn: string;
  readonly name: string;
  readonly createdAt: number;
  readonly revision: string;
  readonly definition: MachineDefinition;
  readonly definitionText: string;
  readonly roleArn: string;
}

export interface MachineSource {
  readonly name: string;
  /** ASL text. */
  readonly definition: string;
  readonly roleArn: string;
}

/** The state machines, and the revisions that executions still run. */
export class Machines {
  private readonly current = new Map<string, MachineRecord>();
  private readonly revisions = new Map<string, Machine>();
  private readonly journal: Journal;
  private readonly now: () => number;

  constructor(journal: Journal, now: () => number) {
    this.journal = journal;
    this.now = now;
    for (const record of journal.machines()) this.current.set(record.arn, record);
  }

  /** Sorted by name. */
  all(): MachineRecord[] {
    return [...this.current.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Throws AwsServiceError `StateMachineDoesNotExist`. */
  get(arn: string): Machine {
    const machine = this.find(arn);
    if (!machine)
      throw new AwsServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    return machine;
  }

  find(arn: string): Machine | undefined {
    const record = this.current.get(arn);
    return record && this.load(record, record.revision);
  }

  /** The definition that an execution was started with. */
  revision(arn: string, revision: string): Machine {
    const record = this.current.get(arn);
    if (!record) throw new Error(`The journal has no state machine ${arn}`);
    return this.load(record, revision);
  }

  /** Creates the machine, or gives it a new revision where something changed. Throws AwsServiceError `InvalidDefinition`. */
  put({ name, definition, roleArn }: MachineSource): Machine {
    const parsed = parseDefinition(definition);
    const arn = stateMachineArn(name);
    const known = this.find(arn);
    if (known?.definitionText === definition && known.roleArn === roleArn) return known;
    const record: MachineRecord = {
      arn,
      name,
      createdAt: known?.createdAt ?? this.now(),
      revision: randomUUID(),
    };
    this.journal.saveMachine(record, { id: record.revision, machineArn: arn, definition, roleArn });
    const machine: Machine = { ...record, definition: parsed, definitionText: definition, roleArn };
    this.current.set(arn, record);
    this.revisions.set(record.revision, machine);
    return machine;
  }

  private load({ arn, name, createdAt }: MachineRecord, revision: string): Machine {
    const known = this.revisions.get(revision);
    if (known) return known;
    const stored = this.journal.revision(revision);
    if (!stored) throw new Error(`The journal has no revision ${revision} of ${arn}`);
    const { definition, roleArn } = stored;
    const machine: Machine = {
      arn,
      name,
      createdAt,
      revision,
      definition: parseDefinition(definition),
      definitionText: definition,
      roleArn,
    };
    this.revisions.set(revision, machine);
    return machine;
  }
}
