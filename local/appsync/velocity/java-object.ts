/** What templates see of an object: AppSync runs them on the JVM, so they call Java's methods. */
export interface JavaObject {
  /** `$object.name`; undefined where there is none. */
  property(name: string): unknown;
  /** `$object.method(...)`; undefined where there is no such method. */
  invoke(method: string, args: readonly unknown[]): unknown;
  /** As `toString()` prints it. */
  toString(): string;
}

export type Method<Target> = (target: Target, ...args: readonly unknown[]) => unknown;

/** Calls an own method of a table, so that nothing of JavaScript's prototypes can be reached from a template. */
export function invokeFrom<Target>(
  methods: Readonly<Record<string, Method<Target>>>,
  target: Target,
  name: string,
  args: readonly unknown[],
): unknown {
  return Object.hasOwn(methods, name) ? methods[name]?.(target, ...args) : undefined;
}
