import { beforeAll, describe, expect, it } from 'vitest';
import { synthesized } from '../../dev/synthesized.ts';
import { holdersThatMay, statementsOf } from '../../dev/policies.ts';
import type { Assembly } from '../../local/assembly/assembly.ts';

interface MachineProperties {
  readonly StateMachineName: string;
  readonly DefinitionString: string;
  readonly DefinitionSubstitutions: Readonly<Record<string, string>>;
}

let assembly: Assembly;

beforeAll(async () => {
  assembly = await synthesized();
});

const machines = () =>
  assembly
    .ofType('AWS::StepFunctions::StateMachine')
    .map(({ properties }) => properties as unknown as MachineProperties);

describe('state machines', () => {
  it('are those of this backend, by fixed names', () => {
    expect(
      machines()
        .map(({ StateMachineName: name }) => name)
        .sort(),
    ).toEqual([
      'hourbank-local-balance-reconciliation',
      'hourbank-local-dispute-resolution',
      'hourbank-local-escrow-cancellation',
      'hourbank-local-escrow-management',
      'hourbank-local-review-publication',
      'hourbank-local-service-request',
      'hourbank-local-transaction-processing',
    ]);
  });

  it('are told every name that their definition asks for, and no other', () => {
    for (const { DefinitionString: definition, DefinitionSubstitutions: given } of machines()) {
      const asked = [...definition.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
      expect(Object.keys(given).sort()).toEqual([...new Set(asked)].sort());
    }
  });

  it('may invoke the functions that they name, and no others', () => {
    const statements = statementsOf(assembly);
    for (const { StateMachineName: name, DefinitionSubstitutions: given } of machines()) {
      const named = Object.entries(given).flatMap(([key, arn]) => (key.endsWith('FunctionArn') ? [arn] : []));
      const invocable = assembly
        .ofType('AWS::Lambda::Function')
        .flatMap(({ arn }) =>
          arn !== undefined &&
          holdersThatMay(statements, 'lambda:InvokeFunction', arn).includes(`state machine ${name}`)
            ? [arn]
            : [],
        );
      expect(invocable.sort()).toEqual(named.sort());
    }
  });

  it('write no data of executions into their logs: a task token would be in it', () => {
    for (const { properties } of assembly.ofType('AWS::StepFunctions::StateMachine')) {
      expect(properties).toMatchObject({
        LoggingConfiguration: { IncludeExecutionData: false, Level: 'ERROR' },
        TracingConfiguration: { Enabled: true },
      });
    }
  });

  it('raise an alarm when an execution fails, times out or is aborted', () => {
    const watched = assembly.ofType('AWS::CloudWatch::Alarm').flatMap(({ properties }) => {
      const metrics = (properties['Metrics'] ?? []) as readonly {
        MetricStat?: {
          Metric: { MetricName: string; Dimensions: readonly { Name: string; Value: string }[] };
        };
      }[];
      return metrics.flatMap(({ MetricStat: stat }) =>
        stat?.Metric.Dimensions[0]?.Name === 'StateMachineArn'
          ? [`${stat.Metric.Dimensions[0].Value.split(':').at(-1) ?? ''} ${stat.Metric.MetricName}`]
          : [],
      );
    });
    const expected = machines().flatMap(({ StateMachineName: name }) =>
      ['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'].map((metric) => `${name} ${metric}`),
    );
    expect(watched.sort()).toEqual(expected.sort());
  });
});
