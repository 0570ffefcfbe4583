import type { LambdaDataSource } from 'aws-cdk-lib/aws-appsync';
import { CfnPolicy, type CfnRole } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';

/** Models that clients write through their own generated mutations; all others are only read. */
const CLIENT_WRITES: Readonly<Record<string, readonly string[]>> = {
  User: ['dynamodb:UpdateItem'],
  Service: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
};

const READING = ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'];

/**
 * Narrows the roles of the models' data sources: Amplify lets each one put, update and delete, even where no mutation
 * exists. Throws if there is no such role.
 */
export function narrowDataSources(models: readonly string[], roles: Readonly<Record<string, CfnRole>>): void {
  for (const model of models) {
    const role = roles[`${model}IAMRole`];
    if (!role) throw new Error(`Amplify made no data source role for ${model}`);
    role.addPropertyOverride('Policies.0.PolicyDocument.Statement.0.Action', [
      ...READING,
      ...(CLIENT_WRITES[model] ?? []),
    ]);
  }
}

/** Lets a Lambda data source call its function, and not each of its versions besides. */
export function narrowLambdaSource(source: LambdaDataSource, handler: IFunction): void {
  const policy = source.node.findAll().find((node) => CfnPolicy.isCfnPolicy(node));
  if (!policy) throw new Error(`The data source ${source.name} has no policy of its own`);
  policy.addPropertyOverride('PolicyDocument.Statement.0.Resource', handler.functionArn);
}
