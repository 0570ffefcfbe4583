import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BUCKET, OTHER_BUCKET, PAGE, startS3, type S3Fixture } from './s3-fixture.ts';

let s3: S3Fixture;

beforeEach(async () => {
  s3 = await startS3();
});

afterEach(async () => {
  await s3.close();
});

const preflight = (bucket: string, method: string, headers = '', origin = PAGE) =>
  fetch(`${s3.endpoint}/${bucket}/some/key?X-Amz-Expires=1`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': method,
      ...(headers !== '' && { 'access-control-request-headers': headers }),
    },
  });

describe('a preflight', () => {
  it('is answered by the rule of the bucket', async () => {
    const response = await preflight(BUCKET, 'PUT', 'Content-Type, x-amz-meta-a');
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD, PUT',
      'access-control-allow-headers': 'content-type, x-amz-meta-a',
      'access-control-expose-headers': 'ETag',
      'access-control-max-age': '3000',
      vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
    });
  });

  it('names the origin where the rule does, and then allows credentials', async () => {
    const response = await preflight(OTHER_BUCKET, 'GET', 'x-amz-date');
    expect(response.headers.get('access-control-allow-origin')).toBe(PAGE);
    expect(response.headers.get('access-control-allow-credentials')).toBe('true');
  });

  it.each([
    ['a method', OTHER_BUCKET, 'PUT', '', PAGE, 'This CORS request is not allowed'],
    ['a header', OTHER_BUCKET, 'GET', 'content-type', PAGE, 'This CORS request is not allowed'],
    ['an origin', OTHER_BUCKET, 'GET', '', 'http://127.0.0.1:4200', 'This CORS request is not allowed'],
    ['anything', 'no-cors', 'GET', '', PAGE, 'CORS is not enabled for this bucket'],
  ])('is refused %s that no rule has', async (_what, bucket, method, headers, origin, message) => {
    const response = await preflight(bucket, method, headers, origin);
    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    const text = await response.text();
    expect(text).toContain('<Code>AccessForbidden</Code>');
    expect(text).toContain(message);
  });

  it('says what it asks', async () => {
    const response = await fetch(`${s3.endpoint}/${BUCKET}/key`, { method: 'OPTIONS' });
    expect(response.status).toBe(400);
  });

  it('of a page from elsewhere is refused whatever the bucket says', async () => {
    const response = await preflight(BUCKET, 'GET', '', 'https://evil.test');
    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('an answer', () => {
  it('may be read by the page also where it is a refusal', async () => {
    const refused = await fetch(`${s3.endpoint}/${BUCKET}/key`, { headers: { origin: PAGE } });
    expect(refused.status).toBe(403);
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
    expect(await refused.text()).toContain('<Code>AccessDenied</Code>');
  });

  it('has no such headers where no rule has the method, or nobody asks', async () => {
    const deletion = await fetch(`${s3.endpoint}/${BUCKET}/key`, {
      method: 'DELETE',
      headers: { origin: PAGE },
    });
    expect(deletion.headers.get('access-control-allow-origin')).toBeNull();
    const plain = await fetch(`${s3.endpoint}/${BUCKET}/key`);
    expect(plain.headers.get('access-control-allow-origin')).toBeNull();
  });
});
