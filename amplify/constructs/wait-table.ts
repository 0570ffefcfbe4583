import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { BackendIdentity } from './backend-identity.ts';

/**
 * The rows that the workflows wait on, id `<requestId>#<revision>`: the token that wakes and the outcome that decides.
 * No API has a data source on it; who reaches it is listed in `functions/access.ts`.
 */
export class WaitTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, { permanent }: BackendIdentity) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      timeToLiveAttribute: 'expireAfter',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: permanent },
      deletionProtection: permanent,
      removalPolicy: permanent ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }
}
