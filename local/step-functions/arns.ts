import { ACCOUNT_ID, REGION } from '../gateway/aws-service.ts';

const PREFIX = `arn:aws:states:${REGION}:${ACCOUNT_ID}`;

export function stateMachineArn(name: string): string {
  return `${PREFIX}:stateMachine:${name}`;
}

export function executionArn(machineArn: string, name: string): string {
  return `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}

export function isStateMachineArn(value: string): boolean {
  return /^arn:aws:states:[\w-]+:\d{12}:stateMachine:[^:]+$/.test(value);
}

export function isExecutionArn(value: string): boolean {
  return /^arn:aws:states:[\w-]+:\d{12}:execution:[^:]+:[^:]+$/.test(value);
}

/** What stands last in an ARN: the name of a state machine or of an execution. */
export function nameIn(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}
