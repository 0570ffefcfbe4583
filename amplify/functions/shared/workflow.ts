import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';

/** The workflow that carries requests; an execution is named by its request, so that it can only start once. */
export interface Workflow {
  executionArn(requestId: string): string;
  /** Starts the execution of a request; harmless if it was started before. */
  start(requestId: string): Promise<void>;
}

/**
 * Starts an execution under a name that nothing else bears. While it runs with this very input, starting it again is the
 * same start; false where it has ended, or was given another input.
 */
export async function startOnce(
  states: Pick<SFNClient, 'send'>,
  stateMachineArn: string,
  { name, input }: { readonly name: string; readonly input: object },
): Promise<boolean> {
  try {
    await states.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ExecutionAlreadyExists') return false;
    throw error;
  }
}

export const executionArnOf = (stateMachineArn: string, name: string): string =>
  `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;

export function workflowAt(
  stateMachineArn: string,
  states: Pick<SFNClient, 'send'> = new SFNClient({}),
): Workflow {
  return {
    executionArn: (requestId) => executionArnOf(stateMachineArn, requestId),

    async start(requestId) {
      await startOnce(states, stateMachineArn, { name: requestId, input: { requestId } });
    },
  };
}
