import type { Json, JsonObject } from '../definition/json.ts';
import type { State } from '../definition/machine-definition.ts';
import type { Evaluated } from '../query/expect-type.ts';
import type { Scope } from '../query/jsonata-query.ts';
import type { Visit } from './frame.ts';
import { checkSize } from './limits.ts';
import type { Runtime } from './runtime.ts';
import type { Thread } from './thread.ts';

/** How a state is left. */
export interface Leave {
  readonly output: Json;
  readonly assigned?: JsonObject;
  /** Absent where the branch ends here. */
  readonly next?: string;
}

/** Fields of a state, a choice rule or a catcher that say how it is left. */
export interface LeavingFields {
  readonly Next?: string | undefined;
  readonly Assign?: JsonObject | undefined;
  readonly Output?: Json | undefined;
}

/** What an expression can see beyond input and context. */
export type ExtraStates = Pick<Scope['states'], 'result' | 'errorOutput'>;

/** One try of a thread's present state. */
export class Step<S extends State> {
  readonly thread: Thread;
  readonly state: S;
  readonly visit: Visit;
  readonly runtime: Runtime;

  constructor(thread: Thread, state: S, visit: Visit, runtime: Runtime) {
    this.thread = thread;
    this.state = state;
    this.visit = visit;
    this.runtime = runtime;
  }

  get name(): string {
    return this.thread.frame.state;
  }

  get input(): Json {
    return this.thread.frame.input;
  }

  get signal(): AbortSignal {
    return this.thread.signal;
  }

  scope(extra: ExtraStates = {}, context: JsonObject = {}): Scope {
    return {
      variables: this.thread.variables(),
      states: { input: this.input, context: { ...this.thread.context(), ...context }, ...extra },
    };
  }

  /** Throws QueryFailure. */
  async evaluate(source: Json, field: string, context: JsonObject = {}): Promise<Evaluated> {
    const value = await this.runtime.query.evaluate(source, field, this.scope({}, context));
    return { field, source, value };
  }

  /** Evaluates `Assign` and `Output`, both from the values at entry; without `Output` the state gives `fallback`. */
  async leave(fields: LeavingFields, fallback: Json, extra: ExtraStates = {}): Promise<Leave> {
    const scope = this.scope(extra);
    const assigned =
      fields.Assign && (await this.runtime.query.evaluateMembers(fields.Assign, 'Assign', scope));
    const output =
      fields.Output === undefined
        ? fallback
        : await this.runtime.query.evaluate(fields.Output, 'Output', scope);
    checkSize(output, `The state/task '${this.name}'`);
    if (assigned) checkSize(assigned, `The Assign of the state/task '${this.name}'`);
    return {
      output,
      ...(assigned && { assigned }),
      ...(fields.Next !== undefined && { next: fields.Next }),
    };
  }
}
