import { arnOf, nameless, type NamedResource, type ResourceTypes } from './resource-type.ts';

const functionName = (resource: NamedResource) => resource.optional('FunctionName') ?? resource.id.name(64);
const stateMachineName = (resource: NamedResource) =>
  resource.optional('StateMachineName') ?? resource.id.name(80);
const logGroupName = (resource: NamedResource) => resource.optional('LogGroupName') ?? resource.id.name(512);
const alarmName = (resource: NamedResource) => resource.optional('AlarmName') ?? resource.id.name(255);

const functionArn = (nameOrArn: string) =>
  nameOrArn.startsWith('arn:') ? nameOrArn : arnOf('lambda', `function:${nameOrArn}`);

/** A version's number would follow from how often it was deployed; here each is the first. */
const versionArn = (resource: NamedResource) => `${functionArn(resource.required('FunctionName'))}:1`;
const aliasArn = (resource: NamedResource) =>
  `${functionArn(resource.required('FunctionName'))}:${resource.required('Name')}`;

/** Functions, state machines, and what watches them. */
export const COMPUTE_TYPES: ResourceTypes = {
  'AWS::Lambda::Function': {
    properties: [
      'Architectures',
      'Code',
      'DeadLetterConfig',
      'Description',
      'Environment',
      'EphemeralStorage',
      'FunctionName',
      'Handler',
      'LoggingConfig',
      'MemorySize',
      'PackageType',
      'ReservedConcurrentExecutions',
      'Role',
      'Runtime',
      'Tags',
      'Timeout',
      'TracingConfig',
    ],
    ref: functionName,
    arn: (resource) => functionArn(functionName(resource)),
  },
  'AWS::Lambda::Version': {
    properties: ['CodeSha256', 'Description', 'FunctionName'],
    ref: versionArn,
    arn: versionArn,
    arnAttribute: 'FunctionArn',
    attributes: { Version: () => '1' },
  },
  'AWS::Lambda::Alias': {
    properties: ['Description', 'FunctionName', 'FunctionVersion', 'Name'],
    ref: aliasArn,
    arn: aliasArn,
    arnAttribute: 'AliasArn',
  },
  'AWS::Lambda::Permission': nameless('Action', 'FunctionName', 'Principal', 'SourceAccount', 'SourceArn'),
  'AWS::Lambda::EventInvokeConfig': nameless(
    'DestinationConfig',
    'FunctionName',
    'MaximumEventAgeInSeconds',
    'MaximumRetryAttempts',
    'Qualifier',
  ),
  'AWS::StepFunctions::StateMachine': {
    properties: [
      'Definition',
      'DefinitionS3Location',
      'DefinitionString',
      'DefinitionSubstitutions',
      'LoggingConfiguration',
      'RoleArn',
      'StateMachineName',
      'StateMachineType',
      'Tags',
      'TracingConfiguration',
    ],
    ref: (resource) => arnOf('states', `stateMachine:${stateMachineName(resource)}`),
    arn: (resource) => arnOf('states', `stateMachine:${stateMachineName(resource)}`),
    attributes: { Name: stateMachineName, StateMachineRevisionId: (resource) => resource.id.uuid() },
  },
  'AWS::StepFunctions::StateMachineVersion': {
    properties: ['Description', 'StateMachineArn', 'StateMachineRevisionId'],
    ref: (resource) => `${resource.required('StateMachineArn')}:1`,
    arn: (resource) => `${resource.required('StateMachineArn')}:1`,
  },
  'AWS::Logs::LogGroup': {
    properties: ['LogGroupClass', 'LogGroupName', 'RetentionInDays', 'Tags'],
    ref: logGroupName,
    // Source: return values of AWS::Logs::LogGroup, the ARN ends in `:*`.
    arn: (resource) => arnOf('logs', `log-group:${logGroupName(resource)}:*`),
  },
  'AWS::Logs::MetricFilter': nameless('FilterName', 'FilterPattern', 'LogGroupName', 'MetricTransformations'),
  'AWS::CloudWatch::Alarm': {
    properties: [
      'ActionsEnabled',
      'AlarmActions',
      'AlarmDescription',
      'AlarmName',
      'ComparisonOperator',
      'DatapointsToAlarm',
      'Dimensions',
      'EvaluationPeriods',
      'ExtendedStatistic',
      'InsufficientDataActions',
      'MetricName',
      'Metrics',
      'Namespace',
      'OKActions',
      'Period',
      'Statistic',
      'Tags',
      'Threshold',
      'TreatMissingData',
      'Unit',
    ],
    ref: alarmName,
    arn: (resource) => arnOf('cloudwatch', `alarm:${alarmName(resource)}`),
  },
  'AWS::CloudWatch::CompositeAlarm': {
    properties: [
      'ActionsEnabled',
      'AlarmActions',
      'AlarmDescription',
      'AlarmName',
      'AlarmRule',
      'OKActions',
      'Tags',
    ],
    ref: alarmName,
    arn: (resource) => arnOf('cloudwatch', `alarm:${alarmName(resource)}`),
  },
  'AWS::CloudWatch::Dashboard': {
    properties: ['DashboardBody', 'DashboardName'],
    ref: (resource) => resource.optional('DashboardName') ?? resource.id.name(255),
  },
  'AWS::SSM::Parameter': {
    properties: ['Description', 'Name', 'Tags', 'Tier', 'Type', 'Value'],
    ref: (resource) => resource.optional('Name') ?? resource.id.name(128),
    arn: (resource) => arnOf('ssm', `parameter/${resource.required('Name').replace(/^\//, '')}`),
    attributes: {
      Type: (resource) => resource.required('Type'),
      Value: (resource) => resource.required('Value'),
    },
  },
};
