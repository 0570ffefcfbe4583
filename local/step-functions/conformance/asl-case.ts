import * as z from 'zod/mini';
import { isObject, type Json } from '../definition/json.ts';

const json = z.custom<Json>((value: unknown) => value !== undefined);

const step = z.union([
  z.tuple([z.literal('enter'), z.string()]),
  z.tuple([z.literal('exit'), z.string(), json]),
  z.tuple([z.literal('exit'), z.string(), json, z.record(z.string(), json)]),
]);

const aslCase = z.object({
  id: z.string(),
  definition: z.record(z.string(), json),
  input: json,
  /** From a part of a function's name to what it does: `return-input`, or `throw-<error name>`. */
  lambdas: z.record(z.string(), z.string()),
  expect: z.object({
    end: z.object({
      type: z.string(),
      output: z.optional(json),
      error: z.optional(z.string()),
    }),
    steps: z.array(step),
  }),
});

/** An execution as AWS ran it. */
export type AslCase = z.output<typeof aslCase>;
export type AslStep = AslCase['expect']['steps'][number];
export type AslOutcome = AslCase['expect'];

/** Throws where the file is not a list of cases. */
export function parseCases(text: string): AslCase[] {
  return z.array(aslCase).parse(JSON.parse(text));
}

/** Stands for a value that differs from run to run. */
const ANY = '<any>';

/** Whether a value is as expected, where `<any>` expects anything. */
export function agrees(expected: Json | undefined, actual: Json | undefined): boolean {
  if (expected === ANY) return actual !== undefined;
  if (Array.isArray(expected))
    return (
      Array.isArray(actual) &&
      expected.length === actual.length &&
      expected.every((item, index) => agrees(item, actual[index]))
    );
  if (isObject(expected)) {
    if (!isObject(actual)) return false;
    const keys = Object.keys(expected);
    return (
      keys.length === Object.keys(actual).length &&
      keys.every((key) => Object.hasOwn(actual, key) && agrees(expected[key], actual[key]))
    );
  }
  return expected === actual;
}
