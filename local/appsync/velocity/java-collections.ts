import { invokeFrom, type JavaObject, type Method } from './java-object.ts';

/** `java.util.LinkedHashMap` as templates use it. */
export class JavaMap implements JavaObject {
  readonly entries: Map<string, unknown>;

  constructor(entries: Iterable<readonly [string, unknown]> = []) {
    this.entries = new Map(entries);
  }

  property(name: string): unknown {
    return this.entries.get(name);
  }

  invoke(method: string, args: readonly unknown[]): unknown {
    return invokeFrom(MAP_METHODS, this.entries, method, args);
  }

  toString(): string {
    return `{${[...this.entries].map(([key, value]) => `${key}=${javaText(value)}`).join(', ')}}`;
  }
}

/** `java.util.ArrayList` as templates use it; sets are lists too, which no template can tell. */
export class JavaList implements JavaObject {
  readonly items: unknown[];

  constructor(items: Iterable<unknown> = []) {
    this.items = [...items];
  }

  property(): unknown {
    return undefined;
  }

  invoke(method: string, args: readonly unknown[]): unknown {
    return invokeFrom(LIST_METHODS, this.items, method, args);
  }

  toString(): string {
    return `[${this.items.map(javaText).join(', ')}]`;
  }
}

/** An entry of a map: `$entry.key`, `$entry.value`. */
export class JavaEntry implements JavaObject {
  private readonly key: string;
  private readonly value: unknown;

  constructor(key: string, value: unknown) {
    this.key = key;
    this.value = value;
  }

  property(name: string): unknown {
    return name === 'key' ? this.key : name === 'value' ? this.value : undefined;
  }

  invoke(method: string): unknown {
    return method === 'getKey' ? this.key : method === 'getValue' ? this.value : undefined;
  }

  toString(): string {
    return `${this.key}=${javaText(this.value)}`;
  }
}

/** How Java prints a value inside text. */
export function javaText(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (isJavaObject(value)) return value.toString();
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function isJavaObject(value: unknown): value is JavaObject {
  return value !== null && typeof value === 'object' && 'invoke' in value && 'property' in value;
}

/** Java's `equals`: by value, also for collections. */
export function javaEquals(left: unknown, right: unknown): boolean {
  if (left instanceof JavaMap && right instanceof JavaMap)
    return (
      left.entries.size === right.entries.size &&
      [...left.entries].every(
        ([key, value]) => right.entries.has(key) && javaEquals(value, right.entries.get(key)),
      )
    );
  if (left instanceof JavaList && right instanceof JavaList)
    return (
      left.items.length === right.items.length &&
      left.items.every((item, index) => javaEquals(item, right.items[index]))
    );
  return (left ?? null) === (right ?? null);
}

/** Turns JSON into Java's collections; what already is one is kept as it is. */
export function toJava(value: unknown): unknown {
  if (Array.isArray(value)) return new JavaList(value.map(toJava));
  if (value === null || typeof value !== 'object' || isJavaObject(value)) return value;
  return new JavaMap(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key, toJava(member)]),
  );
}

/** Turns Java's collections into JSON. */
export function toPlain(value: unknown): unknown {
  if (value instanceof JavaMap)
    return Object.fromEntries([...value.entries].map(([key, member]) => [key, toPlain(member)]));
  if (value instanceof JavaList) return value.items.map(toPlain);
  if (value instanceof JavaEntry)
    return { key: value.property('key'), value: toPlain(value.property('value')) };
  return value;
}

const itemsOf = (value: unknown): readonly unknown[] => (value instanceof JavaList ? value.items : []);
const entriesOf = (value: unknown): Map<string, unknown> =>
  value instanceof JavaMap ? value.entries : new Map<string, unknown>();
const includes = (items: readonly unknown[], item: unknown) => items.some((other) => javaEquals(other, item));

/** Java takes an index where a number is given, an item otherwise. */
function removeFrom(items: unknown[], what: unknown): unknown {
  if (typeof what === 'number') return items.splice(what, 1)[0];
  const index = items.findIndex((item) => javaEquals(item, what));
  if (index >= 0) items.splice(index, 1);
  return index >= 0;
}

function keepOnly(items: unknown[], keep: (item: unknown) => boolean): boolean {
  const kept = items.filter(keep);
  const changed = kept.length < items.length;
  items.splice(0, items.length, ...kept);
  return changed;
}

const MAP_METHODS: Readonly<Record<string, Method<Map<string, unknown>>>> = {
  get: (map, key) => map.get(javaText(key)),
  getOrDefault: (map, key, otherwise) => (map.has(javaText(key)) ? map.get(javaText(key)) : otherwise),
  put(map, key, value) {
    const before = map.get(javaText(key));
    map.set(javaText(key), value);
    return before ?? null;
  },
  putAll(map, other) {
    for (const [key, value] of entriesOf(other)) map.set(key, value);
    return null;
  },
  putIfAbsent(map, key, value) {
    const before = map.get(javaText(key)) ?? null;
    if (before === null) map.set(javaText(key), value);
    return before;
  },
  remove(map, key) {
    const before = map.get(javaText(key));
    map.delete(javaText(key));
    return before ?? null;
  },
  clear(map) {
    map.clear();
    return null;
  },
  containsKey: (map, key) => map.has(javaText(key)),
  containsValue: (map, value) => includes([...map.values()], value),
  isEmpty: (map) => map.size === 0,
  size: (map) => map.size,
  keySet: (map) => new JavaList(map.keys()),
  values: (map) => new JavaList(map.values()),
  entrySet: (map) => new JavaList([...map].map(([key, value]) => new JavaEntry(key, value))),
  equals: (map, other) => other instanceof JavaMap && javaEquals(new JavaMap(map), other),
  toString: (map: Map<string, unknown>) => new JavaMap(map).toString(),
};

const LIST_METHODS: Readonly<Record<string, Method<unknown[]>>> = {
  get: (items, index) => items[Number(index)],
  set(items, index, value) {
    const before = items[Number(index)];
    items[Number(index)] = value;
    return before;
  },
  add(items, ...args) {
    if (args.length > 1) items.splice(Number(args[0]), 0, args[1]);
    else items.push(args[0]);
    return true;
  },
  addAll(items, other) {
    items.push(...itemsOf(other));
    return true;
  },
  remove: removeFrom,
  removeAll: (items, other) => keepOnly(items, (item) => !includes(itemsOf(other), item)),
  retainAll: (items, other) => keepOnly(items, (item) => includes(itemsOf(other), item)),
  clear(items) {
    items.length = 0;
    return null;
  },
  contains: includes,
  containsAll: (items, other) => itemsOf(other).every((item) => includes(items, item)),
  indexOf: (items, item) => items.findIndex((other) => javaEquals(other, item)),
  isEmpty: (items) => items.length === 0,
  size: (items) => items.length,
  subList: (items, from, to) => new JavaList(items.slice(Number(from), Number(to))),
  equals: (items, other) => other instanceof JavaList && javaEquals(new JavaList(items), other),
  toString: (items: unknown[]) => new JavaList(items).toString(),
};
