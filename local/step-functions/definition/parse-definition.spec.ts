import { describe, expect, it } from 'vitest';
import { definition, lambdaTask } from '../step-functions-fixture.ts';
import type { JsonObject } from './json.ts';
import { parseDefinition } from './parse-definition.ts';

const Done = { Type: 'Succeed' };
const refusal = (text: string) => {
  try {
    parseDefinition(text);
  } catch (error) {
    return error;
  }
  return undefined;
};
const refused = (message: string) => ({
  code: 'InvalidDefinition',
  message: expect.stringContaining(message) as unknown,
});
const sdk = (resource: string) =>
  definition({ A: { Type: 'Task', Resource: resource, Arguments: {}, End: true } });

describe('a definition', () => {
  it('in JSONata is accepted, whether the machine or each state says so', () => {
    expect(parseDefinition(definition({ A: { Type: 'Pass', End: true } })).StartAt).toBe('A');
    const each = { StartAt: 'A', States: { A: { Type: 'Pass', QueryLanguage: 'JSONata', End: true } } };
    expect(refusal(JSON.stringify(each))).toBeUndefined();
  });

  it('in JSONPath is refused by name, also where it hides in a branch', () => {
    const plain = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', End: true } } });
    expect(refusal(plain)).toMatchObject(
      refused("JSONPath is not supported by the embedded Step Functions: the state 'A' at /States/A uses it"),
    );
    const branch = { StartAt: 'B', States: { B: { Type: 'Pass', QueryLanguage: 'JSONPath', End: true } } };
    expect(refusal(definition({ A: { Type: 'Parallel', Branches: [branch], End: true } }))).toMatchObject(
      refused("the state 'B' at /States/A/Branches[0]/States/B"),
    );
    const items = {
      Type: 'Map',
      ItemProcessor: { StartAt: 'B', States: { B: { Type: 'Pass', End: true } } },
      End: true,
    };
    expect(refusal(JSON.stringify({ StartAt: 'A', States: { A: items } }))).toMatchObject(
      refused('JSONPath'),
    );
  });

  it.each<[string, JsonObject, string]>([
    ['a field of JSONPath', { A: { Type: 'Pass', Parameters: {}, End: true } }, 'Parameters'],
    ['an unknown type', { A: { Type: 'Loop', End: true } }, '/States/A/Type'],
    [
      'a target that does not exist',
      { A: { Type: 'Pass', Next: 'B' } },
      "Missing 'Next' target: B at /States/A",
    ],
    ['a state without a next', { A: { Type: 'Pass' } }, "Exactly one of 'Next' and 'End'"],
    [
      'an end that goes on',
      { A: { Type: 'Pass', Next: 'Done', End: true }, Done },
      "Exactly one of 'Next' and 'End'",
    ],
    ['a Wait for nothing', { A: { Type: 'Wait', End: true } }, "Exactly one of 'Seconds' and 'Timestamp'"],
    ['a timestamp that is none', { A: { Type: 'Wait', Timestamp: 'tomorrow', End: true } }, 'ISO-8601'],
    ['negative seconds', { A: { Type: 'Wait', Seconds: -1, End: true } }, '/States/A/Seconds'],
    ['fractions of seconds', { A: { Type: 'Wait', Seconds: 0.5, End: true } }, '/States/A/Seconds'],
    [
      'an expression that JSONata cannot read',
      { A: { Type: 'Pass', Output: '{% 1 + %}', End: true } },
      'INVALID_JSONATA',
    ],
    [
      'a condition that is no expression',
      { A: { Type: 'Choice', Choices: [{ Condition: 'true', Next: 'Done' }] }, Done },
      'Condition',
    ],
    [
      'a distributed Map',
      {
        A: {
          Type: 'Map',
          ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, StartAt: 'B', States: { B: Done } },
          End: true,
        },
      },
      'no distributed Map',
    ],
    [
      'a name that is used twice',
      { A: { Type: 'Parallel', Branches: [{ StartAt: 'A', States: { A: Done } }], End: true } },
      'Duplicate state name: A',
    ],
    ['a name of more than 80 characters', { ['x'.repeat(81)]: Done }, 'longer than 80'],
    [
      'a heartbeat longer than the timeout',
      { A: lambdaTask({ TimeoutSeconds: 5, HeartbeatSeconds: 5 }) },
      'HeartbeatSeconds must be smaller',
    ],
    [
      'States.ALL before another rule',
      { A: lambdaTask({ Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['E'] }] }) },
      'Retry[0]',
    ],
    [
      'States.ALL among others',
      { A: lambdaTask({ Catch: [{ ErrorEquals: ['E', 'States.ALL'], Next: 'Done' }] }), Done },
      'Catch[0]',
    ],
  ])('with %s is refused, and told where', (_, states, message) => {
    expect(refusal(definition(states))).toMatchObject(refused(message));
  });

  it('that is no JSON, or has no start, is refused', () => {
    expect(refusal('{')).toMatchObject(refused('INVALID_JSON_DESCRIPTION'));
    expect(refusal(definition({ A: Done }, { StartAt: 'B' }))).toMatchObject(refused('B at /StartAt'));
  });

  it.each([
    'arn:aws:states:::sns:publish',
    'arn:aws:states:::aws-sdk:s3:getObject',
    'arn:aws:states:::lambda:invoke.sync',
    'arn:aws:states:::dynamodb:updateItem.waitForTaskToken',
    'arn:aws:states:us-east-1:000000000000:activity:a',
    '${SomeFunctionArn}',
  ])('with the resource %s is refused by name', (resource) => {
    expect(refusal(sdk(resource))).toMatchObject(refused(`The resource '${resource}' is not known`));
  });

  it.each([
    'arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken',
    'arn:aws:states:::states:startExecution.sync:2',
    'arn:aws:states:::events:putEvents',
    'arn:aws:lambda:us-east-1:000000000000:function:f',
  ])('with the resource %s is accepted', (resource) => {
    expect(refusal(sdk(resource))).toBeUndefined();
  });
});
