import * as z from 'zod/mini';
import type { AwsOperation } from '../gateway/aws-service.ts';
import { invalidParameter, notAuthorized, wrongCredentials } from './cognito-errors.ts';
import { metadata, poolOperation, publicOperation, text } from './cognito-operation.ts';
import type { CognitoParts } from './cognito-parts.ts';
import { checkPassword } from './password-policy.ts';
import { acceptPassword, completeSignIn, findCandidate, type SignInContext } from './sign-in.ts';
import { createPasswordRecord, parsePublicValue, passwordMatches, proofHolds, startExchange } from './srp.ts';
import { checkMutable, parseAttributes } from './user-attributes.ts';

const parameters = z.record(z.string(), z.string());
type Parameters = z.output<typeof parameters>;

const initiation = { ClientId: text, AuthFlow: text, AuthParameters: parameters, ClientMetadata: metadata };
const response = {
  ClientId: text,
  ChallengeName: text,
  ChallengeResponses: parameters,
  Session: z.optional(text),
  ClientMetadata: metadata,
};

/** Signing in, by SRP or by password, and the challenges on the way. */
export function signInOperations(parts: CognitoParts): Record<string, AwsOperation> {
  const { pools } = parts;

  return {
    InitiateAuth: publicOperation(initiation, (input) => {
      const context = { ...pools.byClient(input.ClientId), ...contextOf(input) };
      const flow = input.AuthFlow === 'REFRESH_TOKEN' ? 'REFRESH_TOKEN_AUTH' : input.AuthFlow;
      if (!context.client.authFlows.includes(`ALLOW_${flow}`))
        throw invalidParameter(`${flow} flow not enabled for this client`);
      switch (flow) {
        case 'USER_SRP_AUTH':
          return startSrp(parts, context, input.AuthParameters);
        case 'USER_PASSWORD_AUTH':
          return signInByPassword(parts, context, input.AuthParameters);
        case 'REFRESH_TOKEN_AUTH':
          return refresh(parts, context, input.AuthParameters);
        default:
          throw invalidParameter(`The embedded Cognito does not run the flow ${flow}`);
      }
    }),

    RespondToAuthChallenge: publicOperation(response, (input) => {
      const context = { ...pools.byClient(input.ClientId), ...contextOf(input) };
      return input.ChallengeName === 'PASSWORD_VERIFIER'
        ? verifyPassword(parts, context, input.ChallengeResponses)
        : setNewPassword(parts, context, input);
    }),

    AdminInitiateAuth: poolOperation(
      pools,
      'AdminInitiateAuth',
      { UserPoolId: text, ...initiation },
      (pool, input) => {
        const context = { pool, client: pool.client(input.ClientId), ...contextOf(input) };
        switch (input.AuthFlow) {
          case 'REFRESH_TOKEN':
          case 'REFRESH_TOKEN_AUTH':
            return refresh(parts, context, input.AuthParameters);
          case 'ADMIN_NO_SRP_AUTH':
          case 'ADMIN_USER_PASSWORD_AUTH':
            if (!context.client.authFlows.includes('ALLOW_ADMIN_USER_PASSWORD_AUTH'))
              throw invalidParameter('Auth flow not enabled for this client');
            return signInByPassword(parts, context, input.AuthParameters);
          default:
            throw invalidParameter(`The embedded Cognito does not run the flow ${input.AuthFlow}`);
        }
      },
    ),

    AdminRespondToAuthChallenge: poolOperation(
      pools,
      'AdminRespondToAuthChallenge',
      { UserPoolId: text, ...response },
      (pool, input) =>
        setNewPassword(parts, { pool, client: pool.client(input.ClientId), ...contextOf(input) }, input),
    ),
  };
}

const contextOf = (input: { ClientId: string; ClientMetadata?: Parameters | undefined }) => ({
  clientId: input.ClientId,
  clientMetadata: input.ClientMetadata,
});

function startSrp(parts: CognitoParts, context: SignInContext, given: Parameters) {
  const clientValue = parsePublicValue(required(given, 'SRP_A'));
  if (clientValue === undefined) throw invalidParameter('SRP_A is not a valid public value.');
  const { username, record } = findCandidate(parts, context, required(given, 'USERNAME'));
  const exchange = startExchange(record);
  const secretBlock = parts.challenges.begin(
    { kind: 'PASSWORD_VERIFIER', clientId: context.client.id, username, exchange, clientValue, record },
    context.client.authSessionValidity,
    parts.now(),
  );
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeParameters: {
      SALT: record.salt,
      SECRET_BLOCK: secretBlock,
      SRP_B: exchange.publicValue.toString(16),
      USERNAME: username,
      USER_ID_FOR_SRP: username,
    },
  };
}

async function verifyPassword(parts: CognitoParts, context: SignInContext, given: Parameters) {
  const secretBlock = required(given, 'PASSWORD_CLAIM_SECRET_BLOCK');
  const challenge = parts.challenges.take(secretBlock, parts.now());
  if (challenge?.kind !== 'PASSWORD_VERIFIER' || challenge.clientId !== context.client.id)
    throw wrongCredentials();
  const { username, record, exchange, clientValue } = challenge;
  const candidate = { username, record, user: context.pool.find(username) };
  const proof = {
    identity: context.pool.srpIdentity(username),
    record,
    exchange,
    clientValue,
    secretBlock,
    timestamp: required(given, 'TIMESTAMP'),
    signature: required(given, 'PASSWORD_CLAIM_SIGNATURE'),
  };
  const user = await acceptPassword(parts, context, candidate, () => proofHolds(proof));
  return completeSignIn(parts, context, user, 'TokenGeneration_Authentication');
}

async function signInByPassword(parts: CognitoParts, context: SignInContext, given: Parameters) {
  const password = required(given, 'PASSWORD');
  const candidate = findCandidate(parts, context, required(given, 'USERNAME'));
  const identity = context.pool.srpIdentity(candidate.username);
  const user = await acceptPassword(parts, context, candidate, () =>
    passwordMatches(identity, password, candidate.record),
  );
  return completeSignIn(parts, context, user, 'TokenGeneration_Authentication');
}

async function refresh(parts: CognitoParts, context: SignInContext, given: Parameters) {
  const token = required(given, 'REFRESH_TOKEN');
  return {
    ChallengeParameters: {},
    AuthenticationResult: await parts.tokens.refresh(context.client, token, context.clientMetadata),
  };
}

const ATTRIBUTE_PREFIX = 'userAttributes.';

async function setNewPassword(
  parts: CognitoParts,
  context: SignInContext,
  input: { ChallengeName: string; ChallengeResponses: Parameters; Session?: string | undefined },
) {
  const { pool, client } = context;
  if (input.ChallengeName !== 'NEW_PASSWORD_REQUIRED')
    throw invalidParameter(`The embedded Cognito does not know the challenge ${input.ChallengeName}`);
  const password = required(input.ChallengeResponses, 'NEW_PASSWORD');
  checkPassword(pool.config.passwordPolicy, password);
  const challenge = parts.challenges.take(input.Session ?? '', parts.now());
  if (challenge?.kind !== 'NEW_PASSWORD_REQUIRED' || challenge.clientId !== client.id)
    throw notAuthorized('Invalid session for the user.');
  const user = pool.get(challenge.username);
  if (user.status !== 'FORCE_CHANGE_PASSWORD' || !user.enabled)
    throw notAuthorized('Invalid session for the user.');
  const given = Object.entries(input.ChallengeResponses)
    .filter(([name]) => name.startsWith(ATTRIBUTE_PREFIX))
    .map(([name, Value]) => ({ Name: name.slice(ATTRIBUTE_PREFIX.length), Value }));
  const attributes = parseAttributes(pool.config, client, given);
  checkMutable(pool.config, Object.keys(attributes));
  const { temporaryPasswordUntil: _, ...kept } = user;
  const changed = {
    ...kept,
    attributes: { ...user.attributes, ...attributes },
    status: 'CONFIRMED' as const,
    password: createPasswordRecord(pool.srpIdentity(user.username), password),
    modifiedAt: parts.clock.now(),
  };
  pool.claimAliases(changed, false);
  return completeSignIn(parts, context, changed, 'TokenGeneration_NewPasswordChallenge');
}

function required(given: Parameters, name: string): string {
  const value = given[name];
  if (!value) throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}
