/** How often what goes wrong inside the stack goes wrong, 0 to 1. */
export const STACK_FAULTS = {
  /** A function is never run, or crashes before its first write. */
  crashBefore: 0.03,
  /** A function crashes somewhere between its first and its last write. */
  crashMidway: 0.04,
  /** A function has done its work, and its caller hears of a failure. */
  crashAfter: 0.03,
  eventTwice: 0.1,
  eventLate: 0.1,
} as const;

export type StackFault = keyof typeof STACK_FAULTS;

/** What the parent tells the stack. */
export interface ToStack {
  readonly kind: 'CALM';
}

/** What the stack tells its parent. */
export type FromStack =
  | { readonly kind: 'READY' }
  | { readonly kind: 'FAILED'; readonly why: string }
  | { readonly kind: 'STRUCK'; readonly fault: StackFault };

/** How the stack is to be run. */
export interface StackOrders {
  readonly directory: string;
  readonly gatewayPort: number;
  readonly seed: number;
  readonly faults: boolean;
}
