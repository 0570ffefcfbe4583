import { describe, expect, it } from 'vitest';
import { evaluate, evaluateCondition, type Scope } from './intrinsics.ts';

const scope: Scope = {
  ref: (name) => (name === 'AWS::NoValue' ? undefined : `<${name}>`),
  attribute: (logicalId, attribute) => `<${logicalId}.${attribute}>`,
  condition: (name) => name === 'Holds',
  mapping: (...keys) => keys.join('/'),
};

describe('intrinsic functions', () => {
  it.each([
    [{ Ref: 'Table' }, '<Table>'],
    [{ 'Fn::GetAtt': ['Table', 'Arn'] }, '<Table.Arn>'],
    [{ 'Fn::GetAtt': 'Nested.Outputs.Name' }, '<Nested.Outputs.Name>'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'B' }, 3]] }, 'a-<B>-3'],
    [{ 'Fn::Select': ['1', { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
    [{ 'Fn::Sub': '${A}:${B.Arn}:${!C}' }, '<A>:<B.Arn>:${C}'],
    [{ 'Fn::Sub': ['${A}${B}', { A: { Ref: 'X' } }] }, '<X><B>'],
    [{ 'Fn::If': ['Holds', 'yes', 'no'] }, 'yes'],
    [{ 'Fn::If': ['Fails', 'yes', { Ref: 'No' }] }, '<No>'],
    [{ 'Fn::FindInMap': ['Map', { Ref: 'Top' }, 'Second'] }, 'Map/<Top>/Second'],
    [{ 'Fn::Base64': 'hour' }, 'aG91cg=='],
  ])('%j gives %j', (expression, value) => {
    expect(evaluate(expression, scope)).toEqual(value);
  });

  it('leaves out members and elements without a value', () => {
    const nothing = { Ref: 'AWS::NoValue' };
    expect(evaluate({ kept: [1, nothing, 2], gone: nothing }, scope)).toEqual({ kept: [1, 2] });
  });

  it('treats an object with more members than one as data, whatever they are called', () => {
    expect(evaluate({ Ref: 'A', Other: 1 }, scope)).toEqual({ Ref: 'A', Other: 1 });
    expect(evaluate({ Condition: 'Holds' }, scope)).toEqual({ Condition: 'Holds' });
  });

  it.each([
    [{ 'Fn::GetAZs': '' }, 'The intrinsic function Fn::GetAZs is not known'],
    [{ 'Fn::ImportValue': 'Other' }, 'Fn::ImportValue of "Other" needs another deployed stack'],
    [{ 'Fn::Select': [7, ['a']] }, 'Fn::Select finds nothing at 7'],
    [{ 'Fn::Join': ['-', [{ a: 1 }]] }, 'Fn::Join needs a string or a number, not {"a":1}'],
    ['{{resolve:ssm:/name}}', 'The dynamic reference {{resolve:ssm:/name}} is not known'],
  ])('refuses %j by name', (expression, message) => {
    expect(() => evaluate(expression, scope)).toThrow(message);
  });
});

describe('conditions', () => {
  it.each([
    [{ Condition: 'Holds' }, true],
    [{ 'Fn::Equals': [{ Ref: 'A' }, '<A>'] }, true],
    [{ 'Fn::Equals': [1, '1'] }, true],
    [{ 'Fn::Not': [{ 'Fn::Equals': ['NONE', 'NONE'] }] }, false],
    [{ 'Fn::And': [{ Condition: 'Holds' }, { Condition: 'Fails' }] }, false],
    [{ 'Fn::Or': [{ Condition: 'Holds' }, { Condition: 'Fails' }] }, true],
  ])('%j is %j', (expression, value) => {
    expect(evaluateCondition(expression, scope)).toBe(value);
  });

  it('refuses a condition function it does not know', () => {
    expect(() => evaluateCondition({ 'Fn::Contains': [] }, scope)).toThrow(
      '{"Fn::Contains":[]} is not known',
    );
  });
});
