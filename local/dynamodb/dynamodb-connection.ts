import { Agent, request } from 'node:http';
import { AwsServiceError, REGION } from '../gateway/aws-service.ts';

/** Sends an operation in DynamoDB's own JSON; throws AwsServiceError for what the database refuses. */
export type DynamoDbConnection = (operation: string, input: unknown) => Promise<unknown>;

export const TARGET = 'DynamoDB_20120810';

/** dynoxide wants to see a signature; nobody checks it. */
const UNCHECKED_SIGNATURE = `AWS4-HMAC-SHA256 Credential=local/20200101/${REGION}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`;

/**
 * Opens kept-alive connections to `endpoint`. `ready` is awaited after a refused connection, which is then tried once
 * more: nothing was sent. A connection that breaks later may have done its work, and is answered as
 * `InternalServerError` (500), which every SDK retries.
 */
export function connectDynamoDb(endpoint: string, ready: () => Promise<void>): DynamoDbConnection {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  return async (operation, input) => {
    const body = JSON.stringify(input);
    const post = () => send(endpoint, agent, operation, body);
    try {
      const answer = await post().catch(async (error: unknown) => {
        if (!isRefused(error)) throw error;
        await ready();
        return post();
      });
      return read(answer);
    } catch (error) {
      if (error instanceof AwsServiceError) throw error;
      throw new AwsServiceError('InternalServerError', `The local database is gone: ${String(error)}`, 500);
    }
  };
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

function send(endpoint: string, agent: Agent, operation: string, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(endpoint, {
      agent,
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'content-length': Buffer.byteLength(body),
        'x-amz-target': `${TARGET}.${operation}`,
        'x-amz-date': '20200101T000000Z',
        authorization: UNCHECKED_SIGNATURE,
      },
    });
    outgoing.once('error', reject);
    outgoing.once('response', (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.once('error', reject);
      incoming.once('end', () => {
        resolve({ status: incoming.statusCode ?? 500, text: Buffer.concat(chunks).toString() });
      });
    });
    outgoing.end(body);
  });
}

function read({ status, text }: Answer): unknown {
  const body = JSON.parse(text) as Record<string, unknown>;
  if (status < 400) return body;
  const { __type: type, message, Message: otherMessage, ...details } = body;
  const code = typeof type === 'string' ? type.slice(type.lastIndexOf('#') + 1) : 'InternalServerError';
  throw new AwsServiceError(code, asText(message ?? otherMessage), status, details);
}

function asText(message: unknown): string {
  return typeof message === 'string' ? message : '';
}

function isRefused(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'ECONNREFUSED';
}
