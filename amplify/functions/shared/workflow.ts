import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';

/** The workflow that carries requests; an execution is named by its request, so that it can only start once. */
export interface Workflow {
  executionArn(requestId: string): string;
  /** Starts the execution of a request; harmless if it was started before. */
  start(requestId: string): Promise<void>;
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
      try {
        const input = JSON.stringify({ requestId });
        await states.send(new StartExecutionCommand({ stateMachineArn, name: requestId, input }));
      } catch (error) {
        if (!(error instanceof Error && error.name === 'ExecutionAlreadyExists')) throw error;
      }
    },
  };
}
