import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFixtureApi, type RunningApi } from './fixture/running-api.ts';

let api: RunningApi;
let maker: string;

beforeAll(async () => {
  api = await startFixtureApi();
  maker = await api.tokens.access('maker');
});
afterAll(() => api.stop());

describe('a request that cannot be read', () => {
  it.each([
    ['an empty body', '', 'Request body is empty.'],
    ['no JSON', 'meow', 'Unable to parse GraphQL query.'],
    ['no query', '{}', 'Unable to parse GraphQL query.'],
    ['a list', '[]', 'Unable to parse GraphQL query.'],
    ['no GraphQL', '{"query": "{{"}', 'Unable to parse GraphQL query.'],
    [
      'variables that are no object',
      '{"query": "{ __typename }", "variables": 1}',
      'Unable to parse GraphQL variables.',
    ],
    [
      'an operation that is not there',
      '{"query": "query A { __typename }", "operationName": "B"}',
      "Unknown operation named 'B'.",
    ],
  ])('is malformed: %s', async (_, body, message) => {
    expect(await api.post(maker, body)).toEqual({
      status: 400,
      body: { errors: [{ errorType: 'MalformedHttpRequestException', message }] },
    });
  });

  it('is refused where it asks for a subscription', async () => {
    expect(await api.post(maker, { query: 'subscription { onHint { kind } }' })).toMatchObject({
      status: 400,
      body: { errors: [{ errorType: 'UnsupportedOperation' }] },
    });
  });
});

describe('a request that is not valid', () => {
  it.each([
    ['{ nothing }', "FieldUndefined: Field 'nothing' in type 'Query' is undefined @ 'nothing'"],
    ['{ getTask { id } }', "MissingFieldArgument: Missing field argument id @ 'getTask'"],
    ['{ getTask(id: 1, size: 2) { id } }', "UnknownArgument: Unknown field argument size @ 'getTask'"],
    [
      '{ getTask(id: 1) }',
      "SubSelectionRequired: Sub selection required for type Task of field getTask @ 'getTask'",
    ],
    ['{ getTask(id: $id) { id } }', 'UndefinedVariable: Undefined variable id'],
    [
      'query ($id: Int) { getTask(id: $id) { id } }',
      "VariableTypeMismatch: Variable type 'Int' doesn't match expected type 'ID!'",
    ],
  ])('says what is wrong with %s', async (query, message) => {
    const { status, body } = await api.post(maker, { query });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      data: null,
      errors: [{ path: null, message: `Validation error of type ${message}` }],
    });
  });
});

describe('variables', () => {
  const query = 'mutation ($input: CreateTaskInput!) { createTask(input: $input) { id } }';
  it.each<[string, object, string]>([
    ['absent', {}, "Variable 'input' has coerced Null value for NonNull type 'CreateTaskInput!'"],
    ['null', { input: null }, "Variable 'input' has coerced Null value for NonNull type 'CreateTaskInput!'"],
    [
      'without a required field',
      { input: {} },
      "Variable 'input' has an invalid value: Field 'title' has coerced Null value for NonNull type 'String!'",
    ],
    [
      'with an unknown field',
      { input: { title: 'x', colour: 'red' } },
      "The variables input contains a field name 'colour' that is not defined for input object type 'CreateTaskInput' ",
    ],
    [
      'with a value that the enum has not',
      { input: { title: 'x', status: 'LOST' } },
      "Variable 'input' has an invalid value: Invalid input for Enum 'TaskStatus'. No value found for name 'LOST'",
    ],
    [
      'with text for a number',
      { input: { title: 'x', hours: '2' } },
      'Variable \'input\' has an invalid value. Float cannot represent non numeric value: "2"',
    ],
    [
      'with a number beyond all bounds',
      { input: { title: 'x', count: 1e9 * 1e9 } },
      "Variable 'input' has an invalid value. Int cannot represent non 32-bit signed integer value: 1000000000000000000",
    ],
    [
      'with what is no time',
      { input: { title: 'x', startsAt: '2026-13-01' } },
      "Variable 'input' has an invalid value. Unable to parse `2026-13-01` as a valid DateTime.",
    ],
    [
      'with what is no JSON',
      { input: { title: 'x', details: '{' } },
      "Variable 'input' has an invalid value. Unable to parse `{` as a valid JSON.",
    ],
  ])('are refused: %s', async (_, variables, message) => {
    const { status, body } = await api.post(maker, { query, variables });
    expect(status).toBe(200);
    expect(body).toMatchObject({ data: null, errors: [{ path: null, message }] });
  });
});

describe('an answer', () => {
  it('has null with an error where the schema allows none', async () => {
    const table = api.api.dataSources.find(({ name }) => name === 'TaskTable');
    if (table?.type !== 'AMAZON_DYNAMODB') throw new Error('The fixture has a table of tasks');
    const Item = { id: { S: 'bare' }, title: { S: 'x' }, makerId: { S: 'maker' } };
    await api.aws.call(
      'dynamodb',
      'PutItem',
      { TableName: table.tableName, Item },
      { arn: table.serviceRoleArn },
    );
    const { body } = await api.post(maker, { query: '{ getTask(id: "bare") { id createdAt } }' });
    expect(body).toEqual({
      data: { getTask: null },
      errors: [
        {
          path: ['getTask', 'createdAt'],
          locations: null,
          message:
            "Cannot return null for non-nullable type: 'AWSDateTime' within parent 'Task' (/getTask/createdAt)",
        },
      ],
    });
  });

  it('goes by the aliases and fragments of the request', async () => {
    const { body } = await api.post(await api.tokens.access('p', ['publishers']), {
      query:
        'mutation { hint: publishHint(userId: "u", kind: "K") { ...all who: userId __typename } } fragment all on Hint { kind }',
    });
    expect(body).toEqual({ data: { hint: { kind: 'K', who: 'u', __typename: 'Hint' } } });
  });
});
