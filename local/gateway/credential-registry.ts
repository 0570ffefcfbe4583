import { createHash, randomBytes } from 'node:crypto';
import { ACCOUNT_ROOT, type Caller } from './aws-service.ts';

/** Temporary credentials of a role. */
export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/**
 * Which role an access key belongs to. Signatures of headers are not checked: whoever is on this machine may do anything
 * anyway. Those of presigned URLs are, because such a URL is handed to somebody who may do only what it says.
 */
export class CredentialRegistry {
  private readonly issued = new Map<string, { role: Caller; credentials: RoleCredentials }>();
  /** Makes keys of one start useless at the next, as sessions end. */
  private readonly salt = randomBytes(16);

  /** The same credentials each time for the same role. */
  issue(roleArn: string): RoleCredentials {
    const digest = createHash('sha256').update(this.salt).update(roleArn).digest('hex');
    const accessKeyId = `ASIA${digest.slice(0, 16).toUpperCase()}`;
    const credentials = { accessKeyId, secretAccessKey: digest.slice(16, 56), sessionToken: digest };
    this.issued.set(accessKeyId, { role: { arn: roleArn }, credentials });
    return credentials;
  }

  /** The role a key was issued for. Any other key is the developer's, who is the account's root. */
  callerOf(accessKeyId: string): Caller {
    return this.issued.get(accessKeyId)?.role ?? ACCOUNT_ROOT;
  }

  /** What was issued under this access key id, to check a signature by; undefined for any other key. */
  credentialsOf(accessKeyId: string): RoleCredentials | undefined {
    return this.issued.get(accessKeyId)?.credentials;
  }
}

/**
 * The access key id in a Signature Version 4 `Authorization` header, or undefined where there is none.
 * Source: "Elements of an AWS API request signature".
 */
export function accessKeyIdOf(authorization: string | undefined): string | undefined {
  return /^AWS4-(?:HMAC-SHA256|ECDSA-P256-SHA256)\s+(?:.*[\s,])?Credential=([^/,\s]+)\//.exec(
    authorization ?? '',
  )?.[1];
}
