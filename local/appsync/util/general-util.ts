import { randomUUID } from 'node:crypto';
import type { HostFunctions } from '../velocity/host-object.ts';
import { isNull, text } from './arguments.ts';

const isEmpty = (value: unknown) =>
  isNull(value) ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && Object.keys(value).length === 0);
const isBlank = (value: unknown) => isNull(value) || (typeof value === 'string' && value.trim() === '');
const isMap = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

export const generalUtil: HostFunctions = {
  /** Runs what stands in its brackets and prints nothing. */
  qr: () => '',
  quiet: () => '',
  isNull,
  isNullOrEmpty: isEmpty,
  isNullOrBlank: isBlank,
  defaultIfNull: (value, otherwise) => (isNull(value) ? otherwise : value),
  defaultIfNullOrEmpty: (value, otherwise) => (isEmpty(value) ? otherwise : value),
  defaultIfNullOrBlank: (value, otherwise) => (isBlank(value) ? otherwise : value),
  isString: (value) => typeof value === 'string',
  isNumber: (value) => typeof value === 'number',
  isBoolean: (value) => typeof value === 'boolean',
  isList: Array.isArray,
  isMap,
  typeOf,
  matches: (pattern, value) => new RegExp(text(pattern)).test(text(value)),
  toJson: (value) => JSON.stringify(value ?? null),
  parseJson,
  autoId: () => randomUUID(),
  autoUlid,
  urlEncode: (value) => new URLSearchParams({ '': text(value) }).toString().slice(1),
  urlDecode: (value) => decodeURIComponent(text(value).replaceAll('+', ' ')),
  base64Encode: (value) => Buffer.from(text(value)).toString('base64'),
  base64Decode: (value) => Buffer.from(text(value), 'base64').toString(),
  escapeJavaScript: (value) =>
    JSON.stringify(text(value)).slice(1, -1).replaceAll("'", "\\'").replaceAll('/', '\\/'),
};

function typeOf(value: unknown): string {
  if (isNull(value)) return 'Null';
  if (Array.isArray(value)) return 'List';
  if (isMap(value)) return 'Map';
  const names: Readonly<Record<string, string>> = { number: 'Number', string: 'String', boolean: 'Boolean' };
  return names[typeof value] ?? 'Object';
}

/** Null for what is no JSON: Amplify tries every claim as a list this way. */
function parseJson(value: unknown): unknown {
  try {
    return JSON.parse(text(value)) as unknown;
  } catch {
    return null;
  }
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 48 bits of time and 80 of chance, in Crockford's base 32 (https://github.com/ulid/spec). */
function autoUlid(): string {
  const random = BigInt(`0x${randomUUID().replaceAll('-', '').slice(0, 20)}`);
  let bits = (BigInt(Date.now()) << 80n) | random;
  let ulid = '';
  for (let index = 0; index < 26; index++) {
    ulid = (CROCKFORD[Number(bits & 31n)] ?? '') + ulid;
    bits >>= 5n;
  }
  return ulid;
}
