import { createHash, createHmac } from 'node:crypto';

interface Running {
  update(data: Uint8Array): unknown;
  digest(): Uint8Array;
}

type Source = string | ArrayBuffer | ArrayBufferView;

/** Node's SHA-256, or HMAC with a secret, in the shape that the SDK's signer takes. */
export class NodeSha256 {
  private readonly secret: Source | undefined;
  private hash: Running;

  constructor(secret?: Source) {
    this.secret = secret;
    this.hash = this.begin();
  }

  update(data: Uint8Array): void {
    this.hash.update(data);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.hash.digest());
  }

  reset(): void {
    this.hash = this.begin();
  }

  private begin(): Running {
    return this.secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(this.secret));
  }
}

function bytesOf(source: Source): string | Uint8Array {
  if (typeof source === 'string') return source;
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}
