import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';

/** A workflow about requests; an execution is named, by its request for one, so that it can only start once. */
export interface Workflow {
  executionArn(requestId: string): string;
  /** Starts an execution for a request; harmless if one of that name was started before. */
  start(requestId: string, name?: string): Promise<void>;
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

    async start(requestId, name = requestId) {
      await startOnce(states, stateMachineArn, { name, input: { requestId } });
    },
  };
}
