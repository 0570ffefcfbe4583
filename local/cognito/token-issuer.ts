import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { SignJWT, decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose';
import type { AwsApi } from '../gateway/aws-service.ts';
import { notAuthorized } from './cognito-errors.ts';
import { issuerOf, type ClientConfig } from './pool-config.ts';
import { loadSigningKey, publicJwk, type SigningKey } from './signing-keys.ts';
import { customizeTokens } from './token-customization.ts';
import { readable } from './user-attributes.ts';
import type { UserPool, UserPools } from './user-pool.ts';
import type { Session, UserStore } from './user-store.ts';
import { subOf, type User } from './user.ts';

export interface TokenIssuerOptions {
  readonly pools: UserPools;
  readonly poolIds: readonly string[];
  readonly store: UserStore;
  readonly aws: AwsApi;
  /** Real time, epoch milliseconds: tokens are checked by browsers, which know no other. */
  readonly now: () => number;
}

export interface TokenRequest {
  readonly pool: UserPool;
  readonly client: ClientConfig;
  readonly user: User;
  /** Such as `TokenGeneration_Authentication`. */
  readonly source: string;
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
}

/** Cognito's `AuthenticationResultType`. */
export interface AuthenticationResult {
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly RefreshToken?: string;
  /** Seconds. */
  readonly ExpiresIn: number;
  readonly TokenType: 'Bearer';
}

/** Issues, renews and checks the tokens of all pools. */
export class TokenIssuer {
  private readonly options: TokenIssuerOptions;
  private readonly keys: ReadonlyMap<string, SigningKey>;

  constructor(options: TokenIssuerOptions) {
    this.options = options;
    this.keys = new Map(options.poolIds.map((id) => [id, loadSigningKey(options.store, id)]));
    options.store.forgetExpiredSessions(options.now());
  }

  key(poolId: string): SigningKey {
    const key = this.keys.get(poolId);
    if (!key) throw new Error(`No signing key for pool ${poolId}`);
    return key;
  }

  jwks(poolId: string) {
    return { keys: [publicJwk(this.key(poolId))] };
  }

  /** Begins a session. */
  async signIn(request: TokenRequest): Promise<AuthenticationResult> {
    const { pool, client, user } = request;
    const refreshToken = randomBytes(96).toString('base64url');
    const now = this.options.now();
    const session: Session = {
      id: randomUUID(),
      poolId: pool.id,
      clientId: client.id,
      username: user.username,
      refreshTokenHash: hashOf(refreshToken),
      authenticatedAt: now,
      expiresAt: now + client.refreshTokenValidity * 1000,
    };
    const tokens = await this.tokens(request, session);
    this.options.store.addSession(session);
    return { ...tokens, RefreshToken: refreshToken };
  }

  /** Renews a session. Throws NotAuthorizedException for a token that is revoked, expired or another client's. */
  async refresh(
    client: ClientConfig,
    refreshToken: string,
    clientMetadata?: Readonly<Record<string, string>>,
  ): Promise<AuthenticationResult> {
    const session = this.options.store.sessionByRefreshToken(hashOf(refreshToken));
    if (session?.clientId !== client.id) throw notAuthorized('Invalid Refresh Token');
    if (session.expiresAt <= this.options.now()) throw notAuthorized('Refresh Token has expired');
    const pool = this.options.pools.byId(session.poolId);
    const user = pool.find(session.username);
    if (!user) throw notAuthorized('Invalid Refresh Token');
    if (!user.enabled) throw notAuthorized('User is disabled.');
    const source = 'TokenGeneration_RefreshTokens';
    return this.tokens({ pool, client, user, source, clientMetadata }, session);
  }

  /** Ends the session behind a refresh token; one that nobody knows is no error. */
  revoke(client: ClientConfig, refreshToken: string): void {
    const session = this.options.store.sessionByRefreshToken(hashOf(refreshToken));
    if (session?.clientId === client.id) this.options.store.endSession(session.id);
  }

  /**
   * Claims of an access or id token. Throws NotAuthorizedException for what none of these pools signed, for an expired
   * token, and for one whose session has ended.
   */
  async verify(token: string): Promise<JWTPayload> {
    const { claims, pool } = await this.signedClaims(token);
    const session = this.options.store.session(String(claims['origin_jti']));
    const user = session && pool.find(session.username);
    if (session?.poolId !== pool.id || !user?.enabled) throw notAuthorized('Access Token has been revoked');
    return claims;
  }

  /** The member behind an access token. Throws NotAuthorizedException. */
  async userOf(accessToken: string): Promise<{ pool: UserPool; client: ClientConfig; user: User }> {
    const claims = await this.verify(accessToken);
    if (claims['token_use'] !== 'access') throw notAuthorized('Invalid Access Token');
    const { pool, client } = this.options.pools.byClient(String(claims['client_id']));
    return { pool, client, user: pool.get(String(claims['username'])) };
  }

  private async signedClaims(token: string): Promise<{ claims: JWTPayload; pool: UserPool }> {
    try {
      const { kid } = decodeProtectedHeader(token);
      const [poolId, key] = [...this.keys].find(([, { id }]) => id === kid) ?? [];
      const pool = poolId === undefined ? undefined : this.options.pools.find(poolId);
      if (!pool || !key) throw notAuthorized('Invalid Access Token');
      const { payload } = await jwtVerify(token, key.publicKey, {
        algorithms: ['RS256'],
        issuer: issuerOf(pool.id),
        currentDate: new Date(this.options.now()),
      });
      const clientId = payload['token_use'] === 'access' ? payload['client_id'] : payload.aud;
      pool.client(String(clientId));
      return { claims: payload, pool };
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw notAuthorized('Access Token has expired');
      throw notAuthorized('Invalid Access Token');
    }
  }

  private async tokens(request: TokenRequest, session: Session): Promise<AuthenticationResult> {
    const { pool, client, user } = request;
    const now = Math.floor(this.options.now() / 1000);
    const groups = pool.groupsOf(user);
    const roles = groups.map(({ roleArn }) => roleArn).filter((arn) => arn !== undefined);
    const shared = {
      sub: subOf(user),
      iss: issuerOf(pool.id),
      origin_jti: session.id,
      event_id: randomUUID(),
      auth_time: Math.floor(session.authenticatedAt / 1000),
      iat: now,
    };
    const customized = await customizeTokens(
      this.options.aws,
      request,
      groups.map(({ name }) => name),
      {
        id: {
          ...withBooleans(readable(client, user.attributes)),
          ...(roles[0] !== undefined && { 'cognito:roles': roles, 'cognito:preferred_role': roles[0] }),
          ...shared,
          'cognito:username': user.username,
          aud: client.id,
          token_use: 'id',
          jti: randomUUID(),
          exp: now + client.idTokenValidity,
        },
        access: {
          ...shared,
          client_id: client.id,
          username: user.username,
          scope: 'aws.cognito.signin.user.admin',
          token_use: 'access',
          jti: randomUUID(),
          exp: now + client.accessTokenValidity,
        },
      },
    );
    return {
      AccessToken: await this.sign(pool, customized.access),
      IdToken: await this.sign(pool, customized.id),
      ExpiresIn: client.accessTokenValidity,
      TokenType: 'Bearer',
    };
  }

  private sign(pool: UserPool, claims: JWTPayload): Promise<string> {
    const { id, privateKey } = this.key(pool.id);
    return new SignJWT(claims).setProtectedHeader({ kid: id, alg: 'RS256' }).sign(privateKey);
  }
}

const hashOf = (refreshToken: string) => createHash('sha256').update(refreshToken).digest('hex');

/** `email_verified` is a string among the attributes and a boolean in the id token. */
const withBooleans = (attributes: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      name.endsWith('_verified') ? value === 'true' : value,
    ]),
  );
