import type { Clock } from '../../clock/clock.ts';
import type { AwsApi } from '../../gateway/aws-service.ts';
import type { Journal } from '../journal/journal.ts';
import type { JsonataQuery } from '../query/jsonata-query.ts';
import type { Callbacks } from './callbacks.ts';

/** What every state can use. */
export interface Runtime {
  readonly aws: AwsApi;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly query: JsonataQuery;
  readonly callbacks: Callbacks;
  /** Resolves once the execution is not running; rejects with the signal's reason when aborted first. */
  whenFinished(executionArn: string, signal: AbortSignal): Promise<void>;
}
