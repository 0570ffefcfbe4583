import { createHash, randomBytes } from 'node:crypto';
import { ACCOUNT_ROOT, type Caller } from './aws-service.ts';

/** Temporary credentials of a role. */
export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Which role an access key belongs to. Signatures are not checked: whoever is on this machine may do anything anyway. */
export class CredentialRegistry {
  private readonly roles = new Map<string, Caller>();
  /** Makes keys of one start useless at the next, as sessions end. */
  private readonly salt = randomBytes(16);

  /** The same credentials each time for the same role. */
  issue(roleArn: string): RoleCredentials {
    const digest = createHash('sha256').update(this.salt).update(roleArn).digest('hex');
    const accessKeyId = `ASIA${digest.slice(0, 16).toUpperCase()}`;
    this.roles.set(accessKeyId, { arn: roleArn });
    return { accessKeyId, secretAccessKey: digest.slice(16, 56), sessionToken: digest };
  }

  /** The role a key was issued for. Any other key is the developer's, who is the account's root. */
  callerOf(accessKeyId: string): Caller {
    return this.roles.get(accessKeyId) ?? ACCOUNT_ROOT;
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
