import { ACCOUNT_ID, AwsServiceError, type Caller } from '../../gateway/aws-service.ts';
import type { AuthMode } from '../appsync-api.ts';
import type { Authenticated, IamIdentity } from '../request-context.ts';
import type { TokenVerifier } from './token-verifier.ts';

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Who sends a request: a member with a token, or an IAM principal whose permissions are still to be checked. */
export type Sender =
  | { readonly kind: 'USER_POOL'; readonly authenticated: Authenticated }
  | { readonly kind: 'IAM'; readonly caller: Caller };

/** Reads the `Authorization` header. */
export class Authentication {
  private readonly modes: readonly AuthMode[];
  private readonly tokens: TokenVerifier;
  private readonly resolveCaller: (accessKeyId: string) => Caller;

  constructor(
    modes: readonly AuthMode[],
    tokens: TokenVerifier,
    resolveCaller: (accessKeyId: string) => Caller,
  ) {
    this.modes = modes;
    this.tokens = tokens;
    this.resolveCaller = resolveCaller;
  }

  /** Throws AwsServiceError `UnauthorizedException` (401), worded as AppSync's. */
  async authenticate(headers: Headers): Promise<Sender> {
    const authorization = headerOf(headers, 'authorization');
    if (authorization === undefined || authorization.trim() === '')
      throw refused('Missing authorization header');
    if (authorization.startsWith('AWS4-HMAC-SHA256')) return this.signed(authorization);
    if (!this.modes.includes('AMAZON_COGNITO_USER_POOLS'))
      throw refused('Valid authorization header not provided.');
    return { kind: 'USER_POOL', authenticated: await this.member(authorization) };
  }

  /** The signature itself is not checked: on one machine the key id says who calls. */
  private signed(authorization: string): Sender {
    const accessKeyId = /Credential=([^/,\s]+)\//.exec(authorization)?.[1];
    if (accessKeyId === undefined || !this.modes.includes('AWS_IAM'))
      throw refused('Valid authorization header not provided.');
    return { kind: 'IAM', caller: this.resolveCaller(accessKeyId) };
  }

  private async member(authorization: string): Promise<Authenticated> {
    const claims = await this.claimsOf(authorization.replace(/^Bearer\s+/i, ''));
    const text = (...names: string[]) =>
      names.map((name) => claims[name]).find((value) => typeof value === 'string');
    const groups = claims['cognito:groups'];
    return {
      authMode: 'AMAZON_COGNITO_USER_POOLS',
      identity: {
        sub: text('sub') ?? '',
        issuer: text('iss') ?? '',
        // An id token names the member one way, an access token the other.
        username: text('cognito:username', 'username') ?? '',
        claims,
        groups: Array.isArray(groups) ? groups.map(String) : null,
        sourceIp: ['127.0.0.1'],
        defaultAuthStrategy: 'ALLOW',
      },
    };
  }

  private async claimsOf(jwt: string): Promise<Readonly<Record<string, unknown>>> {
    if (jwt.split('.').length !== 3) throw refused('Unable to parse JWT token.');
    try {
      return await this.tokens.verify(jwt);
    } catch (error) {
      const expired =
        error instanceof Error && (error.name === 'JWTExpired' || /expired/i.test(error.message));
      throw refused(expired ? 'Token has expired.' : 'Unauthorized');
    }
  }
}

/** An IAM principal as resolvers see it. */
export function iamCaller({ arn }: Caller): Authenticated {
  const [, , , , accountId = ACCOUNT_ID, resource = ''] = arn.split(':');
  const role = resource.replace(/^role\//, '');
  const isRole = resource.startsWith('role/');
  const identity: IamIdentity = {
    accountId: accountId || ACCOUNT_ID,
    userArn: isRole ? `arn:aws:sts::${accountId}:assumed-role/${role}/local` : arn,
    username: isRole ? `${role}:local` : accountId,
    sourceIp: ['127.0.0.1'],
    cognitoIdentityPoolId: null,
    cognitoIdentityId: null,
    cognitoIdentityAuthType: null,
    cognitoIdentityAuthProvider: null,
  };
  return { authMode: 'AWS_IAM', identity };
}

/** A header by its name in lower case, however the client wrote it. */
export function headerOf(headers: Headers, name: string): string | undefined {
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof found === 'string' ? found : found?.[0];
}

/** The headers as resolvers see them: names in lower case, one text each. */
export function plainHeaders(headers: Headers): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), typeof value === 'string' ? value : value.join(',')]],
    ),
  );
}

function refused(message: string): AwsServiceError {
  return new AwsServiceError('UnauthorizedException', message, 401);
}
