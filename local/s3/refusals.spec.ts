import { request as httpRequest } from 'node:http';
import {
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BUCKET, startS3, type S3Fixture } from './s3-fixture.ts';

let s3: S3Fixture;
let client: S3Client;

beforeEach(async () => {
  s3 = await startS3();
  client = s3.client();
});

afterEach(async () => {
  await s3.close();
});

const object = { Bucket: BUCKET, Key: 'k' };
const put = (more: Partial<PutObjectCommandInput>) =>
  client.send(new PutObjectCommand({ ...object, Body: 'hello', ...more }));
const authorization = 'AWS4-HMAC-SHA256 Credential=developer/20260101/us-east-1/s3/aws4_request';

/** Sends what no SDK would. */
const send = (method: string, path: string, headers: Record<string, string | number> = {}, body = '') =>
  new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const request = httpRequest(s3.endpoint, { method, path, headers: { authorization, ...headers } });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString() });
      });
    });
    request.end(body);
  });

const notImplemented = (what: string) => ({
  name: 'NotImplemented',
  message: `${what} is not embedded; the plain object API of S3 is`,
  $metadata: { httpStatusCode: 501 },
});

describe('what is not embedded', () => {
  it.each([
    [
      'an upload in parts',
      () => client.send(new CreateMultipartUploadCommand(object)),
      'POST of an object ?uploads',
    ],
    ['GetObjectAcl', () => client.send(new GetObjectAclCommand(object)), '?acl of GetObject'],
    [
      'PutObjectTagging',
      () => client.send(new PutObjectTaggingCommand({ ...object, Tagging: { TagSet: [] } })),
      '?tagging of PutObject',
    ],
    [
      'a version',
      () => client.send(new GetObjectCommand({ ...object, VersionId: '1' })),
      '?versionId of GetObject',
    ],
    ['the first list API', () => client.send(new ListObjectsCommand({ Bucket: BUCKET })), 'GET of a bucket'],
    ['all buckets', () => client.send(new ListBucketsCommand()), 'GET of all buckets'],
    [
      'many deletions',
      () => client.send(new DeleteObjectsCommand({ Bucket: BUCKET, Delete: { Objects: [{ Key: 'k' }] } })),
      'POST of a bucket ?delete',
    ],
    ['an access list', () => put({ ACL: 'public-read' }), 'x-amz-acl of PutObject'],
    ['another class', () => put({ StorageClass: 'GLACIER' }), 'x-amz-storage-class of PutObject'],
    ['CRC32C', () => put({ ChecksumCRC32C: 'AAAAAA==' }), 'The checksum CRC32C'],
    ['a condition', () => put({ IfNoneMatch: '"a"' }), 'If-None-Match with anything but * on a write'],
  ] as const)('is refused by name: %s', async (_what, call, name) => {
    await expect(call()).rejects.toMatchObject(notImplemented(name));
  });

  it('is a method that S3 has not', async () => {
    const { status, text } = await send('PATCH', `/${BUCKET}/k`);
    expect(status).toBe(405);
    expect(text).toContain('<Code>MethodNotAllowed</Code>');
  });

  it('is encryption by a key of one’s own', async () => {
    await put({ ServerSideEncryption: 'AES256' });
    await expect(put({ ServerSideEncryption: 'aws:kms' })).rejects.toMatchObject({ name: 'InvalidArgument' });
  });
});

describe('a body', () => {
  it.each([
    ['CRC32', { ChecksumCRC32: 'AAAAAA==' }],
    ['SHA256', { ChecksumSHA256: 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCR=' }],
    ['Content-MD5', { ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' }],
  ])('that does not fit its %s is not stored', async (what, checksum) => {
    await expect(put(checksum)).rejects.toMatchObject({
      name: 'BadDigest',
      message: `The ${what} you specified did not match the calculated checksum.`,
    });
    await expect(client.send(new GetObjectCommand(object))).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('that does not fit the hash in its signature is not stored', async () => {
    const hash = '0'.repeat(64);
    const { status, text } = await send('PUT', `/${BUCKET}/k`, { 'x-amz-content-sha256': hash }, 'hello');
    expect(status).toBe(400);
    expect(text).toContain('<Code>XAmzContentSHA256Mismatch</Code>');
  });

  const streamed = {
    'content-encoding': 'aws-chunked',
    'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    'x-amz-decoded-content-length': 5,
    'x-amz-trailer': 'x-amz-checksum-crc32',
  };

  it.each([
    ['5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n', 200, ''],
    ['2\r\nhe\r\n3\r\nllo\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n', 200, ''],
    ['5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n', 400, 'BadDigest'],
    ['5\r\nhello\r\n0\r\n\r\n', 400, 'MalformedTrailerError'],
    ['4\r\nhell\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n', 400, 'IncompleteBody'],
    ['6\r\nhello!\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n', 400, 'IncompleteBody'],
    ['5\r\nhello', 400, 'IncompleteBody'],
    ['5\r\nhello0\r\n\r\n', 400, 'IncompleteBody'],
    ['hello', 400, 'IncompleteBody'],
    ['x\r\nhello\r\n', 400, 'IncompleteBody'],
  ])('streamed as %j is answered %d %s', async (body, status, code) => {
    const answer = await send('PUT', `/${BUCKET}/k`, { ...streamed, 'content-length': body.length }, body);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(code && `<Code>${code}</Code>`);
    const isThere = await client.send(new GetObjectCommand(object)).then(
      () => true,
      () => false,
    );
    expect(isThere).toBe(status === 200);
  });

  it('with two checksums is refused', async () => {
    const headers = { ...streamed, 'x-amz-checksum-sha1': 'x' };
    const { text } = await send('PUT', `/${BUCKET}/k`, headers, '');
    expect(text).toContain('<Code>InvalidRequest</Code>');
  });

  it.each([
    ['content-length', {}],
    ['x-amz-decoded-content-length', { 'x-amz-content-sha256': streamed['x-amz-content-sha256'] }],
  ])('of more than 100 MB by its %s is refused before it is sent', async (header, more) => {
    const answer = new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
      const request = httpRequest(`${s3.endpoint}/${BUCKET}/k`, {
        method: 'PUT',
        headers: { authorization, 'content-length': 104_857_601, [header]: 104_857_601, ...more },
      });
      request.on('error', reject);
      request.on('response', (response) => {
        response.on('data', (chunk: Buffer) => {
          resolve({ status: response.statusCode, text: chunk.toString() });
          request.destroy();
        });
      });
      request.flushHeaders();
    });
    expect((await answer).status).toBe(400);
    expect((await answer).text).toContain(
      '<Code>EntityTooLarge</Code><Message>Your proposed upload exceeds the maximum allowed size: the embedded S3 takes 100 MB, not 5 GB</Message>',
    );
  });

  it('without a length is refused', async () => {
    const { status, text } = await send('PUT', `/${BUCKET}/k`, { 'transfer-encoding': 'chunked' }, 'hello');
    expect(status).toBe(411);
    expect(text).toContain('<Code>MissingContentLength</Code>');
  });
});

describe('a request', () => {
  it('with a key that is too long, or too much noted, is refused', async () => {
    await put({ Key: 'ü'.repeat(512) });
    await expect(put({ Key: `${'ü'.repeat(512)}x` })).rejects.toMatchObject({ name: 'KeyTooLongError' });
    await expect(put({ Metadata: { a: 'x'.repeat(2048) } })).rejects.toMatchObject({
      name: 'MetadataTooLarge',
    });
  });

  it('whose path is not UTF-8 is refused', async () => {
    const { status, text } = await send('GET', `/${BUCKET}/%FF`);
    expect(status).toBe(400);
    expect(text).toContain('<Code>InvalidURI</Code>');
  });

  it('names what it was about, in XML that is safe', async () => {
    const { text } = await send('GET', `/${BUCKET}/${encodeURIComponent('<a>&"')}`);
    expect(text).toContain('<Key>&lt;a&gt;&amp;&quot;</Key>');
  });

  it('in virtual-host style is the same', async () => {
    await put({ Key: 'a/b' });
    const { text } = await send('GET', '/a/b', { host: `${BUCKET}.localhost` });
    expect(text).toBe('hello');
  });

  it('of another service, or of no bucket, is none of S3’s', async () => {
    expect((await fetch(`${s3.endpoint}/graphql`, { method: 'POST', body: '' })).status).toBe(200);
    expect((await fetch(`${s3.endpoint}/_local/health`)).status).toBe(200);
    expect((await fetch(`${s3.endpoint}/us-east-1_a/.well-known/jwks.json`)).status).toBe(200);
    expect((await fetch(`${s3.endpoint}/nowhere-1/k`)).headers.get('x-amzn-errortype')).toBe(
      'NotFoundException',
    );
    expect(s3.log).toEqual([]);
  });
});
