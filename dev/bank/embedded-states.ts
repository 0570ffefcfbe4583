import type { SFNClient } from '@aws-sdk/client-sfn';
import { ACCOUNT_ROOT, AwsServiceError, type AwsApi } from '../../local/gateway/aws-service.ts';
import { stateMachineArn } from '../../local/step-functions/arns.ts';
import { createStepFunctions, type StepFunctions } from '../../local/step-functions/step-functions.ts';
import type { StatusChangeEvent } from '../../local/step-functions/status-change.ts';
import { definitions } from '../../workflows/definitions.ts';
import type { StillClock } from './still-clock.ts';

export interface EmbeddedStatesOptions {
  readonly clock: StillClock;
  readonly aws: AwsApi;
  readonly waitTable: string;
  readonly onStatusChange: (event: StatusChangeEvent) => void;
}

/**
 * The state machines of `workflows/` on the embedded Step Functions, in memory. A function is called by the name that its
 * substitution has, without `FunctionArn`.
 */
export const embeddedStates = ({ clock, aws, waitTable, onStatusChange }: EmbeddedStatesOptions) =>
  createStepFunctions({
    machines: Object.entries(definitions).map(([name, definition]) => ({
      name,
      definition: substituted(JSON.stringify(definition), waitTable),
      roleArn: ACCOUNT_ROOT.arn,
    })),
    aws,
    clock,
    storage: 'memory',
    onStatusChange,
  });

const substituted = (definition: string, waitTable: string): string =>
  definition
    .replaceAll('${WaitTableName}', waitTable)
    .replaceAll(/\$\{(\w+)FunctionArn\}/g, '$1')
    .replaceAll(/\$\{(\w+)WorkflowArn\}/g, (_, name: string) => stateMachineArn(kebabCase(name)));

const kebabCase = (name: string) => name.replaceAll(/\B[A-Z]/g, (capital) => `-${capital}`).toLowerCase();

/** The client of Step Functions as functions use it, over the embedded service. */
export function statesClient(states: () => StepFunctions): Pick<SFNClient, 'send'> {
  const send = async (command: {
    readonly input: object;
    readonly constructor: { readonly name: string };
  }) => {
    const operation = command.constructor.name.replace(/Command$/, '');
    try {
      return dated(await callStates(states(), operation, command.input));
    } catch (error) {
      if (error instanceof AwsServiceError)
        throw Object.assign(new Error(error.message), { name: error.code });
      throw error;
    }
  };
  return { send }; // its overloads are one for each of forty commands
}

export async function callStates(states: StepFunctions, operation: string, input: object): Promise<unknown> {
  const found = states.service.operations[operation];
  if (!found) throw new Error(`There is no operation ${operation}`);
  return found.run({ ...input }, ACCOUNT_ROOT);
}

/** The SDK makes a Date of every number of epoch seconds. */
const dated = (answer: unknown): unknown =>
  typeof answer === 'object' && answer !== null
    ? Object.fromEntries(
        Object.entries<unknown>({ ...answer }).map(([name, value]) => [
          name,
          name.endsWith('Date') && typeof value === 'number' ? new Date(value * 1000) : value,
        ]),
      )
    : answer;
