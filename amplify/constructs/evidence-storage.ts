import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { BackendIdentity } from './backend-identity.ts';

/** Days after which an upload that became no evidence is forgotten. */
const UPLOADS_STAY = 1;

/** Forgets abandoned uploads; on a branch an overwritten file can be brought back. */
export function protectEvidence({ permanent }: BackendIdentity, bucket: CfnBucket): void {
  bucket.lifecycleConfiguration = {
    rules: [{ id: 'ForgetUploads', status: 'Enabled', prefix: 'uploads/', expirationInDays: UPLOADS_STAY }],
  };
  if (permanent) bucket.addPropertyOverride('VersioningConfiguration', { Status: 'Enabled' });
}
