import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAwsChunked } from './aws-chunked.ts';

/** Cuts bytes into pieces of the given lengths, over and over, as a network might. */
async function* cut(bytes: Buffer, lengths: readonly number[]): AsyncGenerator<Buffer> {
  for (let start = 0, index = 0; start < bytes.length; index++) {
    const length = lengths[index % lengths.length] ?? 1;
    yield await Promise.resolve(bytes.subarray(start, start + length));
    start += length;
  }
}

async function decode(source: AsyncIterable<Buffer>) {
  const trailers: Record<string, string> = {};
  const chunks: Buffer[] = [];
  for await (const chunk of decodeAwsChunked(source, (name, value) => (trailers[name] = value)))
    chunks.push(chunk);
  return { body: Buffer.concat(chunks), trailers };
}

const frame = (chunks: readonly Uint8Array[], extension = '') =>
  Buffer.concat([
    ...chunks.flatMap((chunk) => [
      Buffer.from(`${chunk.length.toString(16)}${extension}\r\n`),
      chunk,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`0${extension}\r\nX-Amz-Checksum-Crc32: abc=\r\n\r\n`),
  ]);

describe('aws-chunked', () => {
  it('is the same bytes whichever way it is chunked, signed and cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 4 }),
        fc.constantFrom('', ';chunk-signature=0123456789abcdef'),
        async (chunks, lengths, extension) => {
          const { body, trailers } = await decode(cut(frame(chunks, extension), lengths));
          expect(body.equals(Buffer.concat(chunks))).toBe(true);
          expect(trailers).toEqual({ 'x-amz-checksum-crc32': 'abc=' });
        },
      ),
    );
  });

  it('is incomplete wherever it breaks off', async () => {
    const whole = frame([Buffer.from('hello'), Buffer.from('world')]);
    for (let length = 0; length < whole.length; length++)
      await expect(decode(cut(whole.subarray(0, length), [7]))).rejects.toMatchObject({
        code: 'IncompleteBody',
      });
  });

  it('has no endless lines', async () => {
    await expect(decode(cut(Buffer.alloc(100_000, 'a'), [1000]))).rejects.toMatchObject({
      code: 'IncompleteBody',
    });
  });
});
