import { describe, expect, it } from 'vitest';
import { MovableClock } from '../clock/clock.ts';
import type { AwsApi } from '../gateway/aws-service.ts';
import type { AppSyncApi, HandlerCode, ResolverConfig } from './appsync-api.ts';
import { createAppSync, type AppSync } from './appsync.ts';
import type { GraphQLResponse } from './execution/graphql-response.ts';
import { MemberTokens } from './fixture/member-tokens.ts';

const SCHEMA = `
  type Query { one(a: Int): Thing many: [Thing] open: String @aws_iam }
  type Thing { id: ID name: String inner: Thing warned: String }
`;
const PASS: HandlerCode = {
  runtime: 'VTL',
  request: '{"payload": $util.toJson($ctx.args)}',
  response: '$util.toJson($ctx.result)',
};
const NONE = { type: 'NONE', name: 'Nothing' } as const;
const LAMBDA = {
  type: 'AWS_LAMBDA',
  name: 'Function',
  functionArn: 'arn:fn',
  serviceRoleArn: 'arn:role',
} as const;

const unit = (
  field: string,
  handlers: HandlerCode,
  dataSource = 'Nothing',
  maxBatchSize = 0,
): ResolverConfig => {
  const [typeName = '', fieldName = ''] = field.split('.');
  return { typeName, fieldName, handlers, steps: { kind: 'UNIT', dataSource, maxBatchSize } };
};

const baseApi: AppSyncApi = {
  apiId: 'api',
  schema: SCHEMA,
  authModes: ['AMAZON_COGNITO_USER_POOLS', 'AWS_IAM'],
  dataSources: [NONE, LAMBDA],
  functions: [],
  resolvers: [],
  introspection: true,
  environment: { STAGE: 'local' },
};

const tokens = await MemberTokens.create();
const member = await tokens.access('member');

const logged: string[] = [];

function start(api: Partial<AppSyncApi>, lambda: (payload: unknown) => unknown = () => null): AppSync {
  const aws: AwsApi = {
    call: (service, operation, input) => {
      expect([service, operation]).toEqual(['lambda', 'Invoke']);
      return Promise.resolve({ StatusCode: 200, Payload: lambda((input as { Payload: unknown }).Payload) });
    },
  };
  return createAppSync({
    api: { ...baseApi, ...api },
    aws,
    tokens,
    clock: new MovableClock(),
    log: (line) => logged.push(line),
    resolveCaller: (id) => ({ arn: `arn:aws:iam::000000000000:role/${id}` }),
  });
}

async function ask(appsync: AppSync, query: string): Promise<GraphQLResponse> {
  const { body } = await appsync.handleGraphql({
    headers: { authorization: member },
    body: JSON.stringify({ query }),
  });
  return JSON.parse(body) as GraphQLResponse;
}

describe('a unit resolver', () => {
  it('runs its own handlers around its data source', async () => {
    const appsync = start({
      resolvers: [
        unit('Query.one', {
          runtime: 'VTL',
          request: '{"payload": {"id": $ctx.args.a, "name": "$ctx.info.fieldName"}}',
          response: '$util.toJson($ctx.result)',
        }),
      ],
    });
    expect(await ask(appsync, '{ one(a: 1) { id name } }')).toEqual({
      data: { one: { id: '1', name: 'one' } },
    });
  });

  it('knows which fields were asked for, and its environment', async () => {
    const code = `export const request = (ctx) => ({ payload: null });
      export const response = (ctx) => ({ id: ctx.env.STAGE, name: ctx.info.selectionSetList.join() });`;
    const appsync = start({ resolvers: [unit('Query.one', { runtime: 'APPSYNC_JS', code })] });
    const query = '{ one { ...f inner { i: id } } } fragment f on Thing { id name }';
    expect(await ask(appsync, query)).toMatchObject({
      data: { one: { id: 'local', name: 'id,name,inner,inner/i' } },
    });
  });

  it('without handlers gives a Lambda the context itself', async () => {
    let payload: unknown;
    const appsync = start({ resolvers: [unit('Query.one', { runtime: 'VTL' }, 'Function')] }, (given) => {
      payload = given;
      return { id: 'x' };
    });
    expect(await ask(appsync, '{ one(a: 2) { id } }')).toEqual({ data: { one: { id: 'x' } } });
    expect(payload).toMatchObject({
      arguments: { a: 2 },
      identity: { sub: 'member' },
      info: { fieldName: 'one', parentTypeName: 'Query', selectionSetList: ['id'] },
    });
  });

  it('puts the invocations of a list’s items into one', async () => {
    const batch: HandlerCode = {
      runtime: 'VTL',
      request: '{"operation": "BatchInvoke", "payload": $util.toJson($ctx.source)}',
      response: '$util.toJson($ctx.result)',
    };
    const many: HandlerCode = {
      runtime: 'VTL',
      request: '{"payload": [{"id": 1}, {"id": 2}, {"id": 3}]}',
      response: '$util.toJson($ctx.result)',
    };
    const sizes: number[] = [];
    const appsync = start(
      { resolvers: [unit('Query.many', many), unit('Thing.name', batch, 'Function', 2)] },
      (payloads) => {
        const things = payloads as { id: number }[];
        sizes.push(things.length);
        return things.map(({ id }) => `name ${id}`);
      },
    );
    expect(await ask(appsync, '{ many { name } }')).toEqual({
      data: { many: [{ name: 'name 1' }, { name: 'name 2' }, { name: 'name 3' }] },
    });
    expect(sizes).toEqual([2, 1]);
  });
});

it('an appended error stands beside the value', async () => {
  const response = '$util.appendError("careful", "WARNING", {"a": 1})"fine"';
  const appsync = start({
    resolvers: [unit('Query.one', PASS), unit('Thing.warned', { ...PASS, response })],
  });
  expect(await ask(appsync, '{ one(a: 1) { warned } }')).toMatchObject({
    data: { one: { warned: 'fine' } },
    errors: [{ path: ['one', 'warned'], errorType: 'WARNING', data: { a: 1 }, message: 'careful' }],
  });
});

it('a field of another auth mode is refused, and its siblings are answered', async () => {
  const appsync = start({ resolvers: [unit('Query.one', PASS)] });
  expect(await ask(appsync, '{ open one(a: 1) { id } }')).toMatchObject({
    data: { open: null, one: { id: null } },
    errors: [{ path: ['open'], errorType: 'Unauthorized' }],
  });
});

it('introspection can be turned off', async () => {
  const query = '{ __schema { queryType { name } } }';
  expect(await ask(start({}), query)).toEqual({ data: { __schema: { queryType: { name: 'Query' } } } });
  expect(await ask(start({ introspection: false }), query)).toMatchObject({ data: null });
});

it('a query may nest as deep as the API says', async () => {
  const appsync = start({ queryDepthLimit: 2 });
  expect(await ask(appsync, '{ one { id } }')).toEqual({ data: { one: null } });
  expect(await ask(appsync, '{ one { ...f } } fragment f on Thing { inner { id } }')).toMatchObject({
    data: null,
    errors: [{ message: 'Query depth exceeds the limit of 2' }],
  });
});

it('a template whose output is no JSON is an error that shows it', async () => {
  const appsync = start({
    resolvers: [unit('Query.one', { runtime: 'VTL', request: '{"payload": $ctx.args.b}' })],
  });
  expect(await ask(appsync, '{ one { id } }')).toMatchObject({
    errors: [
      {
        errorType: 'MappingTemplate',
        message: `Unable to parse the JSON document: '{"payload": $ctx.args.b}'`,
      },
    ],
  });
});

it('a fault of the service is an internal failure, and logged with where it happened', async () => {
  const appsync = start({
    resolvers: [unit('Query.one', { runtime: 'APPSYNC_JS', code: 'export const request = (' })],
  });
  expect(await ask(appsync, '{ one { id } }')).toMatchObject({
    data: { one: null },
    errors: [{ path: ['one'], errorType: 'InternalFailure' }],
  });
  expect(logged.join()).toContain('AppSync: Query.one: Error: Transform failed');
});

describe('what cannot run is refused at start-up', () => {
  it.each<[string, Partial<AppSyncApi>, string]>([
    [
      'a schema that is not valid',
      { schema: 'type Query { a: Nothing }' },
      'The GraphQL schema is not valid',
    ],
    [
      'a resolver without a field',
      { resolvers: [unit('Query.none', PASS)] },
      'a resolver for Query.none, which the schema has not',
    ],
    [
      'a resolver without a data source',
      { resolvers: [unit('Query.one', PASS, 'Lost')] },
      'Query.one: there is no data source Lost',
    ],
    [
      'a pipeline without its function',
      { resolvers: [{ ...unit('Query.one', PASS), steps: { kind: 'PIPELINE', functionIds: ['f'] } }] },
      'Query.one: there is no function f',
    ],
    [
      'a template that calls what there is not',
      { resolvers: [unit('Query.one', { runtime: 'VTL', request: '$util.rds.toJsonString($x)' })] },
      'The request template of Query.one: there is no $util.rds',
    ],
    [
      'code that imports what there is not',
      {
        resolvers: [
          unit('Query.one', {
            runtime: 'APPSYNC_JS',
            code: "import { util } from '@aws-appsync/utils';\nimport * as ddb from '@aws-appsync/utils/dynamodb';",
          }),
        ],
      },
      'The code of Query.one: @aws-appsync/utils/dynamodb cannot be imported here',
    ],
    [
      'a template that is not Velocity',
      { resolvers: [unit('Query.one', { runtime: 'VTL', response: '#if(' })] },
      'The response template of Query.one: it is not Velocity',
    ],
  ])('%s', (_, api, message) => {
    expect(() => start(api)).toThrow(message);
  });
});
