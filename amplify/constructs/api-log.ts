import { RemovalPolicy } from 'aws-cdk-lib';
import type { CfnGraphQLApi } from 'aws-cdk-lib/aws-appsync';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { BackendIdentity } from './backend-identity.ts';

/**
 * Logs and traces of the GraphQL API. By hand, because Amplify's own `logging` brings a role for every log group in the
 * account, and a custom resource to set the retention.
 */
export class ApiLog extends Construct {
  constructor(scope: Construct, id: string, api: CfnGraphQLApi, { permanent }: BackendIdentity) {
    super(scope, id);
    const log = new LogGroup(this, 'Log', {
      logGroupName: `/aws/appsync/apis/${api.attrApiId}`, // AppSync looks for no other
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: permanent ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const writer = new Role(this, 'Writer', { assumedBy: new ServicePrincipal('appsync.amazonaws.com') });
    writer.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [log.logGroupArn], // all streams of this group
      }),
    );
    api.logConfig = {
      cloudWatchLogsRoleArn: writer.roleArn,
      fieldLogLevel: 'ERROR',
      excludeVerboseContent: true, // arguments and results belong to members
    };
    api.xrayEnabled = true;
  }
}
