import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Assembly } from '../assembly/assembly.ts';
import { machinesFromAssembly } from './from-assembly.ts';
import { definition, lambdaTask, ROLE } from './step-functions-fixture.ts';

const text = definition({
  Work: lambdaTask({ Arguments: { FunctionName: '${WorkFunctionArn}', Payload: '{% $states.input %}' } }),
});

function assemblyOf(
  machines: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  assetPath = () => '',
): Assembly {
  const resources = Object.entries(machines).map(([logicalId, properties]) => ({
    stack: 's',
    logicalId,
    type: 'AWS::StepFunctions::StateMachine',
    ref: `arn:aws:states:us-east-1:000000000000:stateMachine:${logicalId}-1a2b`,
    properties: { RoleArn: ROLE, DefinitionSubstitutions: { WorkFunctionArn: 'arn:work' }, ...properties },
  }));
  return {
    directory: '',
    stackName: '',
    resources,
    ofType: (type) => resources.filter((resource) => resource.type === type),
    assetPath,
    outputs: {},
    rootMetadata: {},
  };
}

describe('machinesFromAssembly', () => {
  it('puts the substitutions into the definition, and takes the name that is given or generated', () => {
    const machines = machinesFromAssembly(
      assemblyOf({
        Named: { StateMachineName: 'named', DefinitionString: text },
        Generated: { Definition: JSON.parse(text) as unknown },
      }),
    );
    expect(machines).toEqual([
      { name: 'named', definition: text.replace('${WorkFunctionArn}', 'arn:work'), roleArn: ROLE },
      { name: 'Generated-1a2b', definition: text.replace('${WorkFunctionArn}', 'arn:work'), roleArn: ROLE },
    ]);
  });

  it('reads a definition from its asset', () => {
    const directory = mkdtempSync(join(tmpdir(), 'definition-'));
    try {
      const file = join(directory, 'm.asl.json');
      writeFileSync(file, text);
      const [machine] = machinesFromAssembly(
        assemblyOf({ M: { DefinitionS3Location: { Bucket: 'b', Key: 'k' } } }, () => file),
      );
      expect(machine?.definition).toContain('arn:work');
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it('names every machine that cannot run, and why', () => {
    const assembly = assemblyOf({
      Express: { StateMachineType: 'EXPRESS', DefinitionString: text },
      Unfilled: { DefinitionString: text, DefinitionSubstitutions: {} },
      Old: { DefinitionString: '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}' },
      Sns: {
        DefinitionString: definition({
          A: { Type: 'Task', Resource: 'arn:aws:states:::sns:publish', End: true },
        }),
      },
      Empty: {},
    });
    expect(() => machinesFromAssembly(assembly)).toThrow(
      /Express: type EXPRESS[^]*Unfilled: \$\{WorkFunctionArn\} has no value[^]*Old: [^]*JSONPath[^]*Sns: [^]*sns:publish[^]*Empty: it has no definition/,
    );
  });
});
