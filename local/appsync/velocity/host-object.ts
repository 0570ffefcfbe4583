import { toJava, toPlain } from './java-collections.ts';
import type { JavaObject } from './java-object.ts';

export type HostFunction = (...args: readonly unknown[]) => unknown;
/** Functions on JSON values, grouped as templates call them: `{ time: { nowISO8601 } }`. */
export interface HostFunctions {
  readonly [name: string]: HostFunction | HostFunctions;
}

/** Puts functions that work on JSON, such as `$util`, before templates. */
export class HostObject implements JavaObject {
  private readonly members: HostFunctions;

  constructor(members: HostFunctions) {
    this.members = members;
  }

  property(name: string): unknown {
    const member = this.member(name);
    return typeof member === 'object' ? new HostObject(member) : undefined;
  }

  invoke(method: string, args: readonly unknown[]): unknown {
    const member = this.member(method);
    if (typeof member !== 'function') return undefined;
    const plain = args.map(toPlain);
    const result = member(...plain);
    // What is handed through stays the same collection: templates change what `$util.defaultIfNull` gave them.
    const handedThrough = typeof result === 'object' ? plain.indexOf(result) : -1;
    return handedThrough >= 0 ? args[handedThrough] : toJava(result);
  }

  toString(): string {
    return 'util';
  }

  private member(name: string): HostFunction | HostFunctions | undefined {
    return Object.hasOwn(this.members, name) ? this.members[name] : undefined;
  }
}
