import type { GraphQLResponse, ResponseError } from '../execution/graphql-response.ts';

/** What a client sends. https://docs.aws.amazon.com/appsync/latest/devguide/real-time-websocket-client.html */
export type ClientMessage =
  | { readonly type: 'connection_init' }
  | { readonly type: 'start'; readonly id: string; readonly payload: StartPayload }
  | { readonly type: 'stop'; readonly id: string };

export interface StartPayload {
  /** JSON of `{query, variables}`. */
  readonly data: string;
  readonly extensions: { readonly authorization: Readonly<Record<string, string>> };
}

export type ServerMessage =
  | { readonly type: 'connection_ack'; readonly payload: { readonly connectionTimeoutMs: number } }
  | { readonly type: 'connection_error'; readonly payload: { readonly errors: readonly ServerError[] } }
  | { readonly type: 'ka' }
  | { readonly type: 'start_ack'; readonly id: string }
  | { readonly type: 'data'; readonly id: string; readonly payload: GraphQLResponse }
  | {
      readonly type: 'error';
      readonly id?: string;
      readonly payload: { readonly errors: readonly ServerError[] };
    }
  | { readonly type: 'complete'; readonly id: string };

export type ServerError =
  ResponseError | { readonly errorType: string; readonly errorCode?: number; readonly message: string };

/** Undefined for what is no message of the protocol. */
export function readClientMessage(text: string): ClientMessage | undefined {
  try {
    const message = JSON.parse(text) as Partial<ClientMessage> | null;
    switch (message?.type) {
      case 'connection_init':
        return { type: 'connection_init' };
      case 'stop':
        return typeof message.id === 'string' ? { type: 'stop', id: message.id } : undefined;
      case 'start':
        return isStart(message) ? message : undefined;
      default:
        return undefined;
    }
  } catch {
    return undefined;
  }
}

function isStart(message: Partial<ClientMessage>): message is Extract<ClientMessage, { type: 'start' }> {
  const { id, payload } = message as { id?: unknown; payload?: Partial<StartPayload> };
  return (
    typeof id === 'string' &&
    typeof payload?.data === 'string' &&
    typeof payload.extensions?.authorization === 'object'
  );
}
