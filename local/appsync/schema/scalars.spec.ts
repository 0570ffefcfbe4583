import { buildSchema, parseValue, type GraphQLScalarType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { installScalars, SCALAR_NAMES } from './scalars.ts';

const schema = buildSchema(
  `type Query { a: Int }\n${SCALAR_NAMES.map((name) => `scalar ${name}`).join('\n')}`,
);
installScalars(schema);
const scalar = (name: string) => schema.getType(name) as GraphQLScalarType;

const accepted: Record<string, unknown[]> = {
  AWSDate: ['2026-02-28', '1970-01-01Z', '1970-01-01-07:00', '1970-01-01+05:30'],
  AWSTime: ['12:30', '12:30Z', '12:30:24-07:00', '12:30:24.500+05:30'],
  AWSDateTime: ['1970-01-01T12:30Z', '1970-01-01T12:30:24-07:00', '1970-01-01T12:30:24.500+05:30'],
  AWSTimestamp: [0, -123123, 1_770_000_000],
  AWSEmail: ['member@example.org', 'a.b+c@d-e.co'],
  AWSURL: ['https://example.org/a?b', 'mailto:a@b.c'],
  AWSPhone: ['+41 44 668 18 00', '555-5555', '(0123) 4567'],
  AWSIPAddress: ['127.0.0.1', '10.0.0.0/8', '::1', 'fe80::/64'],
};
const refused: Record<string, unknown[]> = {
  AWSDate: ['2026-13-01', '2026-02-32', '26-01-01', '2026-01-01T00:00Z', 20260101],
  AWSTime: ['24:00', '12:60', '12'],
  AWSDateTime: ['2026-01-01', '2026-01-01T12:30', '2026-01-01T25:00Z', 0],
  AWSTimestamp: ['0', 1.5],
  AWSEmail: ['member', 'a b@c.d', '@c.d'],
  AWSURL: ['example.org', ''],
  AWSPhone: ['abc', '12'],
  AWSIPAddress: ['256.0.0.1', '10.0.0.0/33', 'localhost'],
  AWSJSON: ['{', { a: 1 }],
};

describe.each(Object.entries(accepted))('%s', (name, values) => {
  it.each(values)('takes %j and gives it back', (value) => {
    expect(scalar(name).parseValue(value)).toBe(value);
    expect(scalar(name).parseLiteral(parseValue(JSON.stringify(value)), {})).toBe(value);
    expect(scalar(name).serialize(value)).toBe(value);
  });
});

describe.each(Object.entries(refused))('%s', (name, values) => {
  it.each(values)('refuses %j', (value) => {
    expect(() => scalar(name).parseValue(value) as unknown).toThrow(`as a valid ${name.slice(3)}.`);
  });
});

it('AWSJSON is text outside and what it says inside', () => {
  expect(scalar('AWSJSON').parseValue('{"a":[1,null]}')).toEqual({ a: [1, null] });
  expect(scalar('AWSJSON').serialize({ a: [1, null] })).toBe('{"a":[1,null]}');
});
