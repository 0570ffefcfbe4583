import { Logger } from '@aws-lambda-powertools/logger';
import { MetricUnit, Metrics } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';

/** Never give it a task token, a password or a whole event. */
export const logger = new Logger({ serviceName: 'hourbank' });

const metrics = new Metrics({ namespace: 'HourBank', serviceName: 'hourbank' });

/** What every line of this invocation is about. */
export interface LogSubject {
  readonly requestId?: string | undefined;
  readonly executionArn?: string | undefined;
  readonly userId?: string | undefined;
  readonly step?: string | undefined;
}

/** Starts the log of one invocation. */
export function logAbout(context: Context, subject: LogSubject): void {
  logger.resetKeys();
  logger.addContext(context);
  logger.appendKeys({ ...subject });
}

/** Counts something, at once: written to the log in CloudWatch's embedded format, without a call. */
export function count(name: string, dimensions: Readonly<Record<string, string>> = {}, amount = 1): void {
  const single = metrics.singleMetric();
  single.addDimensions({ ...dimensions });
  single.addMetric(name, MetricUnit.Count, amount);
}
