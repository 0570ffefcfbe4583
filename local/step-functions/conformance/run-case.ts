import { AwsServiceError, ACCOUNT_ROOT, type AwsApi } from '../../gateway/aws-service.ts';
import { stateMachineArn } from '../arns.ts';
import { isObject, type Json, type JsonObject } from '../definition/json.ts';
import { createStepFunctions, type StepFunctions } from '../step-functions.ts';
import type { AslCase, AslOutcome, AslStep } from './asl-case.ts';
import { IdleClock } from './idle-clock.ts';

interface ShownEvent {
  readonly type: string;
  readonly stateEnteredEventDetails?: { readonly name: string };
  readonly stateExitedEventDetails?: {
    readonly name: string;
    readonly output: string;
    readonly assignedVariables?: Readonly<Record<string, string>>;
  };
  readonly executionSucceededEventDetails?: { readonly output: string };
  readonly executionFailedEventDetails?: { readonly error?: string };
  readonly executionTimedOutEventDetails?: { readonly error?: string };
}

/** Runs a case through an engine of its own, by the public operations. Throws AwsServiceError for an invalid definition. */
export async function runCase(aslCase: AslCase): Promise<AslOutcome> {
  let ended: () => void = () => undefined;
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const aws: AwsApi = {
    call: async (service, operation, input) =>
      service === 'states'
        ? run(stepFunctions, operation, input)
        : callLambda(aslCase.lambdas, service, operation, input),
  };
  const stepFunctions = createStepFunctions({
    machines: [{ name: 'case', definition: JSON.stringify(aslCase.definition), roleArn: ACCOUNT_ROOT.arn }],
    aws,
    clock: new IdleClock(),
    storage: 'memory',
    onStatusChange: ({ detail }) => {
      if (detail.status !== 'RUNNING') ended();
    },
  });
  try {
    const { executionArn } = (await run(stepFunctions, 'StartExecution', {
      stateMachineArn: stateMachineArn('case'),
      input: JSON.stringify(aslCase.input),
    })) as { executionArn: string };
    await end;
    return outcomeOf(await history(stepFunctions, executionArn));
  } finally {
    stepFunctions.stop();
  }
}

async function run({ service }: StepFunctions, operation: string, input: unknown): Promise<unknown> {
  return service.operations[operation]?.run(input as Record<string, unknown>, ACCOUNT_ROOT);
}

async function history(stepFunctions: StepFunctions, executionArn: string): Promise<ShownEvent[]> {
  const events: ShownEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = (await run(stepFunctions, 'GetExecutionHistory', {
      executionArn,
      maxResults: 1000,
      nextToken,
    })) as { events: ShownEvent[]; nextToken?: string };
    events.push(...page.events);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return events;
}

function outcomeOf(events: readonly ShownEvent[]): AslOutcome {
  const last = events.at(-1);
  const output = last?.executionSucceededEventDetails?.output;
  const error = (last?.executionFailedEventDetails ?? last?.executionTimedOutEventDetails)?.error;
  return {
    end: {
      type: last?.type ?? '',
      ...(output !== undefined && { output: JSON.parse(output) as Json }),
      ...(error !== undefined && { error }),
    },
    steps: events.flatMap(stepOf),
  };
}

function stepOf({ stateEnteredEventDetails, stateExitedEventDetails }: ShownEvent): AslStep[] {
  if (stateEnteredEventDetails) return [['enter', stateEnteredEventDetails.name]];
  if (!stateExitedEventDetails) return [];
  const { name, output, assignedVariables } = stateExitedEventDetails;
  const value = JSON.parse(output) as Json;
  if (!assignedVariables) return [['exit', name, value]];
  const assigned: JsonObject = {};
  for (const [variable, text] of Object.entries(assignedVariables))
    assigned[variable] = JSON.parse(text) as Json;
  return [['exit', name, value, assigned]];
}

/** What the functions of the cases do. */
async function callLambda(
  lambdas: AslCase['lambdas'],
  service: string,
  operation: string,
  input: unknown,
): Promise<unknown> {
  await Promise.resolve();
  if (service !== 'lambda' || operation !== 'Invoke' || !isObject(input))
    throw new AwsServiceError('ServiceUnavailable', `No ${service}:${operation} in a conformance case`, 503);
  const name = typeof input['FunctionName'] === 'string' ? input['FunctionName'] : '';
  const behaviour = Object.entries(lambdas).find(([part]) => name.includes(part))?.[1];
  if (behaviour === undefined)
    throw new AwsServiceError('ResourceNotFoundException', `Function not found: ${name}`, 404);
  if (behaviour === 'return-input') return { StatusCode: 200, Payload: input['Payload'] ?? {} };
  const errorType = behaviour.replace(/^throw-/, '');
  return {
    StatusCode: 200,
    FunctionError: 'Unhandled',
    Payload: { errorMessage: `Some ${errorType} was raised.`, errorType, stackTrace: [] },
  };
}
