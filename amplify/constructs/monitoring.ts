import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  MathExpression,
  Metric,
  TreatMissingData,
  type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { FUNCTION_NAMES, type FunctionName } from '../functions/access.ts';
import { METRICS } from '../functions/settings.ts';

export interface MonitoringProps {
  readonly workflows: Readonly<Record<string, IStateMachine>>;
  readonly functions: Readonly<Record<FunctionName, { readonly resources: { readonly lambda: IFunction } }>>;
  readonly deadLetters: readonly Queue[];
}

/** A function's errors in five minutes that its callers' retries no longer explain. */
const TOLERATED_ERRORS = 2;

/** What functions count and a person has to look at, each time. */
const CALLS: readonly {
  readonly id: string;
  readonly counted: string;
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly description: string;
}[] = [
  {
    id: 'books-disagree',
    counted: 'BalancesDisagree',
    description: 'A check of the books found accounts that disagree with their log: see docs/operations.md',
  },
  {
    id: 'requests-parked',
    counted: 'RequestsSwept',
    dimensions: { result: 'PARKED' },
    description: 'Requests are parked: nothing more is done for them by itself, see docs/operations.md',
  },
  {
    id: 'disputes-undecided',
    counted: 'DisputesUndecided',
    description: 'A dispute has waited for the decision of an admin for 48 hours',
  },
];

/** Alarms, and the one topic they all tell; operators subscribe to it. */
export class Monitoring extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    this.topic = this.alarmTopic();
    for (const [name, workflow] of Object.entries(props.workflows)) this.watchWorkflow(name, workflow);
    for (const name of FUNCTION_NAMES) this.watchFunction(name, props.functions[name].resources.lambda);
    for (const queue of props.deadLetters) this.watchDeadLetters(queue);
    for (const call of CALLS) this.watchCount(call);
  }

  /** Declined and expired requests are normal ends: an execution that does not succeed is a fault of ours. */
  private watchWorkflow(name: string, workflow: IStateMachine): void {
    this.alarm(`${name}-failed`, {
      description: `An execution of ${name} failed, timed out or was aborted: see docs/operations.md`,
      metric: sum({
        failed: workflow.metricFailed(),
        timedOut: workflow.metricTimedOut(),
        aborted: workflow.metricAborted(),
      }),
      tolerated: 0,
    });
  }

  private watchFunction(name: string, handler: IFunction): void {
    this.alarm(`${name}-errors`, {
      description: `${name} throws or is throttled more often than retries hide`,
      metric: sum({ errors: handler.metricErrors(), throttles: handler.metricThrottles() }),
      tolerated: TOLERATED_ERRORS,
    });
  }

  private watchDeadLetters(queue: Queue): void {
    this.alarm(`${queue.node.scope?.node.id ?? queue.node.id}-not-empty`, {
      description: 'Events that could not be delivered lie in a dead-letter queue',
      metric: queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' }),
      tolerated: 0,
    });
  }

  private watchCount({ id, counted, dimensions, description }: (typeof CALLS)[number]): void {
    this.alarm(id, {
      description,
      metric: new Metric({
        namespace: METRICS.namespace,
        metricName: counted,
        dimensionsMap: { service: METRICS.service, ...dimensions },
        statistic: 'Sum',
        period: Duration.minutes(5),
      }),
      tolerated: 0,
    });
  }

  private alarm(
    id: string,
    rule: { readonly description: string; readonly metric: IMetric; readonly tolerated: number },
  ): void {
    new Alarm(this, id, {
      alarmDescription: rule.description,
      metric: rule.metric,
      threshold: rule.tolerated,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(this.topic));
  }

  private alarmTopic(): Topic {
    const topic = new Topic(this, 'Alarms', { enforceSSL: true });
    // A topic with a policy of its own loses the one that lets CloudWatch publish.
    topic.grantPublish(
      new ServicePrincipal('cloudwatch.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    return topic;
  }
}

function sum(usingMetrics: Record<string, IMetric>): IMetric {
  return new MathExpression({
    expression: Object.keys(usingMetrics).join(' + '),
    usingMetrics,
    period: Duration.minutes(5),
  });
}
