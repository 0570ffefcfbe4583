import { AwsServiceError, type AwsOperation } from '../../gateway/aws-service.ts';
import type { Json } from '../definition/json.ts';
import type { Callbacks } from '../engine/callbacks.ts';
import { isTooLarge, LARGEST_PAYLOAD_BYTES } from '../engine/limits.ts';
import { optionalText, text } from './input.ts';

const LONGEST_ERROR = 256;
const LONGEST_CAUSE = 32_768;

export function callbackOperations(callbacks: Callbacks): Record<string, AwsOperation> {
  /**
   * AWS asks for the state machine of the token, whatever its reference says (github.com/aws/aws-cdk/pull/8486); a token
   * that nobody waits for has none, and is refused for what it is.
   */
  const onMachine = (action: string) => (input: Readonly<Record<string, unknown>>) => {
    const resource = callbacks.machineOf(text(input, 'taskToken'));
    return resource === undefined ? [] : [{ action: `states:${action}`, resource }];
  };

  return {
    SendTaskSuccess: {
      permissions: onMachine('SendTaskSuccess'),
      async run(input) {
        const output = parseOutput(text(input, 'output'));
        await callbacks.settle(text(input, 'taskToken'), { kind: 'SUCCESS', output });
        return {};
      },
    },

    SendTaskFailure: {
      permissions: onMachine('SendTaskFailure'),
      async run(input) {
        const error = optionalText(input, 'error', LONGEST_ERROR);
        const cause = optionalText(input, 'cause', LONGEST_CAUSE);
        await callbacks.settle(text(input, 'taskToken'), {
          kind: 'FAILURE',
          ...(error !== undefined && { error }),
          ...(cause !== undefined && { cause }),
        });
        return {};
      },
    },

    SendTaskHeartbeat: {
      permissions: onMachine('SendTaskHeartbeat'),
      async run(input) {
        await callbacks.heartbeat(text(input, 'taskToken'));
        return {};
      },
    },
  };
}

function parseOutput(output: string): Json {
  if (isTooLarge(output))
    throw new AwsServiceError(
      'ValidationException',
      `1 validation error detected: Value at 'output' failed to satisfy constraint: Member must have length less than or equal to ${LARGEST_PAYLOAD_BYTES}`,
    );
  try {
    return JSON.parse(output) as Json;
  } catch {
    throw new AwsServiceError('InvalidOutput', "Invalid Output: 'Invalid json'");
  }
}
