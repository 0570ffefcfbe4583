import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { MovableClock } from '../../clock/clock.ts';
import { ACCOUNT_ROOT, type AwsApi } from '../../gateway/aws-service.ts';
import { stateMachineArn } from '../arns.ts';
import type { MachineSource } from './machines.ts';
import { createStepFunctions } from '../step-functions.ts';

/**
 * A process to be killed: runs the state machines given as JSON in its second argument, in the directory that is its first,
 * and notes every call of a function in `calls.jsonl` there. With a third argument it starts the first machine. A function
 * named `hang` never answers, any other answers its payload.
 */
const [directory = '', machinesText = '[]', name] = process.argv.slice(2);
const machines = JSON.parse(machinesText) as MachineSource[];

const aws: AwsApi = {
  call: async (service, operation, input, caller) => {
    if (service === 'states')
      return stepFunctions.service.operations[operation]?.run(input as Record<string, unknown>, caller);
    const call = input as { FunctionName: string; Payload: unknown };
    appendFileSync(join(directory, 'calls.jsonl'), `${JSON.stringify(call)}\n`);
    if (call.FunctionName === 'hang') await new Promise(() => undefined);
    return { StatusCode: 200, Payload: call.Payload };
  },
};
const stepFunctions = createStepFunctions({
  machines,
  aws,
  clock: new MovableClock(),
  storage: { directory },
});
stepFunctions.start();
const [first] = machines;
if (name !== undefined && first)
  await stepFunctions.service.operations['StartExecution']?.run(
    { stateMachineArn: stateMachineArn(first.name), name },
    ACCOUNT_ROOT,
  );
// Stays until it is killed, even where nothing is waited for.
setInterval(() => undefined, 1_000_000);
