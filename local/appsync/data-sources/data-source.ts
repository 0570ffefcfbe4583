import type { AwsApi, Caller } from '../../gateway/aws-service.ts';
import type { DataSourceConfig } from '../appsync-api.ts';
import type { RequestContext } from '../request-context.ts';
import { DynamoDBDataSource } from './dynamodb.ts';
import { LambdaDataSource } from './lambda.ts';

/** What a request handler's output is given to. */
export interface DataSource {
  /** Throws DataSourceError for `ctx.error`, ResolverError for a request that makes no sense. */
  run(request: unknown, invocation: DataSourceInvocation): Promise<unknown>;
}

export interface DataSourceInvocation {
  readonly context: RequestContext;
  /** Names the function or resolver that calls; batches are made for each. */
  readonly caller: string;
  readonly maxBatchSize: number;
}

/** Calls one AWS service as the data source's role. */
export type ServiceCall = (operation: string, input: unknown) => Promise<unknown>;

export function createDataSource(config: DataSourceConfig, aws: AwsApi): DataSource {
  const callOf = (service: string, role: string): ServiceCall => {
    const caller: Caller = { arn: role };
    return (operation, input) => aws.call(service, operation, input, caller);
  };
  switch (config.type) {
    case 'NONE':
      return {
        run: (request) => Promise.resolve((request as { payload?: unknown } | null)?.payload ?? null),
      };
    case 'AMAZON_DYNAMODB':
      return new DynamoDBDataSource(config.tableName, callOf('dynamodb', config.serviceRoleArn));
    case 'AWS_LAMBDA':
      return new LambdaDataSource(config.functionArn, callOf('lambda', config.serviceRoleArn));
  }
}
