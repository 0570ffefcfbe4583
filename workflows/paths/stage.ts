import { ACCOUNT_ROOT, type AwsApi } from '../../local/gateway/aws-service.ts';
import { stateMachineArn } from '../../local/step-functions/arns.ts';
import { IdleClock } from '../../local/step-functions/conformance/idle-clock.ts';
import type { JsonObject } from '../../local/step-functions/definition/json.ts';
import { createStepFunctions, type StepFunctions } from '../../local/step-functions/step-functions.ts';
import type { Definition } from '../asl-lint.ts';
import type { Path } from './path.ts';
import { Script } from './script.ts';
import { ScriptedServices } from './scripted-services.ts';
import { stagedDefinition } from './staged-definition.ts';
import { visitsOf, type HistoryEvent, type Visit } from './visits.ts';

/** How an execution went. */
export interface Run {
  readonly ends: Path['ends'];
  readonly visits: readonly Visit[];
  /** Where it parted from the script. */
  readonly mismatches: readonly string[];
}

const MACHINE = stateMachineArn('staged');

/** Plays paths of one state machine on the embedded Step Functions, whose clock jumps from one wait to the next. */
export class Stage {
  private readonly definition: Definition;
  private readonly stepFunctions: StepFunctions;
  private services: AwsApi | undefined;
  private ended: () => void = () => undefined;

  constructor(definition: Definition) {
    this.definition = definition;
    this.stepFunctions = createStepFunctions({
      machines: [{ name: 'staged', definition: stagedDefinition(definition), roleArn: ACCOUNT_ROOT.arn }],
      aws: { call: async (...call) => this.services?.call(...call) },
      clock: new IdleClock(),
      storage: 'memory',
      onStatusChange: ({ detail }) => {
        if (detail.status !== 'RUNNING') this.ended();
      },
    });
  }

  /** One path after the other: the services answer for one at a time. */
  async play(path: Path, given: JsonObject): Promise<Run> {
    const script = new Script(path, this.definition);
    this.services = new ScriptedServices(script, (operation, input) => this.run(operation, input));
    const end = new Promise<void>((resolve) => {
      this.ended = resolve;
    });
    const { executionArn } = await this.run<{ executionArn: string }>('StartExecution', {
      stateMachineArn: MACHINE,
      input: JSON.stringify(path.given ?? given),
    });
    await end;
    const { status, error } = await this.run<{ status: string; error?: string }>('DescribeExecution', {
      executionArn,
    });
    const { events } = await this.run<{ events: HistoryEvent[] }>('GetExecutionHistory', {
      executionArn,
      maxResults: 1000,
    });
    return {
      ends: status === 'SUCCEEDED' ? status : { error: error ?? status },
      visits: visitsOf(events),
      mismatches: script.mismatches,
    };
  }

  close(): void {
    this.stepFunctions.stop();
  }

  private async run<Output = JsonObject>(operation: string, input: JsonObject): Promise<Output> {
    const found = this.stepFunctions.service.operations[operation];
    if (!found) throw new Error(`There is no operation ${operation}`);
    return (await found.run(input, ACCOUNT_ROOT)) as Output;
  }
}
