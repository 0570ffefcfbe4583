import type { JWTPayload } from 'jose';
import type { AwsApi } from '../gateway/aws-service.ts';
import type { TokenRequest } from './token-issuer.ts';
import { runTrigger } from './triggers.ts';

interface Tokens {
  readonly id: JWTPayload;
  readonly access: JWTPayload;
}

/** What a PreTokenGeneration function may say of one token (event version 2) or of the id token (version 1). */
interface ClaimChanges {
  readonly claimsToAddOrOverride?: Readonly<Record<string, unknown>>;
  readonly claimsToSuppress?: readonly string[];
  readonly scopesToAdd?: readonly string[];
  readonly scopesToSuppress?: readonly string[];
}

interface Overrides {
  readonly idTokenGeneration?: ClaimChanges | null;
  readonly accessTokenGeneration?: ClaimChanges | null;
  readonly groupOverrideDetails?: { readonly groupsToOverride?: readonly string[] } | null;
}

/** Cognito keeps these to itself. */
const PROTECTED = new Set(
  (
    'acr amr at_hash auth_time azp client_id cognito:username device_key event_id exp iat iss jti nbf nonce ' +
    'origin_jti scope sub token_use username aud'
  ).split(' '),
);

/**
 * Adds the groups and lets the PreTokenGeneration function, if there is one, have its say.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
 */
export async function customizeTokens(
  aws: AwsApi,
  request: TokenRequest,
  groups: readonly string[],
  tokens: Tokens,
): Promise<Tokens> {
  const overrides = await askFunction(aws, request, groups, tokens);
  const finalGroups = overrides.groupOverrideDetails?.groupsToOverride ?? groups;
  return {
    id: withGroups(changed(tokens.id, overrides.idTokenGeneration), finalGroups),
    access: withGroups(changed(tokens.access, overrides.accessTokenGeneration), finalGroups),
  };
}

async function askFunction(
  aws: AwsApi,
  { pool, client, user, source, clientMetadata }: TokenRequest,
  groups: readonly string[],
  tokens: Tokens,
): Promise<Overrides> {
  const isSecond = pool.config.preTokenGenerationVersion === 'V2_0';
  const response = await runTrigger(aws, {
    pool,
    trigger: 'PreTokenGeneration',
    source,
    username: user.username,
    clientId: client.id,
    version: isSecond ? '2' : '1',
    request: {
      userAttributes: { ...user.attributes, 'cognito:user_status': user.status },
      groupConfiguration: { groupsToOverride: groups, iamRolesToOverride: [], preferredRole: null },
      ...(isSecond && { scopes: String(tokens.access['scope']).split(' ') }),
      clientMetadata: clientMetadata ?? {},
    },
    response: isSecond ? { claimsAndScopeOverrideDetails: null } : { claimsOverrideDetails: null },
  });
  // A function's answer in the documented shape; members that it left out stay as they are.
  if (isSecond) return response['claimsAndScopeOverrideDetails'] ?? {};
  const first = (response['claimsOverrideDetails'] ?? {}) as ClaimChanges &
    Pick<Overrides, 'groupOverrideDetails'>;
  return { idTokenGeneration: first, groupOverrideDetails: first.groupOverrideDetails ?? null };
}

function changed(claims: JWTPayload, changes: ClaimChanges | null | undefined): JWTPayload {
  if (!changes) return claims;
  const suppressed = new Set(changes.claimsToSuppress?.filter((name) => !PROTECTED.has(name)));
  const added = Object.entries(changes.claimsToAddOrOverride ?? {}).filter(([name]) => !PROTECTED.has(name));
  const kept = Object.entries(claims).filter(([name]) => !suppressed.has(name));
  return { ...Object.fromEntries([...kept, ...added]), ...changedScope(claims, changes) };
}

function changedScope(claims: JWTPayload, { scopesToAdd = [], scopesToSuppress = [] }: ClaimChanges) {
  if (typeof claims['scope'] !== 'string') return {};
  const scopes = new Set([...claims['scope'].split(' '), ...scopesToAdd]);
  for (const scope of scopesToSuppress) scopes.delete(scope);
  return { scope: [...scopes].join(' ') };
}

const withGroups = (claims: JWTPayload, groups: readonly string[]): JWTPayload =>
  groups.length > 0 ? { ...claims, 'cognito:groups': groups } : claims;
