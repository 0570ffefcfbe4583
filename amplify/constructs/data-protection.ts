import { RemovalPolicy } from 'aws-cdk-lib';
import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import type { BackendIdentity } from './backend-identity.ts';

/** The part of Amplify's wrapper of a model's table that is needed here. */
interface ModelTable {
  set deletionProtectionEnabled(enabled: boolean);
  set pointInTimeRecoveryEnabled(enabled: boolean);
  applyRemovalPolicy(policy: RemovalPolicy): void;
}

/** Amplify leaves tables and user pool unprotected, on a branch too: there they are kept, and can be turned back. */
export function protectData(
  { permanent }: BackendIdentity,
  tables: Readonly<Record<string, ModelTable>>,
  userPool: CfnUserPool,
): void {
  if (!permanent) return;
  for (const table of Object.values(tables)) {
    table.deletionProtectionEnabled = true;
    table.pointInTimeRecoveryEnabled = true;
    table.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }
  userPool.deletionProtection = 'ACTIVE';
  userPool.applyRemovalPolicy(RemovalPolicy.RETAIN);
}
