import type { IncomingMessage } from 'node:http';
import { AwsServiceError } from './aws-service.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A bucket in virtual-host style. Nobody can point such a name elsewhere: all below `localhost` is loopback (RFC 6761). */
const SUBDOMAIN = /^[a-z0-9.-]+\.(?=localhost(:|$))/;

/**
 * Refuses what does not come from this machine's own pages and programs: a page from elsewhere may send requests to
 * localhost too, under its own origin or, by a name that it points to 127.0.0.1, under its own host.
 * Throws AwsServiceError `AccessDeniedException`.
 */
export function refuseStrangers(request: IncomingMessage): void {
  const { host, origin } = request.headers;
  if (host !== undefined && !isLoopback(`http://${host.replace(SUBDOMAIN, '')}`))
    throw denied(`the host ${host}`);
  if (origin !== undefined && !isLoopback(origin)) throw denied(`the origin ${origin}`);
}

/** Headers that let a page of this machine call from another port. */
export function corsHeaders(request: IncomingMessage): Record<string, string> {
  const { origin } = request.headers;
  if (origin === undefined) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*',
    'access-control-allow-methods': 'GET, POST, OPTIONS',
    'access-control-expose-headers': 'x-amzn-requestid, x-amzn-errortype, date',
    'access-control-max-age': '86400',
    vary: 'origin',
  };
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && LOOPBACK.has(new URL(url).hostname);
}

function denied(what: string): AwsServiceError {
  return new AwsServiceError('AccessDeniedException', `This serves its own machine only, not ${what}`, 403);
}
