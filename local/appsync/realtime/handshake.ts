import type { IncomingMessage } from 'node:http';
import type { Headers } from '../auth/authentication.ts';

/** The subprotocol that the server of the upgrade must choose. */
export const REALTIME_PROTOCOL = 'graphql-ws';

/**
 * The authorization headers of a connection: in the subprotocol `header-<base64url JSON>` or, as older clients do, in
 * the query `?header=<base64 JSON>`. Empty where neither is there.
 */
export function handshakeHeaders(request: IncomingMessage): Headers {
  const protocols = (request.headers['sec-websocket-protocol'] ?? '').split(/\s*,\s*/);
  const inProtocol = protocols.find((protocol) => protocol.startsWith('header-'))?.slice('header-'.length);
  const inQuery = new URL(request.url ?? '/', 'http://localhost').searchParams.get('header');
  try {
    const parsed: unknown = JSON.parse(Buffer.from(inProtocol ?? inQuery ?? '', 'base64url').toString());
    return parsed !== null && typeof parsed === 'object' ? (parsed as Headers) : {};
  } catch {
    return {};
  }
}
