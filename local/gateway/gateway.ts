import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { AwsServiceError } from './aws-service.ts';
import type { CredentialRegistry } from './credential-registry.ts';
import { JsonProtocol } from './json-protocol.ts';
import { answerInvocation, invokedFunction } from './lambda-rest.ts';
import { answerLocal, type LocalEndpoints } from './local-endpoints.ts';
import { corsHeaders, refuseStrangers } from './loopback.ts';
import { errorReply, json, send, type Reply } from './reply.ts';
import { readBody } from './request-body.ts';
import type { ServiceRegistry } from './service-registry.ts';

/** The GraphQL API, as far as HTTP goes. */
export interface GraphqlEndpoint {
  handleGraphql(request: {
    readonly headers: IncomingMessage['headers'];
    readonly body: string;
  }): Promise<{ readonly statusCode: number; readonly body: string }>;
  handleSocket(socket: WebSocket, request: IncomingMessage): void;
}

/** S3's REST protocol: paths of its own, bodies that are bytes, cross-origin rules of each bucket. */
export interface ObjectEndpoint {
  serves(request: IncomingMessage): boolean;
  answer(request: IncomingMessage): Promise<Reply>;
}

/** What stands behind the gateway. */
export interface GatewayRoutes {
  readonly registry: ServiceRegistry;
  readonly credentials: CredentialRegistry;
  readonly graphql: GraphqlEndpoint;
  readonly s3: ObjectEndpoint;
  /** Public keys of a user pool; throws AwsServiceError for an unknown one. */
  readonly jwks: (poolId: string) => unknown;
  readonly local: LocalEndpoints;
}

const JWKS = /^\/([\w-]+)\/\.well-known\/jwks\.json$/;
const REALTIME_PATH = '/graphql/realtime';
const REALTIME_PROTOCOL = 'graphql-ws';

/** The one address of the embedded AWS, on the loopback interface only. */
export class Gateway {
  readonly port: number;
  private readonly server: Server;
  private readonly log: (line: string) => void;
  private readonly sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (protocols) => protocols.has(REALTIME_PROTOCOL) && REALTIME_PROTOCOL,
  });
  private routes: GatewayRoutes | undefined;

  private constructor(server: Server, log: (line: string) => void) {
    this.server = server;
    this.log = log;
    this.port = (server.address() as AddressInfo).port; // it listens on TCP
    server.on('request', (request, response) => {
      void this.answer(request)
        .then((reply) => {
          send(request, response, reply);
        })
        .catch((error: unknown) => {
          log(`An answer could not be sent: ${String(error)}`);
          response.destroy();
        });
    });
    server.on('upgrade', (request, socket, head) => {
      this.upgrade(request, socket, head);
    });
  }

  /**
   * Takes the port, 0 for any free one. Until `serve` is called everything is answered 503: what stands behind the
   * gateway needs to know its address first. Throws Error that names the option where the port is taken.
   */
  static async listen(port: number, log: (line: string) => void): Promise<Gateway> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => {
        reject(
          error.code === 'EADDRINUSE'
            ? new Error(`Port ${port} is in use. Choose another by --gateway-port.`)
            : error,
        );
      });
      server.listen(port, '127.0.0.1', resolve);
    });
    return new Gateway(server, log);
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  serve(routes: GatewayRoutes): void {
    this.routes = routes;
  }

  /** Ends every connection. */
  async close(): Promise<void> {
    for (const socket of this.sockets.clients) socket.terminate();
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  /** S3 speaks for itself, errors and cross-origin headers included; for all else they are the same. */
  private async answer(request: IncomingMessage): Promise<Reply> {
    try {
      refuseStrangers(request);
      if (this.routes?.s3.serves(request)) return await this.routes.s3.answer(request);
      return withCors(request, await this.route(request));
    } catch (error) {
      return withCors(request, errorReply(error, request.destroyed ? () => undefined : this.log));
    }
  }

  private async route(request: IncomingMessage): Promise<Reply> {
    const { method = 'GET', headers } = request;
    if (method === 'OPTIONS') return { statusCode: 204, body: '' };
    const routes = this.routes;
    if (!routes) throw new AwsServiceError('ServiceUnavailableException', 'Still starting', 503);

    const { pathname } = new URL(request.url ?? '/', this.url);
    const body = await readBody(request);
    const pool = JWKS.exec(pathname)?.[1];
    if (pool !== undefined) return json(routes.jwks(pool));
    if (pathname.startsWith('/_local/')) return answerLocal(routes.local, method, pathname, body);
    if (pathname === '/graphql' && method === 'POST') {
      const { statusCode, body: answer } = await routes.graphql.handleGraphql({ headers, body });
      return { statusCode, headers: { 'content-type': 'application/json' }, body: answer };
    }
    const { registry, credentials } = routes;
    const functionName = invokedFunction(pathname);
    if (functionName !== undefined && method === 'POST')
      return answerInvocation(registry, credentials, request, functionName, body, this.log);
    if (pathname === '/' || headers['smithy-protocol'] !== undefined)
      return new JsonProtocol(registry, credentials, this.log).answer(request, body);
    throw new AwsServiceError('NotFoundException', `There is no ${method} ${pathname}`, 404);
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    try {
      refuseStrangers(request);
    } catch {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const { pathname } = new URL(request.url ?? '/', this.url);
    const graphql = this.routes?.graphql;
    if (pathname !== REALTIME_PATH || !graphql) {
      socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
      return;
    }
    this.sockets.handleUpgrade(request, socket, head, (client) => {
      graphql.handleSocket(client, request);
    });
  }
}

const withCors = (request: IncomingMessage, reply: Reply): Reply => ({
  ...reply,
  headers: { ...reply.headers, ...allowedOrigin(request) },
});

/** A page from elsewhere learns nothing, not even that it was refused. */
function allowedOrigin(request: IncomingMessage): Record<string, string> {
  try {
    refuseStrangers(request);
    return corsHeaders(request);
  } catch {
    return {};
  }
}
