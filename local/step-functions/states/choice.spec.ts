import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../definition/json.ts';
import { text, World } from '../step-functions-fixture.ts';

const Show = {
  Type: 'Pass',
  Output: { input: '{% $states.input %}', a: '{% $a %}', b: '{% $b %}' },
  End: true,
};

const choosing = (rule: JsonObject, fields: JsonObject = {}) =>
  new World({
    machines: {
      m: {
        Set: { Type: 'Pass', Assign: { a: 0, b: 0 }, Next: 'Choose' },
        Choose: {
          Type: 'Choice',
          Choices: [{ Condition: '{% $states.input.n = 1 %}', Next: 'Show', ...rule }],
          Default: 'Show',
          ...fields,
        },
        Show,
      },
    },
  });

describe('Choice', () => {
  const own = { Assign: { a: 'rule' }, Output: 'rule' };
  const common = { Assign: { a: 'state', b: 'state' }, Output: 'state' };

  it('takes the rule that holds: its Assign adds to that of the state, its Output replaces it', async () => {
    expect(await choosing(own, common).output('m', { n: 1 })).toEqual({
      input: 'rule',
      a: 'rule',
      b: 'state',
    });
    expect(await choosing({}, common).output('m', { n: 1 })).toEqual({
      input: 'state',
      a: 'state',
      b: 'state',
    });
    expect(await choosing({ Output: null }, common).output('m', { n: 1 })).toMatchObject({ input: null });
  });

  it('takes Default with what the state itself says, where no rule holds', async () => {
    expect(await choosing(own, common).output('m', { n: 2 })).toEqual({
      input: 'state',
      a: 'state',
      b: 'state',
    });
    expect(await choosing(own).output('m', { n: 2 })).toEqual({ input: { n: 2 }, a: 0, b: 0 });
  });

  it('fails where no rule holds and there is no Default', async () => {
    const world = new World({
      machines: { m: { Choose: { Type: 'Choice', Choices: [{ Condition: false, Next: 'Show' }] }, Show } },
    });
    expect(await world.end(await world.start('m'))).toMatchObject({ error: 'States.NoChoiceMatched' });
  });

  it('fails where a condition is neither true nor false', async () => {
    const world = choosing({ Condition: '{% $states.input.n %}' });
    expect(await world.end(await world.start('m', { n: 1 }))).toMatchObject({
      error: 'States.QueryEvaluationError',
    });
  });
});

describe('Assign', () => {
  it('sees every variable as it was when the state was entered', async () => {
    const world = new World({
      machines: {
        m: {
          Set: { Type: 'Pass', Assign: { a: 1, b: 2 }, Next: 'Swap' },
          Swap: { Type: 'Pass', Assign: { a: '{% $b %}', b: '{% $a %}' }, Output: '{% $a %}', Next: 'Show' },
          Show,
        },
      },
    });
    expect(await world.output('m')).toEqual({ input: 1, a: 2, b: 1 });
  });
});

describe('$states.context', () => {
  it('tells of execution, machine and state', async () => {
    const world = new World({
      machines: { m: { Show: { Type: 'Pass', Output: '{% $states.context %}', End: true } } },
    });
    const arn = await world.start('m', { a: 1 }, 'one');
    const { output, stateMachineArn, startDate } = await world.end(arn);
    expect(JSON.parse(text(output))).toEqual({
      Execution: {
        Id: arn,
        Input: { a: 1 },
        Name: 'one',
        RoleArn: 'arn:aws:iam::000000000000:role/machine',
        StartTime: new Date(Math.round(Number(startDate) * 1000)).toISOString(),
        RedriveCount: 0,
      },
      State: { Name: 'Show', EnteredTime: expect.any(String) as unknown, RetryCount: 0 },
      StateMachine: { Id: stateMachineArn, Name: 'm' },
    });
  });
});
