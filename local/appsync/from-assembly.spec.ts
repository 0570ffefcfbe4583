import { describe, expect, it } from 'vitest';
import { loadAssembly, type Assembly, type AssemblyResource } from '../assembly/assembly.ts';
import { synthesizedFixture } from './fixture/synthesized.ts';
import { appSyncApiFromAssembly } from './from-assembly.ts';

const assembly = loadAssembly(await synthesizedFixture(), { graphqlUrl: 'http://localhost/graphql' });

/** The fixture's assembly with one resource changed, or added. */
function changed(type: string, properties: Record<string, unknown>): Assembly {
  const example = assembly.ofType(type)[0];
  const resource: AssemblyResource = {
    ...(example ?? { stack: 'stack', ref: 'ref', properties: {} }),
    type,
    logicalId: 'Changed',
    properties: { ...example?.properties, ...properties },
  };
  const resources = [...assembly.resources.filter((other) => other !== example), resource];
  return { ...assembly, resources, ofType: (wanted) => resources.filter((other) => other.type === wanted) };
}

describe('the API of a synthesized backend', () => {
  const api = appSyncApiFromAssembly(assembly);

  it('has its modes, schema and data sources', () => {
    expect(api.authModes).toEqual(['AMAZON_COGNITO_USER_POOLS', 'AWS_IAM']);
    expect(api.schema).toContain('type Task @aws_iam @aws_cognito_user_pools {');
    expect(api.dataSources.map(({ type, name }) => `${type} ${name}`).sort()).toEqual([
      'AMAZON_DYNAMODB LedgerTable',
      'AMAZON_DYNAMODB NoteTable',
      'AMAZON_DYNAMODB ScoreTable',
      'AMAZON_DYNAMODB TaskTable',
      'AWS_LAMBDA CommandsDataSource',
      'AWS_LAMBDA FnAskLambdaDataSource',
      'NONE NONE_DS',
    ]);
  });

  it('has templates and code, from assets and in place, and every function that its resolvers name', () => {
    const ids = new Set(api.functions.map(({ functionId }) => functionId));
    for (const { steps } of api.resolvers)
      expect(steps.kind === 'PIPELINE' && steps.functionIds.every((id) => ids.has(id))).toBe(true);
    const runtimes = new Set(api.functions.map(({ handlers }) => handlers.runtime));
    expect(runtimes).toEqual(new Set(['VTL', 'APPSYNC_JS']));
  });
});

describe('what is not run here is named', () => {
  it.each<[string, string, Record<string, unknown>, string]>([
    [
      'an auth mode',
      'AWS::AppSync::GraphQLApi',
      { AuthenticationType: 'OPENID_CONNECT' },
      'Changed: auth mode OPENID_CONNECT is not run here',
    ],
    [
      'a data source',
      'AWS::AppSync::DataSource',
      { Type: 'HTTP', ServiceRoleArn: 'arn' },
      'Changed: data source type HTTP is not run here',
    ],
    [
      'a runtime',
      'AWS::AppSync::Resolver',
      { Runtime: { Name: 'PYTHON' } },
      'Changed: runtime PYTHON is not run here',
    ],
    ['a resource', 'AWS::AppSync::ApiCache', {}, 'Changed: AWS::AppSync::ApiCache is not run here'],
  ])('%s', (_, type, properties, message) => {
    expect(() => appSyncApiFromAssembly(changed(type, properties))).toThrow(message);
  });

  it('two APIs', () => {
    const [api] = assembly.ofType('AWS::AppSync::GraphQLApi');
    const two = { ...assembly, ofType: (type: string) => [...assembly.ofType(type), ...(api ? [api] : [])] };
    expect(() => appSyncApiFromAssembly(two)).toThrow('not one');
  });
});
