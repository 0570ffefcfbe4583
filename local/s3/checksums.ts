import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** What a client may send along with a body to prove it whole; S3 knows CRC32C and CRC64NVME besides. */
export const CHECKSUM_ALGORITHMS = ['crc32', 'sha1', 'sha256'] as const;
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64. */
  readonly value: string;
}

/** Takes a body piece by piece. */
export interface Digest {
  update(chunk: Uint8Array): unknown;
  digest(encoding: 'base64' | 'hex'): string;
}

export function digestOf(algorithm: ChecksumAlgorithm | 'md5'): Digest {
  return algorithm === 'crc32' ? new Crc32() : createHash(algorithm);
}

class Crc32 implements Digest {
  private value = 0;

  update(chunk: Uint8Array): void {
    this.value = crc32(chunk, this.value);
  }

  digest(encoding: 'base64' | 'hex'): string {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(this.value);
    return bytes.toString(encoding);
  }
}
