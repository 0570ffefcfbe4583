import { Amplify } from 'aws-amplify';
import { generateClient } from 'aws-amplify/api';
import { confirmSignUp, fetchAuthSession, signIn, signUp } from 'aws-amplify/auth';
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito';
import { ConsoleLogger, parseAmplifyConfig } from 'aws-amplify/utils';
import { WebSocket as NodeWebSocket } from 'ws';

/** `amplify_outputs.json` of an embedded backend. */
export interface EmbeddedOutputs {
  readonly auth: { readonly user_pool_id: string };
  readonly custom: { readonly embedded: { readonly userPoolEndpoint: string } };
}

export interface GraphQlError {
  readonly message: string;
  readonly errorType?: string;
}

export interface GraphQlAnswer<Data> {
  readonly data: Data | null;
  readonly errors?: readonly GraphQlError[];
}

/** Points the real aws-amplify client (one a process) at an embedded backend, as the app does in the browser. */
export function connectTo(outputs: EmbeddedOutputs): void {
  const config = parseAmplifyConfig(outputs);
  const cognito = config.Auth?.Cognito;
  if (!cognito) throw new Error('These outputs have no user pool');
  (cognito as { userPoolEndpoint?: string }).userPoolEndpoint = outputs.custom.embedded.userPoolEndpoint;
  ConsoleLogger.LOG_LEVEL = 'ERROR'; // it warns of an endpoint that is not AWS: that is the point
  Amplify.configure(config);
  globalThis.WebSocket = LoopbackWebSocket as unknown as typeof globalThis.WebSocket;
}

/** The client asks for wss whatever the endpoint is; the embedded gateway speaks plain ws. */
class LoopbackWebSocket extends NodeWebSocket {
  constructor(address: string | URL, protocols?: string | string[]) {
    super(String(address).replace(/^wss:\/\/(localhost|127\.0\.0\.1)/, 'ws://$1'), protocols);
  }
}

/** A signed-in member: what tests and the demo data act through. */
export class Member {
  readonly email: string;
  /** Cognito sub. */
  readonly id: string;
  readonly token: string;
  private readonly client = generateClient({ authMode: 'userPool' });

  private constructor(email: string, id: string, token: string) {
    this.email = email;
    this.id = id;
    this.token = token;
  }

  /** Signs in by SRP. Throws Cognito's errors. */
  static async signIn(email: string, password: string): Promise<Member> {
    cognitoUserPoolsTokenProvider.setKeyValueStorage(new MemoryStorage()); // several members, one process
    await signIn({ username: email, password });
    const { tokens, userSub } = await fetchAuthSession();
    if (!tokens || userSub === undefined) throw new Error(`${email} has no session`);
    return new Member(email, userSub, tokens.accessToken.toString());
  }

  /** Signs up and confirms with the code that `codeFor` finds in the mail. */
  static async signUp(
    account: { readonly email: string; readonly password: string; readonly name: string },
    codeFor: (email: string) => Promise<string>,
  ): Promise<Member> {
    const { email: username, password, name } = account;
    cognitoUserPoolsTokenProvider.setKeyValueStorage(new MemoryStorage());
    await signUp({ username, password, options: { userAttributes: { email: username, nickname: name } } });
    await confirmSignUp({ username, confirmationCode: await codeFor(username) });
    return Member.signIn(username, password);
  }

  /** Runs a query or mutation; the errors of the answer are returned, not thrown. */
  async graphql<Data>(query: string, variables: Record<string, unknown> = {}): Promise<GraphQlAnswer<Data>> {
    try {
      return (await this.client.graphql({
        query,
        variables,
        authToken: this.token,
      })) as unknown as GraphQlAnswer<Data>;
    } catch (error) {
      if (isAnswer(error)) return error as GraphQlAnswer<Data>;
      throw error;
    }
  }

  /** As `graphql`, but an error in the answer is thrown. */
  async run<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const { data, errors } = await this.graphql<Data>(query, variables);
    const [first] = errors ?? [];
    if (first) throw new Error(`${first.errorType ?? 'GraphQL'}: ${first.message}`);
    if (data === null) throw new Error('The answer has no data');
    return data;
  }

  /** Calls `next` with each hint of progress; returns how to stop. */
  onProgress(next: (progress: Progress) => void, failed: (error: unknown) => void = rethrow): () => void {
    const observable = this.client.graphql({ query: ON_PROGRESS, authToken: this.token }) as unknown as Hints;
    const subscription = observable.subscribe({
      next: ({ data }) => {
        next(data.onRequestProgress);
      },
      error: failed,
    });
    return () => {
      subscription.unsubscribe();
    };
  }
}

/** What `onRequestProgress` says. */
export interface Progress {
  readonly userId: string;
  readonly kind: string;
  readonly requestId: string | null;
  readonly revision: number | null;
}

const ON_PROGRESS = 'subscription { onRequestProgress { userId kind requestId revision at } }';

interface Hints {
  subscribe(observer: {
    next(value: { data: { onRequestProgress: Progress } }): void;
    error(error: unknown): void;
  }): { unsubscribe(): void };
}

function rethrow(error: unknown): never {
  throw error;
}

function isAnswer(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'errors' in error;
}

class MemoryStorage {
  private readonly items = new Map<string, string>();

  setItem(key: string, value: string): Promise<void> {
    this.items.set(key, value);
    return Promise.resolve();
  }

  getItem(key: string): Promise<string | null> {
    return Promise.resolve(this.items.get(key) ?? null);
  }

  removeItem(key: string): Promise<void> {
    this.items.delete(key);
    return Promise.resolve();
  }

  clear(): Promise<void> {
    this.items.clear();
    return Promise.resolve();
  }
}
