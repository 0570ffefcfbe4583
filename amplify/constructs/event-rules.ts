import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule, type IEventBus } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { DeadLetters } from './dead-letters.ts';

export interface EventRulesProps {
  readonly bus: IEventBus;
  readonly startServiceRequest: IFunction;
  readonly sweeper: IFunction;
  readonly transactionProcessingWorkflow: IStateMachine;
  readonly balanceReconciliationWorkflow: IStateMachine;
  /** Workflows that the sweeper takes up again; children go wrong with their parents. */
  readonly lookedAfter: readonly IStateMachine[];
}

/** What starts by itself: by an event on our bus, by the clock, or because an execution went wrong. */
export class EventRules extends Construct {
  readonly deadLetters: readonly Queue[];

  constructor(scope: Construct, id: string, props: EventRulesProps) {
    super(scope, id);
    this.deadLetters = [
      this.serveRequestsFromElsewhere(props),
      this.welcomeMembers(props),
      this.sweep(props),
      this.checkBooks(props),
    ];
  }

  /** An import or a partner asks by event. A rule cannot name an execution and may deliver twice: a function can. */
  private serveRequestsFromElsewhere({ bus, startServiceRequest }: EventRulesProps): Queue {
    const { queue } = new DeadLetters(this, 'ServiceRequestEventsDeadLetters');
    new Rule(this, 'ServiceRequestEvents', {
      eventBus: bus,
      eventPattern: {
        source: ['hourbank.service-requests'],
        detailType: ['Service Request Submitted', 'Provider Response Received'],
        detail: { stepFunctionExecutionArn: [{ exists: false }] },
      },
      targets: [new LambdaFunction(startServiceRequest, { deadLetterQueue: queue })],
    });
    buryFailures(startServiceRequest, queue);
    return queue;
  }

  private welcomeMembers({ bus, transactionProcessingWorkflow }: EventRulesProps): Queue {
    const { queue } = new DeadLetters(this, 'MemberConfirmedDeadLetters');
    new Rule(this, 'MemberConfirmed', {
      eventBus: bus,
      eventPattern: { source: ['hourbank.balances'], detailType: ['Member Confirmed'] },
      targets: [
        new SfnStateMachine(transactionProcessingWorkflow, {
          input: RuleTargetInput.fromEventPath('$.detail'),
          deadLetterQueue: queue,
        }),
      ],
    });
    return queue;
  }

  /** By the clock, because status changes are delivered at best effort; by status change, because the clock is slow. */
  private sweep({ sweeper, lookedAfter }: EventRulesProps): Queue {
    const { queue } = new DeadLetters(this, 'SweepDeadLetters');
    const targets = [new LambdaFunction(sweeper, { deadLetterQueue: queue })];
    new Rule(this, 'SweepRegularly', { schedule: Schedule.rate(Duration.minutes(5)), targets });
    new Rule(this, 'SweepAfterFailure', {
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          stateMachineArn: lookedAfter.map(({ stateMachineArn }) => stateMachineArn),
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
        },
      },
      targets,
    });
    buryFailures(sweeper, queue);
    return queue;
  }

  /** Every day; a rule that delivers twice starts two checks, which is no harm. */
  private checkBooks({ balanceReconciliationWorkflow }: EventRulesProps): Queue {
    const { queue } = new DeadLetters(this, 'CheckBooksDeadLetters');
    new Rule(this, 'CheckBooksDaily', {
      schedule: Schedule.rate(Duration.days(1)),
      targets: [
        new SfnStateMachine(balanceReconciliationWorkflow, {
          input: RuleTargetInput.fromObject({ requestedBy: 'SCHEDULE' }),
          deadLetterQueue: queue,
        }),
      ],
    });
    return queue;
  }
}

/** A rule's dead letters are what could not be handed over; this buries what was handed over and failed three times. */
function buryFailures(handler: IFunction, queue: Queue): void {
  handler.configureAsyncInvoke({ onFailure: new SqsDestination(queue) });
}
