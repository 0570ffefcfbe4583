import { createHash, randomUUID } from 'node:crypto';
import type { Json } from '../definition/json.ts';

/**
 * The functions that Step Functions adds to JSONata
 * (https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions-provided-by-sfn).
 * JSONata calls them with undefined where an argument is missing, and takes undefined for "nothing".
 */

const LONGEST_RANGE = 10_000_000;
const HASHES: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

function partition(array: Json[] | undefined, size: number | undefined): Json[][] | undefined {
  if (array === undefined || size === undefined) return undefined;
  const step = Math.round(size);
  if (step < 1) throw new RangeError(`$partition: the chunk size must be positive, was ${size}`);
  return Array.from({ length: Math.ceil(array.length / step) }, (_, chunk) =>
    array.slice(chunk * step, (chunk + 1) * step),
  );
}

/** A sequence, so that JSONata takes one value for the value itself (`$range(1, 9, 9)` is 1 on AWS). */
function range(first?: number, last?: number, step = 1): number[] | undefined {
  if (first === undefined || last === undefined) return undefined;
  if (step === 0) throw new RangeError('$range: the step must not be 0');
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  if (length > LONGEST_RANGE) throw new RangeError(`$range: ${length} values are more than ${LONGEST_RANGE}`);
  const values = Array.from({ length }, (_, index) => first + index * step);
  return Object.assign(values, { sequence: true });
}

function hash(data: Json | undefined, algorithm: string | undefined): string | undefined {
  if (data === undefined) return undefined;
  const name = algorithm === undefined ? undefined : HASHES[algorithm];
  if (name === undefined)
    throw new RangeError(`$hash: the algorithm must be one of ${Object.keys(HASHES).join(', ')}`);
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return createHash(name).update(text).digest('hex');
}

/** Without a seed as JSONata's own; with one always the same number, that of `java.util.Random(seed).nextDouble()`. */
function random(seed?: number): number {
  if (seed === undefined) return Math.random();
  const mask = (1n << 48n) - 1n;
  let state = (BigInt(Math.trunc(seed)) ^ 0x5deece66dn) & mask;
  const next = (bits: bigint) => {
    state = (state * 0x5deece66dn + 0xbn) & mask;
    return state >> (48n - bits);
  };
  return Number((next(26n) << 27n) + next(27n)) / 2 ** 53;
}

function parse(text: string | undefined): Json | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as Json);
}

/** Name, implementation and JSONata signature. */
export const SFN_FUNCTIONS = [
  ['partition', partition, '<an:a<a>>'],
  ['range', range, '<nnn?:a<n>>'],
  ['hash', hash, '<xs:s>'],
  ['random', random, '<n?:n>'],
  ['uuid', () => randomUUID(), '<:s>'],
  ['parse', parse, '<s:x>'],
] as const;
