import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../definition/json.ts';

/** Adds what optimized integrations show of the HTTP response. `now` in epoch milliseconds. */
export function withMetadata(
  answer: JsonObject,
  now: number,
  own: Readonly<Record<string, string>> = {},
): JsonObject {
  const request = randomUUID();
  const headers: Readonly<Record<string, string>> = {
    Connection: 'keep-alive',
    'Content-Length': String(Buffer.byteLength(JSON.stringify(answer))),
    'Content-Type': 'application/x-amz-json-1.0',
    Date: new Date(now).toUTCString(),
    'x-amzn-RequestId': request,
    ...own,
  };
  return {
    ...answer,
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      HttpHeaders: { ...headers },
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: request },
  };
}

/** The headers that only Lambda answers with. */
export function invocationHeaders(payload: string): Record<string, string> {
  return {
    'Content-Length': String(Buffer.byteLength(payload)),
    'Content-Type': 'application/json',
    'X-Amz-Executed-Version': '$LATEST',
    'X-Amzn-Trace-Id': `Root=1-${randomUUID().replaceAll('-', '').slice(0, 8)}-${randomUUID().replaceAll('-', '').slice(0, 24)};Sampled=0`,
    'x-amzn-Remapped-Content-Length': '0',
  };
}
