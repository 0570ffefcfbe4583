import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** How often each fault strikes a transaction, 0 to 1. */
export interface Faults {
  /** Cancelled by another transaction: AWS does that, no local database does. */
  readonly conflict: number;
  /** Done, but the reply is lost. */
  readonly lostReply: number;
  /** Sent twice at once, as a client or a proxy that retries may do. */
  readonly duplicate: number;
}

export interface ChaosProxy {
  readonly endpoint: string;
  /** How often each fault has struck. */
  readonly struck: Readonly<Record<keyof Faults, number>>;
  stop(): Promise<void>;
}

const CONFLICT = 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException';

/** Stands between a client and a DynamoDB and makes transactions fail as they do on AWS. `random` is of 0 to 1. */
export async function startChaosProxy(
  upstream: string,
  faults: Faults,
  random: () => number,
): Promise<ChaosProxy> {
  const struck = { conflict: 0, lostReply: 0, duplicate: 0 };
  const agent = new Agent({ keepAlive: true });
  const strikes = (fault: keyof Faults): boolean => {
    if (random() >= faults[fault]) return false;
    struck[fault]++;
    return true;
  };

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await readAll(incoming);
    const isTransaction = String(incoming.headers['x-amz-target']).endsWith('.TransactWriteItems');
    if (isTransaction && strikes('conflict')) {
      outgoing.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end(conflict(body, random));
      return;
    }
    if (isTransaction && strikes('duplicate')) void forward(incoming, body).catch(() => undefined); // nobody waits for it
    const answer = await forward(incoming, body);
    if (isTransaction && answer.status === 200 && strikes('lostReply')) {
      outgoing.destroy();
      return;
    }
    outgoing.writeHead(answer.status, answer.headers).end(answer.body);
  }

  function forward(incoming: IncomingMessage, body: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const { method, headers, url = '/' } = incoming;
      const sent = httpRequest(new URL(url, upstream), { agent, method, headers }, (reply) => {
        const { statusCode = 500, headers: answered } = reply;
        readAll(reply)
          .then((answer) => {
            resolve({ status: statusCode, headers: answered, body: answer });
          })
          .catch(reject);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a server that listens on TCP has one

  return {
    endpoint: `http://127.0.0.1:${port}`,
    struck,
    async stop() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** The cancellation as AWS words it: one item, any one, is in another transaction. */
function conflict(body: Buffer, random: () => number): string {
  const { TransactItems: items } = JSON.parse(body.toString()) as { TransactItems: readonly unknown[] };
  const hit = Math.floor(random() * items.length);
  return JSON.stringify({
    __type: CONFLICT,
    message: 'Transaction cancelled, please refer cancellation reasons for specific reasons',
    CancellationReasons: items.map((_, index) =>
      index === hit
        ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }
        : { Code: 'None' },
    ),
  });
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
