import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { functionName } from '../../dev/policies.ts';
import { synthesized } from '../../dev/synthesized.ts';
import type { Assembly } from '../../local/assembly/assembly.ts';
import { TABLE_VARIABLES } from './access.ts';

const FUNCTIONS = import.meta.dirname;

/** Variables that every function has, whatever it reads. */
const COMMON = /^(AMPLIFY_SSM_ENV_CONFIG|POWERTOOLS_SERVICE_NAME|POWERTOOLS_METRICS_NAMESPACE)$/;

interface FunctionProperties {
  readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
}

let assembly: Assembly;

beforeAll(async () => {
  assembly = await synthesized();
});

/** The handler and everything of ours that it imports. */
function sourcesOf(file: string, seen = new Set<string>()): readonly string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const source = readFileSync(file, 'utf8');
  const imports = [...source.matchAll(/from '(\.[^']+\.ts)'/g)].map(([, path = '']) =>
    resolve(dirname(file), path),
  );
  return [source, ...imports.flatMap((path) => sourcesOf(path, seen))];
}

/** The names in the lists that are given to `call`, as in `tableNames(['user', 'wait'])`. */
const namesGivenTo = (call: string, sources: readonly string[]): readonly string[] =>
  sources
    .flatMap((source) => [...source.matchAll(new RegExp(`${call}\\(\\[([^\\]]*)\\]\\)`, 'g'))])
    .flatMap(([, names = '']) => [...names.matchAll(/'(\w+)'/g)].map(([, name = '']) => name));

const variableOfTable = (table: string): string => {
  const model = (table.charAt(0).toUpperCase() + table.slice(1)) as keyof typeof TABLE_VARIABLES;
  return TABLE_VARIABLES[model];
};

const namesOfFunctions = [
  'admin-commands',
  'create-escrow',
  'dispute-commands',
  'initiate-dispute',
  'member-commands',
  'notify-provider',
  'post-confirmation',
  'process-direct-transfer',
  'process-dispute-resolution',
  'process-escrow-cancellation',
  'process-escrow-release',
  'process-negotiation',
  'process-payment',
  'process-provider-response',
  'publish-reviews',
  'reconcile-balances',
  'request-commands',
  'start-service-request',
  'sweeper',
  'validate-escrow-release',
  'validate-service-request',
  'workflow-status',
];

describe('functions', () => {
  it('are all those that have a handler', () => {
    const names = assembly.ofType('AWS::Lambda::Function').map(({ properties }) => functionName(properties));
    expect(names.sort()).toEqual(namesOfFunctions);
  });

  it.each(namesOfFunctions)('%s is given the variables that it reads, and no others', (name) => {
    const sources = sourcesOf(join(FUNCTIONS, name, 'handler.ts'));
    const read = [
      ...namesGivenTo('environment', sources),
      ...namesGivenTo('tableNames', sources).map(variableOfTable),
    ];

    const { properties } = definitionOf(name);
    const given = Object.keys((properties as unknown as FunctionProperties).Environment.Variables);

    expect(given.filter((variable) => !COMMON.test(variable)).sort()).toEqual([...new Set(read)].sort());
  });

  it.each(namesOfFunctions)(
    '%s runs on a current Node.js on arm64, is traced, and may take its time',
    (name) => {
      const { properties } = definitionOf(name);
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        MemorySize: 512,
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogFormat: 'JSON', LogGroup: expect.any(String) as string },
      });
      expect(properties['Timeout']).toBeGreaterThanOrEqual(5);
    },
  );

  it('keep their logs for a month', () => {
    const groups = assembly.ofType('AWS::Logs::LogGroup');
    expect(groups.length).toBeGreaterThan(namesOfFunctions.length);
    for (const { properties } of groups) expect(properties['RetentionInDays']).toBe(30);
  });
});

function definitionOf(name: string) {
  const found = assembly
    .ofType('AWS::Lambda::Function')
    .find(({ properties }) => functionName(properties) === name);
  if (!found) throw new Error(`There is no function ${name}`);
  return found;
}
