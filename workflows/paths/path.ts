import type { JsonObject } from '../../local/step-functions/definition/json.ts';

/** How one try of a task goes. */
export type Turn =
  | { readonly does: 'succeed'; readonly result: object }
  | { readonly does: 'fail'; readonly error: string; readonly tries: 'one' | 'all' }
  | { readonly does: 'hang'; readonly tries: 'one' | 'all' };

/** An execution told as a story. */
export interface Path {
  /** Goes on where the name of the state machine stops: `is paid after one reminder`. */
  readonly name: string;
  /** The input, where it is not the one of all the machine's paths. */
  readonly given?: JsonObject;
  /** What each task's tries come to, in order, by the task's name. */
  readonly tasks: Readonly<Record<string, readonly Turn[]>>;
  readonly ends: 'SUCCEEDED' | { readonly error: string };
  /** Every state in the order it is entered. */
  readonly passes?: readonly string[];
  /** A part of what a task receives (payload of a function, input of a child, else the arguments), one for each visit. */
  readonly receives?: Readonly<Record<string, readonly JsonObject[]>>;
  /** Seconds that a task has before it times out, one number for each visit. */
  readonly lasts?: Readonly<Record<string, readonly number[]>>;
}

/** The paths of one state machine. */
export interface Matrix {
  /** The input of every path that gives none of its own. */
  readonly given: JsonObject;
  readonly paths: readonly Path[];
}

/** A service fault, which the retry policy tries again. */
export const FAULT = 'ServiceFault';

/** The function returns this. */
export const answers = (payload: object): Turn => ({ does: 'succeed', result: payload });

/** The token comes back. */
export const wakes = (): Turn => ({ does: 'succeed', result: {} });

/** The child execution succeeds with this output. */
export const child = (output: object = {}): Turn => ({ does: 'succeed', result: output });

/** One try fails; whether it is tried again is for the state machine to say. */
export const fails = (error: string = FAULT): Turn => ({ does: 'fail', error, tries: 'one' });

/** Every try fails, as often as the retrier of this error tries. */
export const failsForGood = (error: string = FAULT): Turn => ({ does: 'fail', error, tries: 'all' });

/** The child execution ends as FAILED. */
export const childFails = (): Turn => fails('States.TaskFailed');

/** The wait's row has an outcome already. */
export const conditionFails = (): Turn => fails('DynamoDb.ConditionalCheckFailedException');

/** One try brings nothing back before the task's own timeout. */
export const timesOut = (): Turn => ({ does: 'hang', tries: 'one' });

/** No try brings anything back, as often as the retrier of timeouts tries. */
export const timesOutForGood = (): Turn => ({ does: 'hang', tries: 'all' });
