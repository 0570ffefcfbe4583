import { toAttribute, type Attribute } from '../data-sources/attribute-values.ts';
import type { HostFunction, HostFunctions } from '../velocity/host-object.ts';
import { list, record, text } from './arguments.ts';

const numberText = (value: unknown) => (typeof value === 'number' ? String(value) : text(value));
const toMapValues = (map: unknown): Record<string, Attribute> =>
  Object.fromEntries(Object.entries(record(map)).map(([key, value]) => [key, toAttribute(value)]));

const converters: Readonly<Record<string, (value: unknown) => unknown>> = {
  toDynamoDB: toAttribute,
  toString: (value: unknown) => ({ S: text(value) }),
  toStringSet: (value) => ({ SS: list(value).map(text) }),
  toNumber: (value) => ({ N: numberText(value) }),
  toNumberSet: (value) => ({ NS: list(value).map(numberText) }),
  toBinary: (value) => ({ B: text(value) }),
  toBinarySet: (value) => ({ BS: list(value).map(text) }),
  toBoolean: (value) => ({ BOOL: value === true }),
  toNull: () => ({ NULL: true }),
  toList: (value) => ({ L: list(value).map(toAttribute) }),
  toMap: (value) => ({ M: toMapValues(value) }),
  toMapValues,
};

/** `util.dynamodb`: each converter, and beside it the same as JSON text (`toDynamoDBJson`). */
export const dynamodbUtil: HostFunctions = Object.fromEntries(
  Object.entries(converters).flatMap(([name, convert]): [string, HostFunction][] => [
    [name, convert],
    [`${name}Json`, (value) => JSON.stringify(convert(value))],
  ]),
);
