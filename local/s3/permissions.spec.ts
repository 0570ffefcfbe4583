import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BUCKET, startS3, type S3Fixture } from './s3-fixture.ts';

let s3: S3Fixture;
let worker: S3Client;

beforeEach(async () => {
  s3 = await startS3();
  worker = s3.workerClient();
  for (const Key of ['evidence/a', 'secret/b'])
    await s3.client().send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: Key }));
});

afterEach(async () => {
  await s3.close();
});

const at = (Key: string) => ({ Bucket: BUCKET, Key });
const refused = (action: string, resource: string) => ({
  name: 'AccessDenied',
  message: `User: arn:aws:sts::000000000000:assumed-role/worker/local is not authorized to perform: ${action} on resource: arn:aws:s3:::${BUCKET}${resource} because no identity-based policy allows the ${action} action`,
  $metadata: { httpStatusCode: 403 },
});

describe('a role', () => {
  it('does what its policy says, where it says so', async () => {
    await worker.send(new PutObjectCommand({ ...at('evidence/c'), Body: 'c' }));
    await worker.send(new CopyObjectCommand({ ...at('evidence/d'), CopySource: `${BUCKET}/evidence/c` }));
    await worker.send(new DeleteObjectCommand(at('evidence/c')));
    const { Contents } = await worker.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: 'evidence/' }));
    expect(Contents?.map(({ Key }) => Key)).toEqual(['evidence/a', 'evidence/d']);
  });

  it('is refused the rest as AWS words it', async () => {
    await expect(worker.send(new GetObjectCommand(at('secret/b')))).rejects.toMatchObject(
      refused('s3:GetObject', '/secret/b'),
    );
    await expect(worker.send(new PutObjectCommand({ ...at('secret/b'), Body: '' }))).rejects.toMatchObject(
      refused('s3:PutObject', '/secret/b'),
    );
    await expect(worker.send(new DeleteObjectCommand(at('secret/b')))).rejects.toMatchObject(
      refused('s3:DeleteObject', '/secret/b'),
    );
    for (const Prefix of ['secret/', '', undefined])
      await expect(worker.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix }))).rejects.toMatchObject(
        refused('s3:ListBucket', ''),
      );
    await expect(worker.send(new HeadBucketCommand({ Bucket: BUCKET }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('needs both to copy: to read there and to write here', async () => {
    const copy = (from: string, to: string) =>
      worker.send(new CopyObjectCommand({ ...at(to), CopySource: `${BUCKET}/${from}` }));
    await expect(copy('secret/b', 'evidence/c')).rejects.toMatchObject(refused('s3:GetObject', '/secret/b'));
    await expect(copy('evidence/a', 'secret/c')).rejects.toMatchObject(refused('s3:PutObject', '/secret/c'));
  });

  it('does not climb out of its folder by a key with dots', async () => {
    await expect(worker.send(new GetObjectCommand(at('evidence/../secret/b')))).rejects.toMatchObject(
      refused('s3:ListBucket', ''), // a key like any other, of nothing
    );
  });

  it('that may not list is not told whether an object is there, as on AWS', async () => {
    await expect(worker.send(new GetObjectCommand(at('evidence/nothing')))).rejects.toMatchObject(
      refused('s3:ListBucket', ''),
    );
    await expect(worker.send(new HeadObjectCommand(at('evidence/nothing')))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
  });
});

describe('nobody', () => {
  it('gets anything without credentials', async () => {
    const response = await fetch(`${s3.endpoint}/${BUCKET}/evidence/a`);
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('<Code>AccessDenied</Code><Message>Access Denied</Message>');
  });
});
