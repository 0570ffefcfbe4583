import type { IncomingMessage } from 'node:http';
import { AwsServiceError } from './aws-service.ts';

/** DynamoDB takes the largest requests of all that is embedded: 16 MB. */
const LONGEST = 16 * 1024 * 1024;

/** The body as text; leaves the request open, so that a refusal can still be answered. Throws AwsServiceError `RequestEntityTooLargeException` (413) beyond 16 MB. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LONGEST)
      throw new AwsServiceError('RequestEntityTooLargeException', 'The request is longer than 16 MB', 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Throws AwsServiceError `SerializationException` for what is not a JSON object. */
export function parseObject(body: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body === '' ? '{}' : body);
  } catch {
    throw new AwsServiceError('SerializationException', 'The request is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new AwsServiceError('SerializationException', 'The request is not a JSON object');
  return value as Record<string, unknown>;
}
