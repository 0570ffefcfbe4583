import { ResolverError } from '../resolver-error.ts';
import type { AttributeMap } from './attribute-values.ts';

/** Clients hand the token back as it is; on AWS it is encrypted, here it is only encoded. */
export function encodePageToken(lastEvaluatedKey: AttributeMap): string {
  return Buffer.from(JSON.stringify(lastEvaluatedKey)).toString('base64url');
}

/** Throws ResolverError for a token that was never given out. */
export function decodePageToken(token: string): AttributeMap {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString()) as AttributeMap;
  } catch {
    throw new ResolverError('Invalid pagination token given.', 'DynamoDB:AmazonDynamoDBException');
  }
}
