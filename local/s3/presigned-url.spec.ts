import { connect } from 'node:net';
import {
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyPresigned } from './presigned-url.ts';
import { BUCKET, PAGE, startS3, type S3Fixture } from './s3-fixture.ts';

const HOUR = 3_600_000;
const KEY = 'evidence/photo ü.png';
const PHOTO = 'hello';

let s3: S3Fixture;

beforeEach(async () => {
  s3 = await startS3();
});

afterEach(async () => {
  await s3.close();
});

/** As a function on AWS would sign it: bytes, type and all. */
function uploadUrl(more: Partial<PutObjectCommandInput> = {}, expiresIn = 300, signingDate?: Date) {
  return getSignedUrl(
    s3.workerClient(),
    new PutObjectCommand({
      Bucket: BUCKET,
      Key: KEY,
      ContentType: 'image/png',
      ContentLength: PHOTO.length,
      ...more,
    }),
    {
      expiresIn,
      signableHeaders: new Set(['host', 'content-type', 'content-length']),
      signingDate: signingDate ?? new Date(s3.clock.now()),
    },
  );
}

const downloadUrl = (more = {}) =>
  getSignedUrl(s3.workerClient(), new GetObjectCommand({ Bucket: BUCKET, Key: KEY, ...more }), {
    signingDate: new Date(s3.clock.now()),
  });

const upload = (url: string, body: string = PHOTO, type = 'image/png', more = {}) =>
  fetch(url, { method: 'PUT', body, headers: { 'content-type': type, origin: PAGE, ...more } });

/** The code in the XML of a refusal. */
async function codeOf(response: Response): Promise<string> {
  const [, code = '', message = ''] =
    /<Code>(.*)<\/Code><Message>(.*)<\/Message>/s.exec(await response.text()) ?? [];
  return `${response.status} ${code}: ${message}`;
}

async function isThere(): Promise<boolean> {
  return s3
    .client()
    .send(new HeadObjectCommand({ Bucket: BUCKET, Key: KEY }))
    .then(
      () => true,
      () => false,
    );
}

describe('a presigned URL', () => {
  it('lets a browser put what was signed, and get it back', async () => {
    const put = await upload(await uploadUrl());
    expect(put.status).toBe(200);
    expect(put.headers.get('access-control-allow-origin')).toBe('*');
    expect(put.headers.get('access-control-expose-headers')).toBe('ETag');
    expect(put.headers.get('etag')).toBe('"5d41402abc4b2a76b9719d911017c592"');

    const url = await downloadUrl({ ResponseContentDisposition: 'attachment; filename="photo.png"' });
    const got = await fetch(url, { headers: { origin: PAGE, range: 'bytes=0-1' } });
    expect(got.headers.get('content-type')).toBe('image/png');
    expect(got.headers.get('content-disposition')).toBe('attachment; filename="photo.png"');
    expect(await got.text()).toBe('he');
  });

  it('proves nothing by the checksum in it, which the SDK took of a body it did not have', async () => {
    const url = await uploadUrl();
    expect(url).toContain('x-amz-checksum-crc32=AAAAAA%3D%3D');
    const { headers } = await upload(url);
    expect(headers.get('x-amz-checksum-crc32')).toBeNull();
    const send = new PutObjectCommand({ Bucket: BUCKET, Key: KEY, Body: PHOTO });
    expect(await s3.client().send(send)).toHaveProperty('ChecksumCRC32');
    const got = await fetch(await downloadUrl());
    expect([await got.text(), got.headers.get('x-amz-checksum-crc32')]).toEqual([PHOTO, null]);
  });

  it('carries metadata and conditions that the SDK moved into it', async () => {
    const url = await uploadUrl({ Metadata: { dispute: '7' } });
    expect(url).toContain('x-amz-meta-dispute=7');
    await upload(url);
    const { Metadata } = await s3.client().send(new HeadObjectCommand({ Bucket: BUCKET, Key: KEY }));
    expect(Metadata).toEqual({ dispute: '7' });
  });

  it.each([
    ['more bytes', PHOTO + '!', 'image/png'],
    ['fewer bytes', 'hell', 'image/png'],
    ['another type', PHOTO, 'text/html'],
  ])('is no good for %s', async (_what, body, type) => {
    expect(await codeOf(await upload(await uploadUrl(), body, type))).toMatch(/^403 SignatureDoesNotMatch/);
    expect(await isThere()).toBe(false);
  });

  it('is no good for a body whose length is not told', async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('much more than was signed'));
        controller.close();
      },
    });
    const response = await fetch(await uploadUrl(), {
      method: 'PUT',
      body,
      headers: { 'content-type': 'image/png' },
      duplex: 'half',
    } as RequestInit);
    expect(await codeOf(response)).toMatch(/^403 SignatureDoesNotMatch/);
  });

  it.each([
    ['key', (url: string) => url.replace('/photo', '/other')],
    ['bucket', (url: string) => url.replace(BUCKET, 'letters-1')],
    ['end', (url: string) => url.replace('X-Amz-Expires=300', 'X-Amz-Expires=3000')],
    ['set of signed headers', (url: string) => url.replace('content-length%3B', '')],
    ['signature', (url: string) => url.replace(/(X-Amz-Signature=)./, '$1x')],
    ['signature, cut off', (url: string) => url.replace(/(X-Amz-Signature=....)[^&]*/, '$1')],
    ['query', (url: string) => `${url}&x-amz-meta-more=1`],
  ])('with another %s is another', async (_what, tamper) => {
    const url = await uploadUrl();
    expect(tamper(url)).not.toBe(url);
    expect(await codeOf(await upload(tamper(url)))).toMatch(/^403 SignatureDoesNotMatch/);
    expect(await isThere()).toBe(false);
  });

  it('is for one method', async () => {
    await upload(await uploadUrl());
    expect(await codeOf(await upload(await downloadUrl()))).toMatch(/^403 SignatureDoesNotMatch/);
    const deletion = await fetch(await downloadUrl(), { method: 'DELETE' });
    expect(await codeOf(deletion)).toMatch(/^403 SignatureDoesNotMatch/);
    expect(await isThere()).toBe(true);
  });

  it('is for one address of the gateway', async () => {
    const url = await uploadUrl();
    const elsewhere = await upload(url.replace('127.0.0.1', 'localhost'));
    expect(await codeOf(elsewhere)).toMatch(/^403 SignatureDoesNotMatch/);
  });

  it('ends by the movable clock, by which it was signed', async () => {
    s3.clock.advance(100 * HOUR);
    const url = await uploadUrl({}, 3600);
    s3.clock.advance(HOUR - 60_000);
    const { status, headers } = await upload(url);
    expect(status).toBe(200);
    expect(Math.abs(Date.parse(headers.get('date') ?? '') - s3.clock.now())).toBeLessThan(5000);
    s3.clock.advance(61_000);
    expect(await codeOf(await upload(url))).toBe('403 AccessDenied: Request has expired');
  });

  it('is not valid long before it was signed', async () => {
    const later = await uploadUrl({}, 300, new Date(s3.clock.now() + HOUR));
    expect(await codeOf(await upload(later))).toBe('403 AccessDenied: Request is not valid yet');
  });

  it('admits no header of S3 that was not signed', async () => {
    const response = await upload(await uploadUrl(), PHOTO, 'image/png', { 'x-amz-meta-more': '1' });
    expect(await codeOf(response)).toBe(
      '403 AccessDenied: There were headers present in the request which were not signed',
    );
  });

  it('holds the sender to a checksum that was signed as a header', async () => {
    const sha256 = 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=';
    const url = await getSignedUrl(
      s3.workerClient(),
      new PutObjectCommand({ Bucket: BUCKET, Key: KEY, ChecksumSHA256: sha256 }),
      { unhoistableHeaders: new Set(['x-amz-checksum-sha256']) },
    );
    const send = (body: string) => upload(url, body, 'image/png', { 'x-amz-checksum-sha256': sha256 });
    expect(await codeOf(await send('other'))).toMatch(/^400 BadDigest/);
    expect((await send(PHOTO)).status).toBe(200);
  });

  it('that nobody signed who has credentials here is unknown', async () => {
    const command = new GetObjectCommand({ Bucket: BUCKET, Key: KEY });
    expect(await codeOf(await fetch(await getSignedUrl(s3.client(), command)))).toMatch(
      /^403 InvalidAccessKeyId/,
    );
    const { sessionToken: _, ...noToken } = s3.credentials.issue('arn:aws:iam::000000000000:role/worker');
    const url = await getSignedUrl(s3.client({ credentials: noToken }), command);
    expect(await codeOf(await fetch(url))).toMatch(/^400 InvalidToken/);
  });

  it('allows no more than its signer may, when it is used', async () => {
    const elsewhere = await uploadUrl({ Key: 'secret/photo.png' });
    expect(await codeOf(await upload(elsewhere))).toMatch(
      /^403 AccessDenied: User: .*assumed-role\/worker\/local is not authorized to perform: s3:PutObject/,
    );
  });

  it.each([
    ['X-Amz-Expires=300', 'X-Amz-Expires=604801', 'must be less than a week'],
    ['X-Amz-Expires=300', 'X-Amz-Expires=soon', 'should be a number'],
    ['X-Amz-Expires=300&', '', 'requires the'],
    ['X-Amz-Algorithm=AWS4-HMAC-SHA256', 'X-Amz-Algorithm=MD5', 'only supports'],
    ['us-east-1', 'eu-west-1', 'expecting a scope'],
    [/X-Amz-Date=[^&]*/, 'X-Amz-Date=today', 'ISO8601'],
  ])('with %s as %s is refused by name', async (from, to, message) => {
    const answer = await codeOf(await upload((await uploadUrl()).replace(from, to)));
    expect(answer).toMatch(/^400 AuthorizationQueryParametersError/);
    expect(answer).toContain(message);
  });

  it('takes no second way of signing', async () => {
    const authorization = 'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request';
    const response = await upload(await uploadUrl(), PHOTO, 'image/png', { authorization });
    expect(await codeOf(response)).toMatch(/^400 InvalidArgument: Only one auth mechanism allowed/);
  });

  it('is refused also to who reads the answer only after all is sent, as a browser may', async () => {
    const { port, pathname, search, host } = new URL(await uploadUrl());
    const length = 20_000_000;
    const head = `PUT ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: ${length}\r\n\r\n`;
    const socket = connect(Number(port), '127.0.0.1').pause();
    const answer = await new Promise<string>((resolve, reject) => {
      socket.on('error', reject);
      socket.on('data', (data: Buffer) => {
        resolve(data.toString());
      });
      socket.write(Buffer.concat([Buffer.from(head), Buffer.alloc(length)]), () => socket.resume());
    });
    socket.destroy();
    expect(answer).toMatch(/^HTTP\/1.1 403 /);
  });
});

describe('the signature of a URL', () => {
  /** Source: "Authenticating Requests: Using Query Parameters", with a session token's place left empty. */
  it('is the one that AWS gives as its example', async () => {
    const accessKeyId = 'AKIAIOSFODNN7EXAMPLE';
    const query = new URLSearchParams({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': `${accessKeyId}/20130524/us-east-1/s3/aws4_request`,
      'X-Amz-Date': '20130524T000000Z',
      'X-Amz-Expires': '86400',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Signature': 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    });
    const request = {
      method: 'GET',
      bucket: 'examplebucket',
      key: 'test.txt',
      path: '/test.txt',
      query,
      headers: { host: 'examplebucket.s3.amazonaws.com' },
    };
    const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
    const verify = (path: string) =>
      verifyPresigned(
        { ...request, path },
        () => ({ accessKeyId, secretAccessKey }),
        Date.UTC(2013, 4, 24, 12),
      );
    expect(await verify('/test.txt')).toBe(accessKeyId);
    await expect(verify('/test2.txt')).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' });
  });
});
