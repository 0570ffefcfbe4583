import { describe, expect, it } from 'vitest';
import { ResolverError } from '../resolver-error.ts';
import type { HostFunction, HostFunctions } from '../velocity/host-object.ts';
import { createUtil } from './util.ts';

const NOW = Date.UTC(2026, 1, 3, 4, 5, 6, 789);
const appended: ResolverError[] = [];
const util = createUtil({
  clock: { now: () => NOW },
  authType: 'User Pool Authorization',
  fieldName: 'getTask',
  parentTypeName: 'Query',
  appendError: (error) => appended.push(error),
});

/** Calls a function by its dotted name. */
function call(name: string, ...args: unknown[]): unknown {
  const member = name
    .split('.')
    .reduce<HostFunctions | HostFunction | undefined>(
      (object, key) => (typeof object === 'object' ? object[key] : undefined),
      util,
    );
  if (typeof member !== 'function') throw new Error(`there is no ${name}`);
  return member(...args);
}

it.each<[string, unknown[], unknown]>([
  ['qr', [1], ''],
  ['isNull', [null], true],
  ['isNull', [0], false],
  ['isNullOrEmpty', [''], true],
  ['isNullOrEmpty', [{}], true],
  ['isNullOrEmpty', [[0]], false],
  ['isNullOrBlank', ['  '], true],
  ['isNullOrBlank', [{}], false],
  ['defaultIfNull', [null, 1], 1],
  ['defaultIfNull', ['', 1], ''],
  ['defaultIfNullOrEmpty', ['', 1], 1],
  ['defaultIfNullOrBlank', [' ', 1], 1],
  ['isString', ['x'], true],
  ['isNumber', ['1'], false],
  ['isBoolean', [false], true],
  ['isList', [[]], true],
  ['isMap', [[]], false],
  ['isMap', [{}], true],
  ['typeOf', [null], 'Null'],
  ['typeOf', [[]], 'List'],
  ['typeOf', [{}], 'Map'],
  ['typeOf', [1], 'Number'],
  ['matches', ['^a+$', 'aaa'], true],
  ['toJson', [{ a: [null] }], '{"a":[null]}'],
  ['toJson', [undefined], 'null'],
  ['parseJson', ['{"a":1}'], { a: 1 }],
  ['parseJson', ['made up'], null],
  ['urlEncode', ['a b&ü'], 'a+b%26%C3%BC'],
  ['urlDecode', ['a+b%26%C3%BC'], 'a b&ü'],
  ['base64Encode', ['ü'], 'w7w='],
  ['base64Decode', ['w7w='], 'ü'],
  ['escapeJavaScript', ['"a"\n\'b\''], '\\"a\\"\\n\\\'b\\\''],
  ['authType', [], 'User Pool Authorization'],
  ['time.nowISO8601', [], '2026-02-03T04:05:06.789Z'],
  ['time.nowEpochSeconds', [], Math.floor(NOW / 1000)],
  ['time.nowEpochMilliSeconds', [], NOW],
  ['time.epochMilliSecondsToSeconds', [1999], 1],
  ['time.epochMilliSecondsToISO8601', [0], '1970-01-01T00:00:00.000Z'],
  ['time.parseISO8601ToEpochMilliSeconds', ['1970-01-01T00:00:01Z'], 1000],
  ['list.copyAndRetainAll', [[1, { a: 1 }], [{ a: 1 }]], [{ a: 1 }]],
  ['list.copyAndRemoveAll', [[1, 2, 2], [2]], [1]],
  ['list.sortList', [[3, 1, 2], false], [1, 2, 3]],
  ['list.sortList', [[{ a: 'x' }, { a: 'y' }], true, 'a'], [{ a: 'y' }, { a: 'x' }]],
  ['map.copyAndRetainAllKeys', [{ a: 1, b: 2 }, ['a']], { a: 1 }],
  ['map.copyAndRemoveAllKeys', [{ a: 1, b: 2 }, ['a']], { b: 2 }],
  ['str.toUpper', ['a'], 'A'],
  ['str.toLower', ['A'], 'a'],
  ['str.toReplace', ['a.b.c', '.', '$&'], 'a$&b$&c'],
  ['str.normalize', ['ü', 'nfd'], 'ü'.normalize('NFD')],
  ['math.roundNum', [2.5], 3],
  ['math.minVal', [1, 2], 1],
  ['math.maxVal', [1, 2], 2],
  [
    'dynamodb.toDynamoDB',
    [{ a: [1, 'b', true, null] }],
    { M: { a: { L: [{ N: '1' }, { S: 'b' }, { BOOL: true }, { NULL: true }] } } },
  ],
  ['dynamodb.toDynamoDBJson', ['x'], '{"S":"x"}'],
  ['dynamodb.toMapValues', [{ a: 1 }], { a: { N: '1' } }],
  ['dynamodb.toStringSet', [['a']], { SS: ['a'] }],
  ['dynamodb.toNumberSet', [[1, 2]], { NS: ['1', '2'] }],
  ['dynamodb.toNumber', [1.5], { N: '1.5' }],
  ['dynamodb.toString', ['a'], { S: 'a' }],
  ['dynamodb.toNull', [], { NULL: true }],
])('%s(%j) is %j', (name, args, expected) => {
  expect(call(name, ...args)).toEqual(expected);
});

it('makes ids', () => {
  expect(call('autoId')).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  expect(call('autoUlid')).toMatch(/^[0-7][\dA-HJKMNP-TV-Z]{25}$/);
});

describe('errors', () => {
  it('end a resolver, with all that they say', () => {
    expect(() => call('error', 'no', 'TYPE', { a: 1 }, { b: 2 })).toThrow(
      expect.objectContaining({ message: 'no', errorType: 'TYPE', data: { a: 1 }, errorInfo: { b: 2 } }),
    );
    expect(() => call('unauthorized')).toThrow('Not Authorized to access getTask on type Query');
  });

  it('of a validation only where it fails', () => {
    expect(call('validate', true, 'no')).toBe('');
    expect(() => call('validate', false, 'no', 'TYPE')).toThrow(
      expect.objectContaining({ errorType: 'TYPE' }),
    );
    expect(() => call('validate', false, 'no')).toThrow(
      expect.objectContaining({ errorType: 'CustomTemplateException' }),
    );
  });

  it('that are appended end nothing', () => {
    expect(call('appendError', 'beside', 'TYPE')).toBe('');
    expect(appended).toMatchObject([{ message: 'beside', errorType: 'TYPE' }]);
  });
});
