import type { Statement } from './policy-document.ts';

/** IAM prefixes of what the embedded AWS asks permission for; a statement about anything else is never put to use. */
const SERVICES = ['appsync', 'cognito-idp', 'dynamodb', 'events', 'lambda', 's3', 'sqs', 'states', 'sts'];

/** Condition keys that `callContext` fills in. */
export const CONTEXT_KEYS = [
  'aws:CurrentTime',
  'aws:EpochTime',
  'aws:PrincipalAccount',
  'aws:PrincipalArn',
  'aws:PrincipalIsAWSService',
  'aws:PrincipalServiceName',
  'aws:PrincipalType',
  'aws:RequestedRegion',
  'aws:SecureTransport',
  'aws:SourceAccount',
  'aws:SourceArn',
] as const;

/** Condition keys that an operation gives with its permission. */
const OPERATION_KEYS = ['s3:delimiter', 's3:max-keys', 's3:prefix'];

/** Of trust policies for browsers with an identity pool, which is not embedded: nobody ever asks by them. */
const FEDERATION = 'cognito-identity.amazonaws.com:';

const known = new Set([...CONTEXT_KEYS, ...OPERATION_KEYS].map((key) => key.toLowerCase()));

export function isKnownKey(key: string): boolean {
  return known.has(key.toLowerCase()) || key.startsWith(FEDERATION);
}

/** Whether a statement may speak of anything that the embedded AWS serves. */
export function concernsEmbedded({ actions }: Statement): boolean {
  if (actions.negated) return true;
  return actions.patterns.some((pattern) => {
    const prefix = pattern.split(':')[0]?.toLowerCase() ?? '';
    return /[*?]/.test(prefix) || SERVICES.includes(prefix);
  });
}
