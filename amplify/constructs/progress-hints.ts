import { Stack } from 'aws-cdk-lib';
import type { CfnGraphQLApi } from 'aws-cdk-lib/aws-appsync';
import { EventField, Rule, RuleTargetInput, type IEventBus, type IRuleTarget } from 'aws-cdk-lib/aws-events';
import { addToDeadLetterQueueResourcePolicy } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ADMINS } from '../../domain/notifications.ts';
import { DeadLetters } from './dead-letters.ts';

export interface ProgressHintsProps {
  readonly bus: IEventBus;
  readonly api: CfnGraphQLApi;
}

/** Selects every field that subscribers may select: what the mutation leaves out, they never receive. */
const PUBLISH = `mutation PublishRequestProgress(
  $userId: ID!, $kind: ProgressKind!, $requestId: ID, $revision: Int, $at: AWSDateTime!
) {
  publishRequestProgress(userId: $userId, kind: $kind, requestId: $requestId, revision: $revision, at: $at) {
    userId
    kind
    requestId
    revision
    at
  }
}`;

/** Turns what happened into hints for the members whom it concerns, by way of AppSync's subscriptions. */
export class ProgressHints extends Construct {
  readonly deadLetters: readonly Queue[];
  private readonly props: ProgressHintsProps;
  private readonly role: Role;

  constructor(scope: Construct, id: string, props: ProgressHintsProps) {
    super(scope, id);
    this.props = props;
    this.role = this.publisher();
    this.deadLetters = [
      this.hint('RequestProgress', {
        sources: ['hourbank.service-requests'],
        detailType: 'Service Request Changed',
        addressees: [EventField.fromPath('$.detail.requesterId'), EventField.fromPath('$.detail.providerId')],
      }),
      this.hint('MessageProgress', {
        sources: ['hourbank.service-requests'],
        detailType: 'Message Posted',
        addressees: [EventField.fromPath('$.detail.requesterId'), EventField.fromPath('$.detail.providerId')],
      }),
      this.hint('ReviewProgress', {
        sources: ['hourbank.service-requests'],
        detailType: 'Review Published',
        addressees: [EventField.fromPath('$.detail.requesterId'), EventField.fromPath('$.detail.providerId')],
      }),
      this.hint('BalanceProgress', {
        sources: ['hourbank.balances'],
        detailType: 'Balance Changed',
        addressees: [EventField.fromPath('$.detail.userId')],
      }),
      this.hint('AdminNotices', {
        sources: ['hourbank.balances', 'hourbank.disputes'],
        detailType: 'Admin Notice',
        addressees: [ADMINS],
      }),
    ];
  }

  private hint(
    id: string,
    event: {
      readonly sources: readonly string[];
      readonly detailType: string;
      readonly addressees: readonly string[];
    },
  ): Queue {
    const { queue } = new DeadLetters(this, `${id}DeadLetters`);
    const rule = new Rule(this, id, {
      eventBus: this.props.bus,
      eventPattern: { source: [...event.sources], detailType: [event.detailType] },
      targets: event.addressees.map((addressee) => this.publish(addressee, queue)),
    });
    addToDeadLetterQueueResourcePolicy(rule, queue);
    return queue;
  }

  private publish(addressee: string, deadLetters: Queue): IRuleTarget {
    return {
      bind: () => ({
        arn: this.props.api.attrGraphQlEndpointArn,
        role: this.role,
        deadLetterConfig: { arn: deadLetters.queueArn },
        appSyncParameters: { graphQlOperation: PUBLISH },
        input: RuleTargetInput.fromObject({
          userId: addressee,
          kind: EventField.fromPath('$.detail.kind'),
          requestId: EventField.fromPath('$.detail.requestId'),
          revision: EventField.fromPath('$.detail.revision'),
          at: EventField.fromPath('$.detail.at'),
        }),
      }),
    };
  }

  /** May call this one mutation: the CDK's own AppSync target would be granted every mutation. */
  private publisher(): Role {
    const role = new Role(this, 'Publisher', { assumedBy: new ServicePrincipal('events.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['appsync:GraphQL'],
        resources: [
          Stack.of(this).formatArn({
            service: 'appsync',
            resource: 'apis',
            resourceName: `${this.props.api.attrApiId}/types/Mutation/fields/publishRequestProgress`,
          }),
        ],
      }),
    );
    return role;
  }
}
