import { parse, visit, type FieldNode } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { synthesized } from '../../dev/synthesized.ts';
import type { Assembly, AssemblyResource } from '../../local/assembly/assembly.ts';
import { message } from '../../domain/message.ts';
import { NOW, REQUESTER_ID, sampleRequest } from '../../domain/samples.ts';
import {
  adminHint,
  balanceHints,
  memberConfirmed,
  messageHint,
  requestHint,
  reviewHint,
} from '../functions/shared/events.ts';

interface Target {
  readonly Id: string;
  readonly Arn: string;
  readonly RoleArn?: string;
  readonly InputPath?: string;
  readonly DeadLetterConfig?: { readonly Arn: string };
  readonly AppSyncParameters?: { readonly GraphQLOperation: string };
  readonly InputTransformer?: {
    readonly InputPathsMap: Readonly<Record<string, string>>;
    readonly InputTemplate: string;
  };
}

interface Pattern {
  readonly source?: readonly string[];
  readonly 'detail-type'?: readonly string[];
  readonly detail?: Readonly<Record<string, readonly unknown[]>>;
}

let assembly: Assembly;

beforeAll(async () => {
  assembly = await synthesized();
});

const rules = () => assembly.ofType('AWS::Events::Rule');
const targetsOf = (rule: AssemblyResource) => rule.properties['Targets'] as readonly Target[];
const patternOf = (rule: AssemblyResource) => rule.properties['EventPattern'] as Pattern | undefined;
const allTargets = () => rules().flatMap((rule) => targetsOf(rule).map((target) => ({ rule, target })));

function ruleFor(detailType: string): AssemblyResource {
  const [rule, ...others] = rules().filter((candidate) =>
    patternOf(candidate)?.['detail-type']?.includes(detailType),
  );
  if (!rule || others.length > 0)
    throw new Error(`${others.length + (rule ? 1 : 0)} rules for ${detailType}`);
  return rule;
}

describe('every target of a rule', () => {
  it('has a dead-letter queue that takes letters from that rule', () => {
    const policies = assembly.ofType('AWS::SQS::QueuePolicy');
    for (const { rule, target } of allTargets()) {
      const letters = target.DeadLetterConfig?.Arn;
      const allowed = policies.some(({ properties }) => {
        const { Statement: statements } = properties['PolicyDocument'] as {
          Statement: readonly { Action: string; Resource: string; Condition?: { ArnEquals?: object } }[];
        };
        return statements.some(
          (statement) =>
            statement.Action === 'sqs:SendMessage' &&
            statement.Resource === letters &&
            JSON.stringify(statement.Condition?.ArnEquals).includes(String(rule.arn)),
        );
      });
      expect({ rule: rule.logicalId, letters, allowed }).toMatchObject({
        letters: expect.any(String) as string,
        allowed: true,
      });
    }
  });

  it('raises an alarm by what lies in that queue', () => {
    const watched = assembly.ofType('AWS::CloudWatch::Alarm').flatMap(({ properties }) => {
      const dimensions = (properties['Dimensions'] ?? []) as readonly { Name: string; Value: string }[];
      return dimensions.filter(({ Name: name }) => name === 'QueueName').map(({ Value: value }) => value);
    });
    const queues = allTargets().map(({ target }) => target.DeadLetterConfig?.Arn.split(':').at(-1));
    expect([...new Set(watched)].sort()).toEqual([...new Set(queues)].sort());
  });
});

describe('hints to members', () => {
  const request = sampleRequest();
  const notice = adminHint({ source: 'hourbank.balances', eventId: 'adjustment-1#DONE' }, NOW);
  const [balance] = balanceHints([{ id: 'e', userId: 'member', transactionId: 't' }], request, NOW);

  const posted = message(request, REQUESTER_ID, { id: 'message-1', text: 'On Sunday?' }, NOW);

  it.each([
    ['a request', 'Service Request Changed'],
    ['a message', 'Message Posted'],
    ['a review', 'Review Published'],
  ])('of %s go to both parties', (_what, detailType) => {
    const addressees = targetsOf(ruleFor(detailType)).map(
      ({ InputTransformer: transformer }) => transformer?.InputPathsMap,
    );
    expect(addressees.map((paths) => Object.values(paths ?? {})[0])).toEqual([
      '$.detail.requesterId',
      '$.detail.providerId',
    ]);
  });

  it.each([
    ['Service Request Changed', requestHint(request, NOW)],
    ['Message Posted', messageHint(posted, request, NOW)],
    ['Review Published', reviewHint(request, NOW)],
    ['Balance Changed', balance],
    ['Admin Notice', notice],
  ])(
    'of %s find every path that they name in the event: a missing one would bury them',
    (detailType, hint) => {
      const event = { detail: hint?.Detail ?? {} };
      expect(hint).toMatchObject({
        DetailType: detailType,
        Source: patternOf(ruleFor(detailType))?.source?.[0],
      });
      for (const target of targetsOf(ruleFor(detailType)))
        for (const path of Object.values(target.InputTransformer?.InputPathsMap ?? {}))
          expect(event.detail).toHaveProperty(path.replace('$.detail.', ''));
    },
  );

  it('for admins go to all of them at once, from balances and from disputes', () => {
    const rule = ruleFor('Admin Notice');
    expect(patternOf(rule)?.source).toEqual(['hourbank.balances', 'hourbank.disputes']);
    const [target, ...others] = targetsOf(rule);
    expect(others).toEqual([]);
    expect(target?.InputTransformer?.InputTemplate).toContain('"userId":"ADMINS"');
  });

  it('select every field that a subscriber may select', async () => {
    const operation = targetsOf(ruleFor('Balance Changed'))[0]?.AppSyncParameters?.GraphQLOperation ?? '';
    const selected: string[] = [];
    visit(parse(operation), { Field: (node: FieldNode) => void selected.push(node.name.value) });
    const sdl = assembly.assetPath(
      String(assembly.ofType('AWS::AppSync::GraphQLSchema')[0]?.properties['DefinitionS3Location']),
    );
    const { readFileSync } = await import('node:fs');
    const type = /type RequestProgress[^{]*\{([^}]*)\}/.exec(readFileSync(sdl, 'utf8'))?.[1] ?? '';
    const fields = [...type.matchAll(/^\s*(\w+):/gm)].map(([, name]) => name);
    expect(selected).toEqual(['publishRequestProgress', ...fields]);
  });
});

describe('what starts by itself', () => {
  const machine = (name: string) => `:stateMachine:hourbank-local-${name}`;
  /** Workflows that have no parent. */
  const LOOKED_AFTER = [
    'service-request',
    'transaction-processing',
    'balance-reconciliation',
    'review-publication',
  ];

  it('is the welcome of a member who has confirmed, with the event as input', () => {
    const rule = ruleFor('Member Confirmed');
    expect(patternOf(rule)).toMatchObject({ source: [memberConfirmed('u', 'n', NOW).Source] });
    const [target, ...others] = targetsOf(rule);
    expect(others).toEqual([]);
    expect(target).toMatchObject({ InputPath: '$.detail' });
    expect(target?.Arn).toContain(machine('transaction-processing'));
  });

  it('is what comes from elsewhere, and never what our own workflows say', () => {
    expect(patternOf(ruleFor('Service Request Submitted'))).toEqual({
      source: ['hourbank.service-requests'],
      'detail-type': ['Service Request Submitted', 'Provider Response Received'],
      detail: { stepFunctionExecutionArn: [{ exists: false }] },
    });
    expect(requestHint(sampleRequest(), NOW).Detail).toHaveProperty('stepFunctionExecutionArn');
  });

  it('is the sweeper, every five minutes and when an execution went wrong', () => {
    const sweeping = rules().filter((rule) => targetsOf(rule).some(({ Arn: arn }) => arn.includes('weeper')));
    expect(
      sweeping.map(
        ({ properties }) => properties['ScheduleExpression'] ?? patternOf({ properties } as AssemblyResource),
      ),
    ).toEqual([
      'rate(5 minutes)',
      {
        source: ['aws.states'],
        'detail-type': ['Step Functions Execution Status Change'],
        detail: {
          stateMachineArn: LOOKED_AFTER.map((name): unknown => expect.stringContaining(machine(name))),
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
        },
      },
    ]);
  });
});

describe('the check of the books', () => {
  it('starts by itself every day, and says that it does', () => {
    const rule = rules().find((candidate) =>
      targetsOf(candidate).some(({ Arn: arn }) => arn.includes('balance-reconciliation')),
    );
    expect(rule?.properties).toMatchObject({ ScheduleExpression: 'rate(1 day)', State: 'ENABLED' });
    const [target, ...others] = rule ? targetsOf(rule) : [];
    expect(others).toEqual([]);
    expect(target).toMatchObject({
      Arn: expect.stringContaining(':stateMachine:hourbank-local-balance-reconciliation') as string,
      Input: JSON.stringify({ requestedBy: 'SCHEDULE' }),
    });
  });
});

describe('the bus', () => {
  it('bears its plain name and keeps an archive of everything', () => {
    const [bus] = assembly.ofType('AWS::Events::EventBus');
    expect(bus?.ref).toBe('hourbank-event-bus');
    expect(assembly.ofType('AWS::Events::Archive')[0]?.properties).toMatchObject({ SourceArn: bus?.arn });
  });
});
