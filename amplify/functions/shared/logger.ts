import { Logger } from '@aws-lambda-powertools/logger';
import { MetricUnit, Metrics } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { METRICS } from '../settings.ts';

/** Never give it a task token, a password or a whole event. */
export const logger = new Logger({ serviceName: METRICS.service });

const metrics = new Metrics({ namespace: METRICS.namespace, serviceName: METRICS.service });

/** What every line of this invocation is about. */
export interface LogSubject {
  readonly requestId?: string | undefined;
  readonly executionArn?: string | undefined;
  readonly userId?: string | undefined;
  readonly step?: string | undefined;
}

/** Starts the log of one invocation. */
export function logAbout(context: Context, { requestId, executionArn, userId, step }: LogSubject): void {
  logger.resetKeys();
  logger.addContext(context);
  logger.appendKeys({ requestId, executionArn, userId, step }); // whatever else an input says stays out of the log
}

/** Counts something, at once: written to the log in CloudWatch's embedded format, without a call. */
export function count(name: string, dimensions: Readonly<Record<string, string>> = {}, amount = 1): void {
  const single = metrics.singleMetric();
  single.addDimensions({ ...dimensions });
  single.addMetric(name, MetricUnit.Count, amount);
}
