import { arnOf, type NamedResource, type ResourceTypes } from './resource-type.ts';

/** AWS stamps a stream with the time it was enabled. Nothing streams here, so that any time will do. */
const STREAM_LABEL = '1970-01-01T00:00:00.000';

const tableName = (resource: NamedResource) => resource.optional('TableName') ?? resource.id.name(255);
const modelTableArn = (resource: NamedResource) =>
  arnOf('dynamodb', `table/${resource.required('tableName')}`);

const apiId = (resource: NamedResource) => resource.id.token(26);
const dataSourceArn = (resource: NamedResource) =>
  arnOf('appsync', `apis/${resource.required('ApiId')}/datasources/${resource.required('Name')}`);
const functionId = (resource: NamedResource) => resource.id.token(26);
const functionArn = (resource: NamedResource) =>
  arnOf('appsync', `apis/${resource.required('ApiId')}/functions/${functionId(resource)}`);
const resolverArn = (resource: NamedResource) =>
  arnOf(
    'appsync',
    `apis/${resource.required('ApiId')}/types/${resource.required('TypeName')}/resolvers/${resource.required('FieldName')}`,
  );

/** What a pipeline function and a resolver have in common. */
const MAPPING = [
  'ApiId',
  'Code',
  'CodeS3Location',
  'DataSourceName',
  'MaxBatchSize',
  'RequestMappingTemplate',
  'RequestMappingTemplateS3Location',
  'ResponseMappingTemplate',
  'ResponseMappingTemplateS3Location',
  'Runtime',
];

/** Tables, and the GraphQL API over them. */
export const DATA_TYPES: ResourceTypes = {
  'AWS::DynamoDB::Table': {
    properties: [
      'AttributeDefinitions',
      'BillingMode',
      'DeletionProtectionEnabled',
      'GlobalSecondaryIndexes',
      'KeySchema',
      'PointInTimeRecoverySpecification',
      'ProvisionedThroughput',
      'SSESpecification',
      'TableName',
      'Tags',
      'TimeToLiveSpecification',
    ],
    ref: tableName,
    arn: (resource) => arnOf('dynamodb', `table/${tableName(resource)}`),
  },
  'Custom::AmplifyDynamoDBTable': {
    properties: [
      'ServiceToken',
      'allowDestructiveGraphqlSchemaUpdates',
      'attributeDefinitions',
      'billingMode',
      'deletionProtectionEnabled',
      'globalSecondaryIndexes',
      'keySchema',
      'pointInTimeRecoverySpecification',
      'provisionedThroughput',
      'replaceTableUponGsiUpdate',
      'sseSpecification',
      'streamSpecification',
      'tableName',
      'timeToLiveSpecification',
    ],
    ref: (resource) => resource.required('tableName'),
    arn: modelTableArn,
    arnAttribute: 'TableArn',
    attributes: { TableStreamArn: (resource) => `${modelTableArn(resource)}/stream/${STREAM_LABEL}` },
  },
  'AWS::AppSync::GraphQLApi': {
    properties: [
      'AdditionalAuthenticationProviders',
      'AuthenticationType',
      'EnvironmentVariables',
      'IntrospectionConfig',
      'LogConfig',
      'Name',
      'QueryDepthLimit',
      'Tags',
      'UserPoolConfig',
      'XrayEnabled',
    ],
    ref: (resource) => arnOf('appsync', `apis/${apiId(resource)}`),
    arn: (resource) => arnOf('appsync', `apis/${apiId(resource)}`),
    attributes: {
      ApiId: apiId,
      GraphQLUrl: (resource) => resource.graphqlUrl,
      RealtimeUrl: (resource) => resource.realtimeUrl,
      GraphQLEndpointArn: (resource) => arnOf('appsync', `endpoints/graphql-api/${apiId(resource)}`),
      GraphQLDns: (resource) => new URL(resource.graphqlUrl).host,
      RealtimeDns: (resource) => new URL(resource.realtimeUrl).host,
    },
  },
  'AWS::AppSync::GraphQLSchema': {
    properties: ['ApiId', 'Definition', 'DefinitionS3Location'],
    ref: (resource) => `${resource.required('ApiId')}GraphQLSchema`,
  },
  'AWS::AppSync::DataSource': {
    properties: [
      'ApiId',
      'Description',
      'DynamoDBConfig',
      'EventBridgeConfig',
      'HttpConfig',
      'LambdaConfig',
      'Name',
      'ServiceRoleArn',
      'Type',
    ],
    ref: dataSourceArn,
    arn: dataSourceArn,
    arnAttribute: 'DataSourceArn',
    attributes: { Name: (resource) => resource.required('Name') },
  },
  'AWS::AppSync::FunctionConfiguration': {
    properties: [...MAPPING, 'Description', 'FunctionVersion', 'Name'],
    ref: functionArn,
    arn: functionArn,
    arnAttribute: 'FunctionArn',
    attributes: { FunctionId: functionId, Name: (resource) => resource.required('Name') },
  },
  'AWS::AppSync::Resolver': {
    properties: [...MAPPING, 'FieldName', 'Kind', 'PipelineConfig', 'TypeName'],
    ref: resolverArn,
    arn: resolverArn,
    arnAttribute: 'ResolverArn',
  },
};
