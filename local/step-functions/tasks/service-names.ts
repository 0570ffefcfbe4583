/** What an integration's service is called on the way to it, and in its errors. */
export interface ServiceNames {
  /** IAM prefix, the first argument of `AwsApi.call`. */
  readonly api: string;
  /** What stands before the dot of an error's name. */
  readonly errors: string;
  /** Error name for what the service's client does not model. */
  readonly unmodelled: string;
  /** As the cause of an error names it. */
  readonly client: string;
}

const sdk = (api: string, client: string): ServiceNames => ({
  api,
  errors: client,
  unmodelled: `${client}Exception`,
  client,
});

/** `aws-sdk:<service>`: errors bear the names of the AWS SDK for Java, version 2. */
export const SDK_SERVICES: ReadonlyMap<string, ServiceNames> = new Map([
  ['dynamodb', sdk('dynamodb', 'DynamoDb')],
  ['lambda', sdk('lambda', 'Lambda')],
  ['sfn', sdk('states', 'Sfn')],
  ['eventbridge', sdk('events', 'EventBridge')],
  ['sqs', sdk('sqs', 'Sqs')],
  ['cognitoidentityprovider', sdk('cognito-idp', 'CognitoIdentityProvider')],
]);

/** Optimized integrations: errors bear the names of the AWS SDK for Java, version 1. */
export const OPTIMIZED_SERVICES: ReadonlyMap<string, ServiceNames> = new Map([
  [
    'dynamodb',
    {
      api: 'dynamodb',
      errors: 'DynamoDB',
      unmodelled: 'AmazonDynamoDBException',
      client: 'AmazonDynamoDBv2',
    },
  ],
  ['lambda', { api: 'lambda', errors: 'Lambda', unmodelled: 'AWSLambdaException', client: 'AWSLambda' }],
  [
    'events',
    {
      api: 'events',
      errors: 'EventBridge',
      unmodelled: 'AmazonEventBridgeException',
      client: 'AmazonEventBridge',
    },
  ],
  ['sqs', { api: 'sqs', errors: 'SQS', unmodelled: 'AmazonSQSException', client: 'AmazonSQS' }],
  [
    'states',
    {
      api: 'states',
      errors: 'StepFunctions',
      unmodelled: 'AWSStepFunctionsException',
      client: 'AWSStepFunctions',
    },
  ],
]);
