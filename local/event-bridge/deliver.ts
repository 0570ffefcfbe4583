import { randomUUID } from 'node:crypto';
import type { AwsApi, Caller } from '../gateway/aws-service.ts';
import type { BusEvent } from './event.ts';
import type { Rule, Target } from './rule.ts';
import { targetInput } from './target-input.ts';

/** Sends an event to a target as the target's role (or as EventBridge itself). Throws whatever the target answers. */
export async function deliver(aws: AwsApi, rule: Rule, target: Target, event: BusEvent): Promise<void> {
  const input = targetInput(target, rule, event);
  const caller: Caller = target.roleArn
    ? { arn: target.roleArn }
    : { arn: 'events.amazonaws.com', sourceArn: rule.arn };
  switch (serviceOf(target.arn)) {
    case 'lambda':
      await aws.call(
        'lambda',
        'Invoke',
        { FunctionName: target.arn, InvocationType: 'Event', Payload: input },
        caller,
      );
      return;
    case 'states':
      await aws.call(
        'states',
        'StartExecution',
        {
          stateMachineArn: target.arn,
          name: `${event.id}_${randomUUID()}`.slice(0, 80),
          input: JSON.stringify(input),
        },
        caller,
      );
      return;
    case 'appsync':
      await mutate(aws, target, input, caller);
      return;
    case 'sqs':
      await aws.call(
        'sqs',
        'SendMessage',
        { QueueUrl: target.arn, MessageBody: JSON.stringify(input) },
        caller,
      );
      return;
    default:
      throw new Error(`Targets such as ${target.arn} are not supported`);
  }
}

/** Throws where this part cannot deliver to such a target. */
export function checkTarget({ arn, graphqlOperation }: Target): void {
  const service = serviceOf(arn);
  if (!['lambda', 'states', 'appsync', 'sqs'].includes(service))
    throw new Error(`Targets such as ${arn} are not supported`);
  if (service === 'appsync' && graphqlOperation === undefined)
    throw new Error(`The target ${arn} has no GraphQL operation`);
}

async function mutate(aws: AwsApi, target: Target, variables: unknown, caller: Caller): Promise<void> {
  const answer = (await aws.call(
    'appsync',
    'GraphQL',
    { apiId: target.arn.split('/').at(-1), query: target.graphqlOperation, variables },
    caller,
  )) as { errors?: readonly { message: string }[] };
  if (answer.errors?.length) throw new Error(answer.errors.map(({ message }) => message).join('; '));
}

function serviceOf(arn: string): string {
  return arn.split(':')[2] ?? '';
}
