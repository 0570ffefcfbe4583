import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';

/** A workflow about requests; an execution is named, by its request for one, so that it can only start once. */
export interface Workflow {
  executionArn(requestId: string): string;
  /** Starts an execution for a request; harmless if one of that name was started before. */
  start(requestId: string, name?: string): Promise<void>;
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
      try {
        const input = JSON.stringify({ requestId });
        await states.send(new StartExecutionCommand({ stateMachineArn, name, input }));
      } catch (error) {
        if (!(error instanceof Error && error.name === 'ExecutionAlreadyExists')) throw error;
      }
    },
  };
}
