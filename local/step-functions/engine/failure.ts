import type { JsonObject } from '../definition/json.ts';

/** Why a state, a branch or an execution fails: ASL's error name and cause. */
export class Failure extends Error {
  override readonly name = 'Failure';
  /** ASL's error name; absent where a Fail state gives none. */
  readonly error: string | undefined;
  /** ASL's cause. */
  readonly reason: string | undefined;

  constructor(error: string | undefined, reason?: string) {
    super(reason ?? error);
    this.error = error;
    this.reason = reason;
  }

  /** As a Catch hands it on. */
  output(): JsonObject {
    return {
      ...(this.error !== undefined && { Error: this.error }),
      ...(this.reason !== undefined && { Cause: this.reason }),
    };
  }

  /** As history events and DescribeExecution show it. */
  details(): { error?: string; cause?: string } {
    return {
      ...(this.error !== undefined && { error: this.error }),
      ...(this.reason !== undefined && { cause: this.reason }),
    };
  }
}

/** A failure that the engine itself raises in a state; the state's name and entry are put before its cause. */
export class EngineFailure extends Failure {
  locatedIn(state: string, enteredEvent: number): Failure {
    return new Failure(
      this.error,
      `An error occurred while executing the state '${state}' (entered at the event id #${enteredEvent}). ${this.reason ?? ''}`,
    );
  }
}

/** A JSONata expression that fails, or gives what its field cannot take. */
export class QueryFailure extends EngineFailure {
  /** The field, such as `Output/total`. */
  readonly location: string;

  constructor(location: string, reason: string) {
    super('States.QueryEvaluationError', reason);
    this.location = location;
  }
}

/** `TimeoutSeconds` or `HeartbeatSeconds` ran out. */
export class TimeoutFailure extends Failure {
  readonly heartbeat: boolean;

  constructor(heartbeat: boolean) {
    super('States.Timeout');
    this.heartbeat = heartbeat;
  }
}
