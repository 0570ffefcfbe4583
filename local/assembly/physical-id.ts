import { createHash } from 'node:crypto';

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

/**
 * Ids of a resource that AWS would make up at random. Here they follow from the resource's place in the backend, so
 * that data written before the next synth still belongs to it.
 */
export class PhysicalId {
  private readonly path: string;
  private readonly logicalId: string;

  /** `path` is the chain of logical ids from the root stack down to the resource. */
  constructor(path: string, logicalId: string) {
    this.path = path;
    this.logicalId = logicalId;
  }

  /** Lower-case letters and digits, as in an AppSync API's id. */
  token(length: number): string {
    const hash = createHash('sha512').update(this.path).digest();
    return Array.from(
      { length },
      (_, index) => DIGITS[(hash[index % hash.length] ?? 0) % DIGITS.length],
    ).join('');
  }

  uuid(): string {
    const hex = createHash('sha256').update(this.path).digest('hex');
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `8${hex.slice(17, 20)}`,
      hex.slice(20, 32),
    ].join('-');
  }

  /** A name as CloudFormation makes one up: the logical id (without the CDK's own hash) and twelve characters. */
  name(maxLength: number): string {
    const readable = this.logicalId.replace(/[0-9A-F]{8}$/, '') || this.logicalId;
    return `${readable.slice(0, maxLength - 13)}-${this.token(12).toUpperCase()}`;
  }
}
