import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { BackendIdentity } from './backend-identity.ts';

/**
 * Reviews as they were written, id `<requestId>#<author's role>`. What is published is copied to the model Review; until
 * then nobody but its author may read it, not even an admin, and so no API has a data source here: who reaches it is
 * listed in `functions/access.ts`.
 */
export class SealedReviewTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, { permanent }: BackendIdentity) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: permanent },
      deletionProtection: permanent,
      removalPolicy: permanent ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }
}
