import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { MAX_FILE_BYTES, type FileType } from '../../../domain/evidence.ts';
import { MINUTE } from '../../../domain/instant.ts';
import { Refusal } from '../../../domain/refusal.ts';

/** An address is good for so many seconds: a click or an upload, and no more. */
export const ADDRESS_LASTS = 5 * MINUTE;

/** What is uploaded is nobody's evidence yet; the bucket forgets it after a day. */
export const uploadKey = (disputeId: string, userId: string, uploadId: string): string =>
  `uploads/${disputeId}/${userId}/${uploadId}`;

/** No address to write here is ever given out: what was checked stays what it is. */
export const evidenceKey = (disputeId: string, uploadId: string): string =>
  `evidence/${disputeId}/${uploadId}`;

/** The bucket with the files of evidence. */
export interface EvidenceFiles {
  /** Where just this many bytes of this type may be put. */
  uploadUrl(key: string, type: FileType, size: number): Promise<string>;
  /** A file from where it can be read, under a name. */
  url(key: string, type: FileType, fileName: string): Promise<string>;
  /** The whole file; undefined if there is none. Throws `Refusal` INVALID_FILE for one that is too large. */
  read(key: string): Promise<Uint8Array | undefined>;
  keep(key: string, type: FileType, content: Uint8Array): Promise<void>;
  remove(key: string): Promise<void>;
}

/** The SDK would sign the checksum of an empty body into the address of an upload. */
const client = () => new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' });

export const evidenceFiles = (Bucket: string, s3: S3Client = client()): EvidenceFiles => ({
  uploadUrl: (Key, ContentType, ContentLength) =>
    getSignedUrl(s3, new PutObjectCommand({ Bucket, Key, ContentType, ContentLength }), {
      expiresIn: ADDRESS_LASTS,
      signableHeaders: new Set(['content-type', 'content-length', 'host']),
    }),

  url: (Key, type, fileName) =>
    getSignedUrl(
      s3,
      new GetObjectCommand({
        Bucket,
        Key,
        ResponseContentType: type,
        ResponseContentDisposition: `inline; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      }),
      { expiresIn: ADDRESS_LASTS },
    ),

  async read(Key) {
    try {
      const { Body, ContentLength = 0 } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      if (ContentLength > MAX_FILE_BYTES) throw new Refusal('INVALID_FILE');
      return await Body?.transformToByteArray();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  },

  async keep(Key, ContentType, content) {
    await s3.send(new PutObjectCommand({ Bucket, Key, ContentType, Body: content }));
  },

  async remove(Key) {
    await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  },
});
