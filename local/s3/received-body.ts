import { createHash, type Hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { AwsServiceError } from '../gateway/aws-service.ts';
import { decodeAwsChunked } from './aws-chunked.ts';
import { CHECKSUM_ALGORITHMS, digestOf, type Checksum, type ChecksumAlgorithm } from './checksums.ts';
import type { ObjectBody } from './object-body.ts';
import { badDigest, incompleteBody, invalidArgument, notImplemented } from './s3-error.ts';

/** Bytes. S3 takes 5 GB in one piece; on one machine that is more likely a mistake. */
export const LARGEST_OBJECT = 100 * 1024 * 1024;

const CHECKSUM_HEADER = /^x-amz-checksum-(?!mode$|type$)(.+)$/;

/** The body of a PUT, without its framing; throws AwsServiceError at its end where it is not what its headers say. */
export class ReceivedBody implements ObjectBody {
  private readonly request: IncomingMessage;
  private readonly headers: IncomingMessage['headers'];
  private readonly isChunked: boolean;
  private readonly length: number;
  private readonly algorithm: ChecksumAlgorithm | undefined;
  private verified: Checksum | undefined;

  /** Throws AwsServiceError for a length that is missing or too large, and for an algorithm that is not embedded. */
  constructor(request: IncomingMessage, headers: IncomingMessage['headers']) {
    this.request = request;
    this.headers = headers;
    this.isChunked = headers['x-amz-content-sha256']?.toString().startsWith('STREAMING-') === true;
    this.length = declaredLength(headers[this.isChunked ? 'x-amz-decoded-content-length' : 'content-length']);
    this.algorithm = checksumAlgorithm(headers);
  }

  get checksum(): Checksum | undefined {
    return this.verified;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    const trailers: Record<string, string> = {};
    const whole = this.request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    const body = this.isChunked
      ? decodeAwsChunked(whole, (name, value) => {
          trailers[name] = value;
        })
      : whole;
    const md5 = createHash('md5');
    const sha256 = createHash('sha256');
    const digest = this.algorithm && digestOf(this.algorithm);
    let length = 0;
    for await (const chunk of body) {
      length += chunk.length;
      if (length > this.length) throw incompleteBody();
      md5.update(chunk);
      sha256.update(chunk);
      digest?.update(chunk);
      yield chunk;
    }
    if (length !== this.length) throw incompleteBody();
    this.checkHashes(md5, sha256);
    if (this.algorithm && digest)
      this.verified = this.check(this.algorithm, digest.digest('base64'), trailers);
  }

  private checkHashes(md5: Hash, sha256: Hash): void {
    const contentMd5 = this.headers['content-md5'];
    if (contentMd5 !== undefined && contentMd5 !== md5.digest('base64')) throw badDigest('Content-MD5');
    const payload = this.headers['x-amz-content-sha256'];
    if (payload === undefined || payload === 'UNSIGNED-PAYLOAD' || this.isChunked) return;
    if (payload !== sha256.digest('hex'))
      throw new AwsServiceError(
        'XAmzContentSHA256Mismatch',
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
      );
  }

  private check(
    algorithm: ChecksumAlgorithm,
    computed: string,
    trailers: Readonly<Record<string, string>>,
  ): Checksum {
    const header = `x-amz-checksum-${algorithm}`;
    const given = this.headers[header] ?? trailers[header];
    if (given === undefined)
      throw new AwsServiceError(
        'MalformedTrailerError',
        `The trailer ${header} was announced and did not come`,
      );
    if (given !== computed) throw badDigest(algorithm.toUpperCase());
    return { algorithm, value: computed };
  }
}

function declaredLength(header: string | string[] | undefined): number {
  if (header === undefined)
    throw new AwsServiceError(
      'MissingContentLength',
      'You must provide the Content-Length HTTP header.',
      411,
    );
  const length = Number(header);
  if (!Number.isInteger(length) || length < 0)
    throw invalidArgument('The length is not a number', 'Content-Length', header);
  if (length > LARGEST_OBJECT)
    throw new AwsServiceError(
      'EntityTooLarge',
      'Your proposed upload exceeds the maximum allowed size: the embedded S3 takes 100 MB, not 5 GB',
      400,
      { ProposedSize: length, MaxSizeAllowed: LARGEST_OBJECT },
    );
  return length;
}

/** The one algorithm whose value comes in a header, or is announced as a trailer. */
function checksumAlgorithm(headers: IncomingMessage['headers']): ChecksumAlgorithm | undefined {
  const named = [...Object.keys(headers), headers['x-amz-trailer']?.toString().toLowerCase() ?? ''].flatMap(
    (name) => CHECKSUM_HEADER.exec(name)?.[1] ?? [],
  );
  const [name, ...others] = new Set(named);
  if (name === undefined) return undefined;
  if (others.length > 0)
    throw new AwsServiceError(
      'InvalidRequest',
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    );
  const algorithm = CHECKSUM_ALGORITHMS.find((known) => known === name);
  if (!algorithm) throw notImplemented(`The checksum ${name.toUpperCase()}`);
  return algorithm;
}
