import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MovableClock } from '../clock/clock.ts';
import { ACCOUNT_ROOT, AwsServiceError, type AwsApi, type Caller } from '../gateway/aws-service.ts';
import type { Storage } from '../storage/open-database.ts';
import { createCognito, type Cognito } from './cognito.ts';
import type { ClientConfig, PoolConfig } from './pool-config.ts';

export const POOL_ID = 'us-east-1_local0001';
export const CLIENT_ID = 'localclient0001';
export const PASSWORD = 'HourBank-demo-1';

export function clientConfig(changes: Partial<ClientConfig> = {}): ClientConfig {
  return {
    id: CLIENT_ID,
    authFlows: [
      'ALLOW_USER_SRP_AUTH',
      'ALLOW_USER_PASSWORD_AUTH',
      'ALLOW_ADMIN_USER_PASSWORD_AUTH',
      'ALLOW_REFRESH_TOKEN_AUTH',
    ],
    preventUserExistenceErrors: true,
    accessTokenValidity: 3600,
    idTokenValidity: 3600,
    refreshTokenValidity: 30 * 86_400,
    authSessionValidity: 180,
    ...changes,
  };
}

/** A pool as Amplify makes it: sign-in by e-mail. */
export function poolConfig(changes: Partial<PoolConfig> = {}): PoolConfig {
  const id = changes.id ?? POOL_ID;
  return {
    id,
    arn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${id}`,
    clients: [clientConfig()],
    groups: [
      { name: 'admin', precedence: 0, roleArn: 'arn:aws:iam::000000000000:role/admin' },
      { name: 'treasurer', precedence: 1 },
    ],
    passwordPolicy: {
      minimumLength: 8,
      requireLowercase: true,
      requireUppercase: true,
      requireNumbers: true,
      requireSymbols: true,
      temporaryPasswordValidityDays: 7,
    },
    usernameAttributes: ['email'],
    aliasAttributes: [],
    autoVerifiedAttributes: ['email'],
    verifiedBeforeUpdate: ['email'],
    caseSensitive: false,
    schema: [{ name: 'email', required: true, mutable: true }],
    triggers: {},
    preTokenGenerationVersion: 'V1_0',
    adminCreateUserOnly: false,
    verificationMail: { subject: 'Verify your new account', message: 'The verification code is {####}' },
    invitationMail: { subject: 'Welcome', message: '{username}: {####}' },
    ...changes,
  };
}

export interface Invocation {
  readonly functionArn: string;
  readonly event: TriggerEvent;
  readonly caller: Caller;
}

export interface TriggerEvent {
  readonly version: string;
  readonly triggerSource: string;
  readonly userName: string;
  readonly userPoolId: string;
  readonly region: string;
  readonly callerContext: { readonly clientId: string };
  readonly request: Readonly<Record<string, unknown>>;
  readonly response: Readonly<Record<string, unknown>>;
}

/** An embedded Lambda reduced to one function: `answer` gives its payload, or throws as the function would. */
export function fakeLambda(answer: (event: TriggerEvent, functionArn: string) => unknown): {
  aws: AwsApi;
  invocations: Invocation[];
} {
  const invocations: Invocation[] = [];
  const aws: AwsApi = {
    call: async (_service, _operation, input, caller) => {
      const { FunctionName, Payload } = input as { FunctionName: string; Payload: TriggerEvent };
      invocations.push({ functionArn: FunctionName, event: Payload, caller });
      try {
        return { StatusCode: 200, Payload: await answer(Payload, FunctionName) };
      } catch (error) {
        if (error instanceof AwsServiceError) throw error;
        const errorMessage = error instanceof Error ? error.message : String(error);
        return { StatusCode: 200, FunctionError: 'Unhandled', Payload: { errorType: 'Error', errorMessage } };
      }
    },
  };
  return { aws, invocations };
}

export interface Fixture {
  readonly cognito: Cognito;
  readonly clock: MovableClock;
  /** Moves the real time that tokens and lockouts go by, in milliseconds. */
  readonly passRealTime: (milliseconds: number) => void;
  readonly call: (operation: string, input: Readonly<Record<string, unknown>>) => Promise<Answer>;
  readonly lastCode: () => string;
}

/** What an operation answers, as loosely typed as the protocol is. */
export interface Answer {
  readonly AuthenticationResult?: {
    readonly AccessToken: string;
    readonly IdToken: string;
    readonly RefreshToken: string;
  };
  readonly ChallengeName?: string;
  readonly ChallengeParameters?: Readonly<Record<string, string>>;
  readonly Session?: string;
  readonly UserSub?: string;
  readonly UserConfirmed?: boolean;
  readonly CodeDeliveryDetails?: { readonly Destination: string };
  readonly Username?: string;
  readonly UserAttributes?: readonly { readonly Name: string; readonly Value: string }[];
  readonly UserStatus?: string;
}

export function startCognito(
  options: { pools?: readonly PoolConfig[]; aws?: AwsApi; storage?: Storage } = {},
): Fixture {
  const clock = new MovableClock();
  let realTimeShift = 0;
  const cognito = createCognito({
    pools: options.pools ?? [poolConfig()],
    aws: options.aws ?? fakeLambda((event) => event).aws,
    clock,
    storage: options.storage ?? 'memory',
    now: () => Date.now() + realTimeShift,
  });
  return {
    cognito,
    clock,
    passRealTime: (milliseconds) => {
      realTimeShift += milliseconds;
    },
    call: async (operation, input) => {
      const found = cognito.service.operations[operation];
      if (!found) throw new Error(`No operation ${operation}`);
      return (await found.run(input, ACCOUNT_ROOT)) as Answer;
    },
    lastCode: () => cognito.mails()[0]?.code ?? '',
  };
}

/** Signs up and confirms. */
export async function addMember({ call, lastCode }: Fixture, email: string, password = PASSWORD) {
  const { UserSub = '' } = await call('SignUp', {
    ClientId: CLIENT_ID,
    Username: email,
    Password: password,
    UserAttributes: [{ Name: 'email', Value: email }],
  });
  await call('ConfirmSignUp', { ClientId: CLIENT_ID, Username: email, ConfirmationCode: lastCode() });
  return { email, sub: UserSub };
}

export const passwordSignIn = ({ call }: Fixture, email: string, password = PASSWORD) =>
  call('InitiateAuth', {
    ClientId: CLIENT_ID,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: email, PASSWORD: password },
  });

export async function signedIn(fixture: Fixture, email: string) {
  const { AuthenticationResult } = await passwordSignIn(fixture, email);
  if (!AuthenticationResult) throw new Error('A challenge, not tokens');
  return AuthenticationResult;
}

/** As much of the gateway as the real clients need. */
export async function serveCognito(cognito: Cognito): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    void answer(cognito, request).then(({ status, headers, body }) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', ...headers }).end(body);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

async function answer(cognito: Cognito, request: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const name = String(request.headers['x-amz-target']).split('.')[1] ?? '';
  try {
    const input = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
    const operation = cognito.service.operations[name];
    if (!operation) throw new AwsServiceError('UnknownOperationException', name);
    return { status: 200, headers: {}, body: JSON.stringify(await operation.run(input, ACCOUNT_ROOT)) };
  } catch (error) {
    const { code, message } =
      error instanceof AwsServiceError ? error : { code: 'InternalError', message: '' };
    return {
      status: 400,
      headers: { 'x-amzn-errortype': code },
      body: JSON.stringify({ __type: code, message }),
    };
  }
}
