import { ACCOUNT_ID, REGION } from '../gateway/aws-service.ts';
import { arnOf, nameless, type NamedResource, type ResourceTypes } from './resource-type.ts';

const DEFAULT_BUS = 'default';

const busName = (resource: NamedResource) => resource.required('Name');
const archiveName = (resource: NamedResource) => resource.optional('ArchiveName') ?? resource.id.name(48);
const ruleName = (resource: NamedResource) => resource.optional('Name') ?? resource.id.name(64);
const queueName = (resource: NamedResource) => resource.optional('QueueName') ?? resource.id.name(80);
const topicName = (resource: NamedResource) => resource.optional('TopicName') ?? resource.id.name(256);

/** The bus a rule listens to: `EventBusName` may also be the bus' ARN. */
function busOfRule(resource: NamedResource): string {
  const bus = resource.optional('EventBusName') ?? DEFAULT_BUS;
  return bus.slice(bus.lastIndexOf('/') + 1);
}

const queueUrl = (resource: NamedResource) =>
  `https://sqs.${REGION}.amazonaws.com/${ACCOUNT_ID}/${queueName(resource)}`;

/** Buses, rules, queues and topics. */
export const MESSAGING_TYPES: ResourceTypes = {
  'AWS::Events::EventBus': {
    properties: ['DeadLetterConfig', 'Description', 'Name', 'Tags'],
    ref: busName,
    arn: (resource) => arnOf('events', `event-bus/${busName(resource)}`),
    attributes: { Name: busName },
  },
  'AWS::Events::Archive': {
    properties: [
      'ArchiveName',
      'Description',
      'EventPattern',
      'KmsKeyIdentifier',
      'RetentionDays',
      'SourceArn',
    ],
    ref: archiveName,
    arn: (resource) => arnOf('events', `archive/${archiveName(resource)}`),
    attributes: { ArchiveName: archiveName },
  },
  'AWS::Events::Rule': {
    properties: [
      'Description',
      'EventBusName',
      'EventPattern',
      'Name',
      'RoleArn',
      'ScheduleExpression',
      'State',
      'Tags',
      'Targets',
    ],
    ref: (resource) => {
      const bus = busOfRule(resource);
      return bus === DEFAULT_BUS ? ruleName(resource) : `${bus}|${ruleName(resource)}`;
    },
    arn: (resource) => {
      const bus = busOfRule(resource);
      return arnOf('events', `rule/${bus === DEFAULT_BUS ? '' : `${bus}/`}${ruleName(resource)}`);
    },
  },
  'AWS::Events::EventBusPolicy': nameless('EventBusName', 'Statement', 'StatementId'),
  'AWS::SQS::Queue': {
    properties: [
      'KmsMasterKeyId',
      'MessageRetentionPeriod',
      'QueueName',
      'RedriveAllowPolicy',
      'RedrivePolicy',
      'SqsManagedSseEnabled',
      'Tags',
      'VisibilityTimeout',
    ],
    ref: queueUrl,
    arn: (resource) => arnOf('sqs', queueName(resource)),
    attributes: { QueueName: queueName, QueueUrl: queueUrl },
  },
  'AWS::SQS::QueuePolicy': nameless('PolicyDocument', 'Queues'),
  'AWS::SNS::Topic': {
    properties: ['DisplayName', 'KmsMasterKeyId', 'Tags', 'TopicName'],
    ref: (resource) => arnOf('sns', topicName(resource)),
    arn: (resource) => arnOf('sns', topicName(resource)),
    arnAttribute: 'TopicArn',
    attributes: { TopicName: topicName },
  },
  'AWS::SNS::TopicPolicy': nameless('PolicyDocument', 'Topics'),
  'AWS::SNS::Subscription': nameless('Endpoint', 'Protocol', 'TopicArn'),
};
