import type { WebSocket } from 'ws';
import { AwsServiceError } from '../../gateway/aws-service.ts';
import type { Headers } from '../auth/authentication.ts';
import { readClientMessage, type ServerError, type ServerMessage, type StartPayload } from './messages.ts';
import type { Subscription } from './subscription.ts';

/** A client that hears nothing for this long gives the connection up. */
const CONNECTION_TIMEOUT = 300_000;
/** Milliseconds of real time between signs of life. */
const KEEP_ALIVE = 60_000;

/** What a connection needs of the API. */
export interface RealtimeApi {
  /** Throws AwsServiceError where the headers authenticate nobody. */
  admit(headers: Headers): Promise<void>;
  /**
   * Authenticates, runs the subscription's resolver once and opens it. Throws AwsServiceError or SubscriptionRefused.
   */
  subscribe(payload: StartPayload, subscriber: Subscriber): Promise<Subscription>;
  unsubscribe(subscription: Subscription): void;
}

export type Subscriber = Pick<Subscription, 'deliver' | 'complete'>;

/** The resolver, validation or authorization refused a subscription. */
export class SubscriptionRefused extends Error {
  override readonly name = 'SubscriptionRefused';
  readonly errors: readonly ServerError[];

  constructor(errors: readonly ServerError[]) {
    super('The subscription was refused');
    this.errors = errors;
  }
}

/**
 * One WebSocket. As on AWS it lives on when the token that opened it expires: only new subscriptions are checked anew.
 */
export class Connection {
  private readonly socket: WebSocket;
  private readonly api: RealtimeApi;
  private readonly log: (line: string) => void;
  /** Undefined while a subscription starts. */
  private readonly subscriptions = new Map<string, Subscription | undefined>();
  private readonly admitted: Promise<boolean>;
  private readonly keepAlive: NodeJS.Timeout;

  constructor(socket: WebSocket, headers: Headers, api: RealtimeApi, log: (line: string) => void) {
    this.socket = socket;
    this.api = api;
    this.log = log;
    this.admitted = this.admit(headers);
    this.keepAlive = setInterval(() => {
      this.send({ type: 'ka' });
    }, KEEP_ALIVE).unref();
    socket.on('message', (data) => {
      // With `ws` a text message comes as one Buffer, unless its server was told otherwise.
      void this.receive((data as Buffer).toString());
    });
    socket.on('close', () => {
      this.end();
    });
  }

  close(): void {
    this.end();
    this.socket.close(1001);
  }

  private end(): void {
    clearInterval(this.keepAlive);
    for (const subscription of this.subscriptions.values())
      if (subscription) this.api.unsubscribe(subscription);
    this.subscriptions.clear();
  }

  private async admit(headers: Headers): Promise<boolean> {
    try {
      await this.api.admit(headers);
      return true;
    } catch (error) {
      this.send({ type: 'connection_error', payload: { errors: this.errorsOf(error) } });
      this.socket.close(1008);
      return false;
    }
  }

  private async receive(text: string): Promise<void> {
    if (!(await this.admitted)) return;
    const message = readClientMessage(text);
    switch (message?.type) {
      case 'connection_init':
        this.send({ type: 'connection_ack', payload: { connectionTimeoutMs: CONNECTION_TIMEOUT } });
        this.send({ type: 'ka' });
        return;
      case 'start':
        return this.start(message.id, message.payload);
      case 'stop':
        this.stop(message.id);
        return;
      case undefined:
        this.send({
          type: 'error',
          payload: {
            errors: [
              {
                errorType: 'UnsupportedOperation',
                message: 'unknown not supported through the realtime channel',
              },
            ],
          },
        });
    }
  }

  private async start(id: string, payload: StartPayload): Promise<void> {
    if (this.subscriptions.has(id)) {
      this.refuse(
        id,
        new AwsServiceError('DuplicatedOperationError', `There is already a subscription ${id}`),
      );
      return;
    }
    this.subscriptions.set(id, undefined);
    try {
      const subscription = await this.api.subscribe(payload, {
        deliver: (response) => {
          this.send({ type: 'data', id, payload: response });
        },
        complete: () => {
          this.stop(id);
        },
      });
      // Stopped or closed before it had started.
      if (!this.subscriptions.has(id)) {
        this.api.unsubscribe(subscription);
        return;
      }
      this.subscriptions.set(id, subscription);
      this.send({ type: 'start_ack', id });
    } catch (error) {
      this.subscriptions.delete(id);
      this.refuse(id, error);
    }
  }

  private stop(id: string): void {
    const subscription = this.subscriptions.get(id);
    this.subscriptions.delete(id);
    if (subscription) this.api.unsubscribe(subscription);
    this.send({ type: 'complete', id });
  }

  private refuse(id: string, error: unknown): void {
    this.send({ type: 'error', id, payload: { errors: this.errorsOf(error) } });
  }

  private errorsOf(error: unknown): readonly ServerError[] {
    if (error instanceof SubscriptionRefused) return error.errors;
    if (error instanceof AwsServiceError)
      return [{ errorType: error.code, errorCode: error.statusCode, message: error.message }];
    this.log(`AppSync: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return [{ errorType: 'InternalFailure', errorCode: 500, message: 'Internal failure' }];
  }

  private send(message: ServerMessage): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(JSON.stringify(message));
  }
}
