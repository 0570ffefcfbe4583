export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** All times are epoch milliseconds. */
export interface ExecutionRecord {
  readonly arn: string;
  readonly machineArn: string;
  readonly revision: string;
  readonly name: string;
  status: ExecutionStatus;
  /** JSON text. */
  readonly input: string;
  /** JSON text. */
  output: string | null;
  error: string | null;
  cause: string | null;
  readonly startedAt: number;
  stoppedAt: number | null;
  /** Start of the present run: of the execution, or of its last redrive. */
  runStartedAt: number;
  redriveCount: number;
  redrivenAt: number | null;
  /** `clientToken` of the last redrive. */
  redriveToken: string | null;
  lastEvent: number;
  /** State entries, retries included: what AWS charges for. */
  transitions: number;
}

export interface RevisionRecord {
  readonly id: string;
  readonly machineArn: string;
  /** ASL text. */
  readonly definition: string;
  readonly roleArn: string;
}

export interface MachineRecord {
  readonly arn: string;
  readonly name: string;
  readonly createdAt: number;
  readonly revision: string;
}

/** One event as GetExecutionHistory shows it, its time in epoch milliseconds. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: number;
  readonly type: string;
  /** Name of the member that holds the details, such as `taskFailedEventDetails`. */
  readonly member?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}
