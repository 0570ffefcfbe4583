import { AwsServiceError, type AwsApi } from '../../local/gateway/aws-service.ts';
import { isObject, type JsonObject } from '../../local/step-functions/definition/json.ts';
import { Failure } from '../../local/step-functions/engine/failure.ts';
import type { Turn } from './path.ts';
import type { Script } from './script.ts';
import { callingState } from './staged-definition.ts';

/** SendTaskSuccess or SendTaskFailure. */
export type SendOutcome = (operation: string, input: JsonObject) => Promise<unknown>;

interface Call {
  readonly name: string;
  readonly input: JsonObject;
  /** Of a task that waits for it. */
  readonly token: string | undefined;
}

/** Tokens of the embedded engine. */
const TOKEN = /[\w-]{128}/;

/** The services that tasks call: they answer by a script, in the shapes and with the errors of the real ones. */
export class ScriptedServices implements AwsApi {
  private readonly script: Script;
  private readonly send: SendOutcome;
  private readonly children = new Map<string, JsonObject>();

  constructor(script: Script, send: SendOutcome) {
    this.script = script;
    this.send = send;
  }

  call(service: string, operation: string, input: unknown): Promise<unknown> {
    return Promise.resolve().then(() => this.answer(`${service}:${operation}`, isObject(input) ? input : {}));
  }

  private answer(name: string, input: JsonObject): unknown {
    if (name === 'states:DescribeExecution') return this.children.get(text(input['executionArn']));
    const state = callingState(input) ?? `Some state, which gives ${name} no substitution,`;
    return this.play(this.script.next(state), { name, input, token: TOKEN.exec(JSON.stringify(input))?.[0] });
  }

  private play(turn: Turn, call: Call): unknown {
    switch (turn.does) {
      case 'hang':
        return call.token === undefined ? new Promise(() => undefined) : {};
      case 'succeed':
        return this.succeed(turn.result, call);
      case 'fail':
        return this.fail(turn.error, call);
    }
  }

  private succeed(result: object, call: Call): unknown {
    if (call.token !== undefined)
      return this.settle('SendTaskSuccess', { taskToken: call.token, output: JSON.stringify(result) });
    switch (call.name) {
      case 'lambda:Invoke':
        return { StatusCode: 200, Payload: result };
      case 'states:StartExecution':
        return this.runChild(call.input, { status: 'SUCCEEDED', output: JSON.stringify(result) });
      default:
        return result;
    }
  }

  /** By the way on which an error of this name comes, where there is one. */
  private fail(error: string, call: Call): unknown {
    const [, service, exception = ''] = /^(Lambda|DynamoDb|StepFunctions)\.(\w+Exception)$/.exec(error) ?? [];
    if (service === CLIENTS[call.name]) throw refusal(exception);
    if (call.token !== undefined) return this.settle('SendTaskFailure', { taskToken: call.token, error });
    if (call.name === 'lambda:Invoke')
      return { StatusCode: 200, FunctionError: 'Unhandled', Payload: { errorType: error, errorMessage: '' } };
    if (call.name === 'states:StartExecution' && error === 'States.TaskFailed')
      return this.runChild(call.input, { status: 'FAILED', error: 'Child.Broken' });
    throw new Failure(error);
  }

  /** The service answers first. */
  private settle(operation: string, outcome: JsonObject): unknown {
    setImmediate(() => void this.send(operation, outcome));
    return {};
  }

  /** It has ended before anybody asks for it. */
  private runChild(given: JsonObject, end: JsonObject): unknown {
    const executionArn = `${text(given['stateMachineArn'])}:${text(given['name'])}`;
    this.children.set(executionArn, { ...given, executionArn, ...end });
    return { executionArn, startDate: 0 };
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** What stands before the dot in the errors of a call itself. */
const CLIENTS: Readonly<Record<string, string>> = {
  'lambda:Invoke': 'Lambda',
  'dynamodb:UpdateItem': 'DynamoDb',
  'states:StartExecution': 'StepFunctions',
};

/** What a service answers for the SDK to throw this exception: none at all, or an error that its model has or has not. */
function refusal(exception: string): Error {
  if (exception === 'SdkClientException') return new Error('connect ECONNREFUSED');
  const isUnmodelled = exception === 'AWSLambdaException' || exception === 'AWSStepFunctionsException';
  return new AwsServiceError(isUnmodelled ? 'ServiceUnavailable' : exception, '');
}
