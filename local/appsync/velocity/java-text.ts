import { JavaList, javaText } from './java-collections.ts';
import { invokeFrom, type Method } from './java-object.ts';

/** `java.lang.String` as templates use it. */
const TEXT_METHODS: Readonly<Record<string, Method<string>>> = {
  length: (text) => text.length,
  isEmpty: (text) => text === '',
  isBlank: (text) => text.trim() === '',
  equals: (text, other) => text === other,
  equalsIgnoreCase: (text, other) => text.toLowerCase() === javaText(other).toLowerCase(),
  contains: (text, part) => text.includes(javaText(part)),
  startsWith: (text, part) => text.startsWith(javaText(part)),
  endsWith: (text, part) => text.endsWith(javaText(part)),
  indexOf: (text, part) => text.indexOf(javaText(part)),
  lastIndexOf: (text, part) => text.lastIndexOf(javaText(part)),
  matches: (text, pattern) => new RegExp(`^(?:${javaText(pattern)})$`).test(text),
  replace: (text, part, by) => text.replaceAll(javaText(part), () => javaText(by)),
  replaceAll: (text, pattern, by) => text.replace(new RegExp(javaText(pattern), 'g'), javaText(by)),
  replaceFirst: (text, pattern, by) => text.replace(new RegExp(javaText(pattern)), javaText(by)),
  split: (text, pattern) => new JavaList(withoutTrailingBlanks(text.split(new RegExp(javaText(pattern))))),
  substring: (text, from, to) => text.substring(Number(from), to === undefined ? undefined : Number(to)),
  concat: (text, other) => text + javaText(other),
  toLowerCase: (text) => text.toLowerCase(),
  toUpperCase: (text) => text.toUpperCase(),
  trim: (text) => text.trim(),
  toString: (text: string) => text,
};

const NUMBER_METHODS: Readonly<Record<string, Method<number>>> = {
  intValue: (number) => Math.trunc(number),
  longValue: (number) => Math.trunc(number),
  doubleValue: (number) => number,
  equals: (number, other) => number === other,
  compareTo: (number, other) => Math.sign(number - Number(other)),
  toString: (number: number) => String(number),
};

const BOOLEAN_METHODS: Readonly<Record<string, Method<boolean>>> = {
  booleanValue: (value) => value,
  equals: (value, other) => value === other,
  toString: (value: boolean) => String(value),
};

/** Calls a Java method of text, a number or a boolean; undefined where there is no such method. */
export function invokeOnPrimitive(target: unknown, method: string, args: readonly unknown[]): unknown {
  if (typeof target === 'string') return invokeFrom(TEXT_METHODS, target, method, args);
  if (typeof target === 'number') return invokeFrom(NUMBER_METHODS, target, method, args);
  if (typeof target === 'boolean') return invokeFrom(BOOLEAN_METHODS, target, method, args);
  return undefined;
}

/** Java's `split` leaves out empty parts at the end. */
function withoutTrailingBlanks(parts: string[]): string[] {
  while (parts.length > 1 && parts.at(-1) === '') parts.pop();
  return parts;
}
