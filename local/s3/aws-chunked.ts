import { incompleteBody } from './s3-error.ts';

const LONGEST_LINE = 16 * 1024;
const CHUNK_HEADER = /^([0-9a-f]{1,8})(?:;.*)?$/i;

/**
 * The body within the content encoding `aws-chunked`, in which SDKs send what they stream; the trailers after it are
 * handed to `onTrailer` by lower-case name. Signatures of chunks are not checked, as those of headers are not.
 * Throws AwsServiceError `IncompleteBody` for anything else.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export async function* decodeAwsChunked(
  source: AsyncIterable<Buffer>,
  onTrailer: (name: string, value: string) => void,
): AsyncGenerator<Buffer> {
  const reader = new ByteReader(source);
  for (;;) {
    const size = CHUNK_HEADER.exec(await reader.line())?.[1];
    if (size === undefined) throw incompleteBody();
    const length = parseInt(size, 16);
    if (length === 0) break;
    yield* reader.take(length);
    if ((await reader.line()) !== '') throw incompleteBody();
  }
  for (let line = await reader.line(); line !== ''; line = await reader.line()) {
    const colon = line.indexOf(':');
    onTrailer(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
}

class ByteReader {
  private readonly source: AsyncIterator<Buffer, unknown>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** Up to the next CRLF, which is left out. */
  async line(): Promise<string> {
    for (;;) {
      const end = this.rest.indexOf('\r\n');
      if (end >= 0) {
        const line = this.rest.toString('latin1', 0, end);
        this.rest = this.rest.subarray(end + 2);
        return line;
      }
      if (this.rest.length > LONGEST_LINE) throw incompleteBody();
      this.rest = Buffer.concat([this.rest, await this.next()]);
    }
  }

  async *take(length: number): AsyncGenerator<Buffer> {
    for (let missing = length; missing > 0;) {
      if (this.rest.length === 0) this.rest = await this.next();
      const piece = this.rest.subarray(0, missing);
      this.rest = this.rest.subarray(piece.length);
      missing -= piece.length;
      yield piece;
    }
  }

  private async next(): Promise<Buffer> {
    const next = await this.source.next();
    if (next.done === true) throw incompleteBody();
    return next.value;
  }
}
