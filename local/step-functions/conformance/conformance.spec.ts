import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseCases, type AslCase } from './asl-case.ts';
import { difference } from './compare.ts';
import { runCase } from './run-case.ts';

const cases = parseCases(readFileSync(new URL('../cases/jsonata.json', import.meta.url), 'utf8'));

describe('executions recorded on AWS', () => {
  it.each(cases.map((aslCase) => [aslCase.id, aslCase] as const))('%s', async (_, aslCase) => {
    expect(difference(aslCase, await runCase(aslCase))).toBeUndefined();
  });
});

describe('the comparison', () => {
  const pass: AslCase = {
    id: 'pass',
    definition: {
      QueryLanguage: 'JSONata',
      StartAt: 'A',
      States: { A: { Type: 'Pass', Output: '{% [$uuid(), 2] %}', End: true } },
    },
    input: {},
    lambdas: {},
    expect: {
      end: { type: 'ExecutionSucceeded', output: ['<any>', 2] },
      steps: [
        ['enter', 'A'],
        ['exit', 'A', ['<any>', 2]],
      ],
    },
  };

  it('lets <any> stand for anything', async () => {
    expect(difference(pass, await runCase(pass))).toBeUndefined();
  });

  it.each([
    [
      'another output',
      { end: { type: 'ExecutionSucceeded', output: ['<any>', 3] }, steps: pass.expect.steps },
    ],
    ['another end', { end: { type: 'ExecutionFailed', error: 'E' }, steps: pass.expect.steps }],
    ['a step too many', { end: pass.expect.end, steps: pass.expect.steps.slice(0, 1) }],
    ['a missing step', { end: pass.expect.end, steps: [...pass.expect.steps, ['enter', 'B'] as const] }],
    ['variables that were not assigned', { end: pass.expect.end, steps: withVariables(pass) }],
  ])('notices %s', async (_, expected) => {
    const changed = { ...pass, expect: expected } as AslCase;
    expect(difference(changed, await runCase(changed))).toBeTypeOf('string');
  });

  it('does not mind the order of steps that run side by side, but does mind their number', () => {
    const aslCase: AslCase = {
      ...pass,
      definition: { StartAt: 'P', States: { P: { Type: 'Parallel' } } },
      expect: {
        end: { type: 'ExecutionSucceeded' },
        steps: [
          ['exit', 'A', '<any>'],
          ['exit', 'A', 1],
        ],
      },
    };
    const { end } = aslCase.expect;
    expect(
      difference(aslCase, {
        end,
        steps: [
          ['exit', 'A', 1],
          ['exit', 'A', 2],
        ],
      }),
    ).toBeUndefined();
    expect(difference(aslCase, { end, steps: [['exit', 'A', 1]] })).toContain('no step was');
  });
});

function withVariables({ expect: { steps } }: AslCase): AslCase['expect']['steps'] {
  return steps.map((step) => (step[0] === 'exit' ? ['exit', step[1], step[2], { x: 1 }] : step));
}
