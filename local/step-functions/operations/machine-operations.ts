import { AwsServiceError, type AwsOperation } from '../../gateway/aws-service.ts';
import { stateMachineArn } from '../arns.ts';
import type { Machine, Machines } from '../engine/machines.ts';
import type { Journal } from '../journal/journal.ts';
import {
  answering,
  checkName,
  optionalText,
  pageOf,
  pageOut,
  stateMachineArnOf,
  text,
  type Input,
} from './input.ts';

interface Dependencies {
  readonly machines: Machines;
  readonly journal: Journal;
  readonly now: () => number;
}

const onMachine = (action: string) => (input: Input) => [
  { action: `states:${action}`, resource: String(input['stateMachineArn']) },
];

export function machineOperations({ machines, journal, now }: Dependencies): Record<string, AwsOperation> {
  return {
    CreateStateMachine: {
      permissions: (input) => [
        { action: 'states:CreateStateMachine', resource: stateMachineArn(String(input['name'])) },
      ],
      async run(input) {
        refuseUnknownKinds(input);
        const name = checkName(text(input, 'name'));
        const source = { name, definition: text(input, 'definition'), roleArn: text(input, 'roleArn') };
        const known = machines.find(stateMachineArn(name));
        if (known && (known.definitionText !== source.definition || known.roleArn !== source.roleArn))
          throw new AwsServiceError(
            'StateMachineAlreadyExists',
            `State Machine Already Exists: '${known.arn}'`,
          );
        const machine = machines.put(source);
        await journal.durable();
        return { stateMachineArn: machine.arn, creationDate: machine.createdAt / 1000 };
      },
    },

    UpdateStateMachine: {
      permissions: onMachine('UpdateStateMachine'),
      async run(input) {
        refuseUnknownKinds(input);
        const known = machines.get(stateMachineArnOf(input));
        const definition = optionalText(input, 'definition');
        const roleArn = optionalText(input, 'roleArn');
        if (definition === undefined && roleArn === undefined)
          throw new AwsServiceError(
            'MissingRequiredParameter',
            'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
          );
        const machine = machines.put({
          name: known.name,
          definition: definition ?? known.definitionText,
          roleArn: roleArn ?? known.roleArn,
        });
        await journal.durable();
        return { updateDate: now() / 1000, revisionId: machine.revision };
      },
    },

    DescribeStateMachine: {
      permissions: onMachine('DescribeStateMachine'),
      run: answering((input) => description(machines.get(stateMachineArnOf(input)))),
    },

    ListStateMachines: {
      permissions: () => [{ action: 'states:ListStateMachines', resource: '*' }],
      run: answering((input) => {
        const page = pageOf(input);
        const found = machines.all().slice(page.offset, page.offset + page.limit + 1);
        const { items, nextToken } = pageOut(found, page);
        return {
          stateMachines: items.map(({ arn, name, createdAt }) => ({
            stateMachineArn: arn,
            name,
            type: 'STANDARD',
            creationDate: createdAt / 1000,
          })),
          ...(nextToken !== undefined && { nextToken }),
        };
      }),
    },
  };
}

function refuseUnknownKinds(input: Input): void {
  const type = optionalText(input, 'type') ?? 'STANDARD';
  if (type !== 'STANDARD')
    throw new AwsServiceError(
      'StateMachineTypeNotSupported',
      `The embedded Step Functions runs state machines of type STANDARD, not ${type}`,
    );
  if (input['publish'] === true)
    throw new AwsServiceError(
      'ValidationException',
      'The embedded Step Functions has no versions: publish must not be true',
    );
}

function description(machine: Machine): Record<string, unknown> {
  return {
    stateMachineArn: machine.arn,
    name: machine.name,
    status: 'ACTIVE',
    definition: machine.definitionText,
    roleArn: machine.roleArn,
    type: 'STANDARD',
    creationDate: machine.createdAt / 1000,
    loggingConfiguration: { level: 'OFF', includeExecutionData: false },
    tracingConfiguration: { enabled: false },
    revisionId: machine.revision,
  };
}
