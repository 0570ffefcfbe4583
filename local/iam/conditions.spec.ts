import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionHolds, unknownOperator } from './conditions.ts';
import { requestContext } from './request-context.ts';

const context = requestContext({
  'aws:SourceArn': 'arn:aws:events:us-east-1:000000000000:rule/bus/r',
  'aws:SecureTransport': 'true',
  'aws:CurrentTime': '2026-11-24T12:00:00Z',
  'aws:EpochTime': '1795521600',
  'aws:TagKeys': ['team', 'stage'],
  none: [],
});

const holds = (operator: string, key: string, ...values: string[]) =>
  conditionHolds({ operator, key, values }, context, true);

describe('a condition', () => {
  it.each([
    ['StringEquals', 'aws:securetransport', ['true'], true],
    ['StringEquals', 'aws:SecureTransport', ['false', 'true'], true],
    ['StringEquals', 'aws:SecureTransport', ['TRUE'], false],
    ['StringEqualsIgnoreCase', 'aws:SecureTransport', ['TRUE'], true],
    ['StringNotEquals', 'aws:SecureTransport', ['false', 'no'], true],
    ['StringNotEquals', 'aws:SecureTransport', ['false', 'true'], false],
    ['StringLike', 'aws:SourceArn', ['*:rule/bus/?'], true],
    ['StringNotLike', 'aws:SourceArn', ['*rule*'], false],
    ['ArnLike', 'aws:SourceArn', ['arn:aws:events:*:*:rule/bus/*'], true],
    ['ArnEquals', 'aws:SourceArn', ['arn:aws:events:us-east-1:000000000000:rule/bus/r'], true],
    ['ArnEquals', 'aws:SourceArn', ['arn:aws:events:*:rule/bus/r'], false],
    ['ArnNotLike', 'aws:SourceArn', ['arn:aws:s3:::*'], true],
    ['Bool', 'aws:SecureTransport', ['false'], false],
    ['Bool', 'aws:SecureTransport', ['true'], true],
    ['DateGreaterThan', 'aws:CurrentTime', ['2026-11-24T11:59:59Z'], true],
    ['DateLessThanEquals', 'aws:CurrentTime', ['2026-11-24T12:00:00Z'], true],
    ['DateEquals', 'aws:EpochTime', ['2026-11-24T12:00:00Z'], true],
    ['NumericLessThan', 'aws:EpochTime', ['1795521600'], false],
    ['NumericGreaterThanEquals', 'aws:EpochTime', ['1795521600'], true],
  ])('%s %s %j: %s', (operator, key, values, expected) => {
    expect(holds(operator, key, ...values)).toBe(expected);
  });

  it('on a key that the request lacks fails, unless it is negated or IfExists', () => {
    expect(holds('StringEquals', 'aws:absent', 'x')).toBe(false);
    expect(holds('StringEqualsIfExists', 'aws:absent', 'x')).toBe(true);
    expect(holds('StringNotEquals', 'aws:absent', 'x')).toBe(true);
    expect(holds('ArnNotLike', 'aws:absent', '*')).toBe(true);
    expect(holds('StringEqualsIfExists', 'aws:SecureTransport', 'x')).toBe(false);
    expect(holds('Bool', 'aws:absent', 'true')).toBe(false);
  });

  it('Null asks whether the request has the key', () => {
    expect(holds('Null', 'aws:absent', 'true')).toBe(true);
    expect(holds('Null', 'aws:SourceArn', 'true')).toBe(false);
    expect(holds('Null', 'aws:SourceArn', 'false')).toBe(true);
  });

  it('ForAllValues holds when every value of the request does, and when there is none', () => {
    expect(holds('ForAllValues:StringEquals', 'aws:TagKeys', 'team', 'stage', 'other')).toBe(true);
    expect(holds('ForAllValues:StringEquals', 'aws:TagKeys', 'team')).toBe(false);
    expect(holds('ForAllValues:StringEquals', 'none', 'team')).toBe(true);
    expect(holds('ForAllValues:StringEquals', 'aws:absent', 'team')).toBe(true);
    expect(holds('ForAllValues:StringNotEquals', 'aws:TagKeys', 'secret')).toBe(true);
    expect(holds('ForAllValues:StringNotEquals', 'aws:TagKeys', 'team')).toBe(false);
  });

  it('ForAnyValue holds when one value of the request does, so never without one', () => {
    expect(holds('ForAnyValue:StringLike', 'aws:TagKeys', 'st*')).toBe(true);
    expect(holds('ForAnyValue:StringLike', 'aws:TagKeys', 'x*')).toBe(false);
    expect(holds('ForAnyValue:StringLike', 'none', '*')).toBe(false);
    expect(holds('ForAnyValue:StringNotEquals', 'aws:TagKeys', 'team')).toBe(true);
    expect(holds('ForAnyValue:StringNotEquals', 'aws:absent', 'team')).toBe(false);
  });

  it('and its negation are opposites, for whatever single value', () => {
    const values = fc.array(fc.string({ maxLength: 3 }), { minLength: 1, maxLength: 4 });
    const pairs = fc.constantFrom(
      ['StringEquals', 'StringNotEquals'],
      ['StringLike', 'StringNotLike'],
      ['ArnLike', 'ArnNotLike'],
      ['StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'],
    );
    fc.assert(
      fc.property(
        pairs,
        values,
        fc.option(fc.string({ maxLength: 3 })),
        ([plain = '', negated = ''], wanted, actual) => {
          const request = requestContext(actual === null ? {} : { key: actual });
          const ask = (operator: string) =>
            conditionHolds({ operator, key: 'key', values: wanted }, request, false);
          expect(ask(negated)).toBe(!ask(plain));
        },
      ),
    );
  });

  it('with an operator that is not known is named', () => {
    const condition = { operator: 'IpAddress', key: 'aws:SourceIp', values: ['10.0.0.0/8'] };
    expect(unknownOperator(condition)).toBe('IpAddress');
    expect(() => conditionHolds(condition, context, true)).toThrow('IpAddress');
    expect(unknownOperator({ ...condition, operator: 'ForAnyValue:StringLikeIfExists' })).toBeUndefined();
    expect(unknownOperator({ ...condition, operator: 'Null' })).toBeUndefined();
  });
});
