import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type GetObjectCommandInput,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BUCKET, OTHER_BUCKET, startS3, type S3Fixture } from './s3-fixture.ts';

const HELLO_ETAG = '"5d41402abc4b2a76b9719d911017c592"';

let s3: S3Fixture;
let client: S3Client;

beforeEach(async () => {
  s3 = await startS3();
  client = s3.client();
});

afterEach(async () => {
  await s3.close();
});

const put = (Key: string, Body: PutObjectCommandInput['Body'] = 'hello', more = {}) =>
  client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body, ...more }));
const get = (Key: string, more: Partial<GetObjectCommandInput> = {}) =>
  client.send(new GetObjectCommand({ Bucket: BUCKET, Key, ...more }));
const read = async (Key: string, more: Partial<GetObjectCommandInput> = {}) =>
  (await get(Key, more)).Body?.transformToString();

describe('an object', () => {
  it('comes back with its bytes, its headers and what was noted of it', async () => {
    const written = await put('a/photo', 'hello', {
      ContentType: 'image/png',
      CacheControl: 'no-store',
      Metadata: { dispute: '7' },
    });
    expect(written).toMatchObject({ ETag: HELLO_ETAG, ChecksumCRC32: 'NhCmhg==' });

    const expected = {
      ETag: HELLO_ETAG,
      ContentLength: 5,
      ContentType: 'image/png',
      CacheControl: 'no-store',
      Metadata: { dispute: '7' },
      AcceptRanges: 'bytes',
      ServerSideEncryption: 'AES256',
    };
    expect(await get('a/photo')).toMatchObject({ ...expected, ChecksumCRC32: 'NhCmhg==' });
    expect(await read('a/photo')).toBe('hello');
    const head = await client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'a/photo' }));
    expect(head).toMatchObject(expected);
  });

  it('is stamped by the movable clock, and of no known type unless told', async () => {
    s3.clock.advance(30 * 86_400_000);
    await put('late', Buffer.from('x'), { ContentType: undefined });
    const { LastModified, ContentType } = await get('late');
    expect(Math.abs((LastModified?.getTime() ?? 0) - s3.clock.now())).toBeLessThan(5000);
    expect(ContentType).toBe('application/octet-stream'); // which the SDK sends
  });

  it('is replaced as a whole', async () => {
    await put('k', 'first', { Metadata: { round: '1' } });
    await put('k', 'second');
    expect(await read('k')).toBe('second');
    expect((await get('k')).Metadata).toEqual({});
  });

  it('may be empty, or binary and larger than a chunk', async () => {
    const large = Buffer.alloc(3_000_001, Buffer.from([0, 255, 13, 10]));
    await put('empty', '');
    await put('large', large);
    expect(await get('empty')).toMatchObject({
      ContentLength: 0,
      ETag: '"d41d8cd98f00b204e9800998ecf8427e"',
    });
    expect(await read('empty')).toBe('');
    const bytes = await (await get('large')).Body?.transformToByteArray();
    expect(large.equals(bytes ?? Buffer.alloc(0))).toBe(true);
  });

  it('may be streamed in chunks with a checksum behind them', async () => {
    const chunks = Array.from({ length: 20 }, (_, index) => Buffer.alloc(10_000, index));
    const whole = Buffer.concat(chunks);
    await put('streamed', Readable.from(chunks), { ContentLength: whole.length, ContentEncoding: 'gzip' });
    const answer = await get('streamed');
    expect(answer).toMatchObject({ ContentLength: whole.length, ContentEncoding: 'gzip' });
    expect(answer.ChecksumCRC32).toBeDefined();
    const bytes = await answer.Body?.transformToByteArray();
    expect(whole.equals(bytes ?? Buffer.alloc(0))).toBe(true);
  });

  it.each(['SHA256', 'SHA1'] as const)('is proved by %s too', async (ChecksumAlgorithm) => {
    await put('proved', 'hello', { ChecksumAlgorithm });
    expect((await get('proved'))[`Checksum${ChecksumAlgorithm}`]).toBeDefined();
    expect(await read('proved')).toBe('hello');
  });

  it('is gone once it is deleted, and so is what never was', async () => {
    await put('k');
    const { $metadata } = await client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'k' }));
    expect($metadata.httpStatusCode).toBe(204);
    await client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'k' }));
    await expect(get('k')).rejects.toMatchObject({
      name: 'NoSuchKey',
      Key: 'k',
      message: 'The specified key does not exist.',
    });
  });

  it.each([
    ['a/../../../etc/passwd'],
    ['../../outside'],
    ['/leading//double/'],
    ['.'],
    ['ünïcode/ключ/鍵/🗝'],
    ['odd !\'()*+,;=:@&$#%?[]<>"\\^`{|}~'],
    ['line\nbreak\ttab'],
    ['null\0byte'],
    ['.well-known/jwks.json'],
  ])('may be called %j', async (key) => {
    await put(key, `at ${key}`);
    await put('other', 'other');
    expect(await read(key)).toBe(`at ${key}`);
    const listed = await client.send(
      new ListObjectsV2Command({ Bucket: BUCKET, Prefix: key, EncodingType: 'url' }),
    );
    expect(listed.Contents?.map(({ Key = '' }) => decodeURIComponent(Key))).toEqual([key]);
    await client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: key }));
    await expect(get(key)).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});

describe('a reader', () => {
  it.each([
    ['bytes=0-0', 'h', 'bytes 0-0/5'],
    ['bytes=1-3', 'ell', 'bytes 1-3/5'],
    ['bytes=3-', 'lo', 'bytes 3-4/5'],
    ['bytes=3-99', 'lo', 'bytes 3-4/5'],
    ['bytes=-2', 'lo', 'bytes 3-4/5'],
    ['bytes=-99', 'hello', 'bytes 0-4/5'],
    ['bytes=3-1', 'hello', undefined],
    ['bytes=0-1,3-4', 'hello', undefined],
    ['pages=1', 'hello', undefined],
  ])('asking for %s gets %j', async (Range, expected, ContentRange) => {
    await put('k');
    const answer = await get('k', { Range });
    expect(answer.ContentRange).toBe(ContentRange);
    expect(answer.$metadata.httpStatusCode).toBe(ContentRange === undefined ? 200 : 206);
    expect(await answer.Body?.transformToString()).toBe(expected);
  });

  it.each(['bytes=5-', 'bytes=-0'])('asking for %s is told that there is no such range', async (Range) => {
    await put('k');
    await expect(get('k', { Range })).rejects.toMatchObject({
      name: 'InvalidRange',
      $metadata: { httpStatusCode: 416 },
      ActualObjectSize: '5',
    });
  });

  it('may choose how it is answered', async () => {
    await put('k', 'hello', { ContentType: 'text/html', ContentDisposition: 'inline' });
    const answer = await get('k', {
      ResponseContentType: 'application/octet-stream',
      ResponseContentDisposition: 'attachment; filename="é.txt"',
    });
    expect(answer.ContentType).toBe('application/octet-stream');
    expect(answer.ContentDisposition).toBe('attachment; filename="é.txt"');
    await expect(get('k', { ResponseContentDisposition: 'attachment; filename="鍵"' })).rejects.toMatchObject(
      {
        name: 'InvalidArgument',
      },
    );
  });

  it('is answered only under its conditions', async () => {
    await put('k');
    const long = new Date(s3.clock.now() - 3_600_000);
    const soon = new Date(s3.clock.now() + 3_600_000);
    for (const fits of [
      { IfMatch: HELLO_ETAG },
      { IfMatch: HELLO_ETAG, IfUnmodifiedSince: long },
      { IfNoneMatch: '"other"', IfModifiedSince: soon },
      { IfModifiedSince: long },
      { IfUnmodifiedSince: soon },
    ])
      expect(await read('k', fits)).toBe('hello');
    for (const misses of [{ IfMatch: '"other"' }, { IfUnmodifiedSince: long }])
      await expect(get('k', misses)).rejects.toMatchObject({ name: 'PreconditionFailed' });
    for (const hasIt of [{ IfNoneMatch: HELLO_ETAG }, { IfModifiedSince: soon }])
      await expect(get('k', hasIt)).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
  });

  it('of what is not there is told so by HEAD without a body', async () => {
    await expect(
      client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'nothing' })),
    ).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('goes on reading what is replaced meanwhile', async () => {
    const first = Buffer.alloc(20_000_000, 'a');
    await put('k', first);
    const { Body } = await get('k');
    await put('k', 'second');
    const bytes = await Body?.transformToByteArray();
    expect(first.equals(bytes ?? Buffer.alloc(0))).toBe(true);
  });
});

describe('a writer', () => {
  it('may insist on being the first', async () => {
    await put('k', 'first', { IfNoneMatch: '*' });
    await expect(put('k', 'second', { IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
      $metadata: { httpStatusCode: 412 },
    });
    expect(await read('k')).toBe('first');
  });

  it('is the only first of many at the same time', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => put('k', `writer ${index}`, { IfNoneMatch: '*' })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('may insist on what it replaces', async () => {
    await expect(put('k', 'x', { IfMatch: HELLO_ETAG })).rejects.toMatchObject({ name: 'NoSuchKey' });
    await put('k');
    await put('k', 'second', { IfMatch: HELLO_ETAG });
    await expect(put('k', 'third', { IfMatch: HELLO_ETAG })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    expect(await read('k')).toBe('second');
  });
});

describe('a copy', () => {
  const copy = (CopySource: string, Key: string, more = {}) =>
    client.send(new CopyObjectCommand({ Bucket: BUCKET, Key, CopySource, ...more }));

  it('has the bytes and headers of its source, and outlives it', async () => {
    await put('from ü', 'hello', { ContentType: 'text/plain', Metadata: { a: '1' } });
    const { CopyObjectResult: result } = await copy(`${BUCKET}/${encodeURIComponent('from ü')}`, 'to');
    expect(result?.ETag).toBe(HELLO_ETAG);
    await client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'from ü' }));
    expect(await get('to')).toMatchObject({ ContentType: 'text/plain', Metadata: { a: '1' } });
    expect(await read('to')).toBe('hello');
  });

  it('may have headers of its own, and lie in another bucket', async () => {
    await client.send(new PutObjectCommand({ Bucket: OTHER_BUCKET, Key: 'k', Body: 'hello' }));
    await copy(`/${OTHER_BUCKET}/k`, 'k', {
      MetadataDirective: 'REPLACE',
      ContentType: 'text/css',
      Metadata: { b: '2' },
    });
    expect(await get('k')).toMatchObject({ ContentType: 'text/css', Metadata: { b: '2' } });
  });

  it('is made only under its conditions, and never onto itself without a change', async () => {
    await put('k');
    await expect(copy(`${BUCKET}/k`, 'to', { CopySourceIfMatch: '"other"' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await expect(copy(`${BUCKET}/k`, 'to', { CopySourceIfNoneMatch: HELLO_ETAG })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await expect(copy(`${BUCKET}/k`, 'k')).rejects.toMatchObject({ name: 'InvalidRequest' });
    await expect(copy(`${BUCKET}/nothing`, 'to')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(copy('nowhere-1/k', 'to')).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(copy(BUCKET, 'to')).rejects.toMatchObject({ name: 'InvalidArgument' });
    await copy(`${BUCKET}/k`, 'k', { MetadataDirective: 'REPLACE', ContentType: 'text/css' });
    expect((await get('k')).ContentType).toBe('text/css');
    expect(await read('k')).toBe('hello');
  });
});

describe('a list', () => {
  const list = (more = {}) => client.send(new ListObjectsV2Command({ Bucket: BUCKET, ...more }));
  const keys = ({ Contents }: Awaited<ReturnType<typeof list>>) => Contents?.map(({ Key }) => Key) ?? [];
  const prefixes = ({ CommonPrefixes }: Awaited<ReturnType<typeof list>>) =>
    CommonPrefixes?.map(({ Prefix }) => Prefix) ?? [];

  it('is in the order of the bytes, and says what is there', async () => {
    for (const key of ['b', 'a', 'Z', 'é', '🗝', '\uFFFD']) await put(key);
    const listed = await list();
    expect(keys(listed)).toEqual(['Z', 'a', 'b', 'é', '\uFFFD', '🗝']);
    expect(listed).toMatchObject({ Name: BUCKET, KeyCount: 6, MaxKeys: 1000, IsTruncated: false });
    expect(listed.Contents?.[0]).toMatchObject({ ETag: HELLO_ETAG, Size: 5, StorageClass: 'STANDARD' });
  });

  it('shows folders where there is a delimiter', async () => {
    for (const key of ['a/1', 'a/2', 'a/b/3', 'ab', 'b/4', 'c']) await put(key);
    const top = await list({ Delimiter: '/' });
    expect([keys(top), prefixes(top)]).toEqual([
      ['ab', 'c'],
      ['a/', 'b/'],
    ]);
    const inside = await list({ Delimiter: '/', Prefix: 'a/' });
    expect([keys(inside), prefixes(inside)]).toEqual([['a/1', 'a/2'], ['a/b/']]);
    expect(keys(await list({ Prefix: 'a' }))).toEqual(['a/1', 'a/2', 'a/b/3', 'ab']);
    expect(keys(await list({ StartAfter: 'ab' }))).toEqual(['b/4', 'c']);
    expect(keys(await list({ Prefix: 'nothing' }))).toEqual([]);
  });

  it.each([1, 2, 3])('comes page by page of %d with nothing lost or doubled', async (MaxKeys) => {
    for (const key of ['a/1', 'a/2', 'b', 'b/3', 'c/4', 'd']) await put(key);
    const seen: (string | undefined)[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await list({ MaxKeys, Delimiter: '/', ContinuationToken });
      expect(page.KeyCount).toBeLessThanOrEqual(MaxKeys);
      seen.push(...prefixes(page), ...keys(page));
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    expect(seen.sort()).toEqual(['a/', 'b', 'b/', 'c/', 'd']);
  });

  it('refuses a token and a number that make no sense, and has a page of none', async () => {
    await put('k');
    await expect(list({ ContinuationToken: 'x' })).rejects.toMatchObject({ name: 'InvalidArgument' });
    await expect(list({ MaxKeys: -1 })).rejects.toMatchObject({ name: 'InvalidArgument' });
    expect(await list({ MaxKeys: 0 })).toMatchObject({ KeyCount: 0, IsTruncated: false });
    expect(await list({ MaxKeys: 5000 })).toMatchObject({ MaxKeys: 1000 });
  });

  it('is of a bucket that is there', async () => {
    expect(await client.send(new HeadBucketCommand({ Bucket: BUCKET }))).toMatchObject({
      BucketRegion: 'us-east-1',
    });
    await expect(client.send(new HeadBucketCommand({ Bucket: 'nowhere-1' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
    await expect(list({ Bucket: 'nowhere-1' })).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });
});
