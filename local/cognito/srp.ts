import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/*
 * The server's side of SRP-6a as Cognito speaks it: the 3072-bit group of RFC 5054 with generator 2, SHA-256, and
 * integers hashed as Java's BigInteger.toByteArray writes them (shortest form, a zero byte before a set sign bit).
 */
const N = BigInt(
  '0xFFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD' +
    'EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED' +
    'EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F' +
    '83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B' +
    'E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510' +
    '15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7' +
    'ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C' +
    'BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF',
);
const G = 2n;
const HKDF_INFO = 'Caldera Derived Key\u0001';

/** Whose password it is: the part of the pool id after `_`, and the user name (never an alias). */
export interface SrpIdentity {
  readonly poolName: string;
  readonly username: string;
}

/** All that is kept of a password; both in hexadecimal. */
export interface PasswordRecord {
  readonly salt: string;
  readonly verifier: string;
}

/** The server's half of one exchange. `secret` must never leave the server. */
export interface SrpExchange {
  readonly secret: bigint;
  /** SRP_B. */
  readonly publicValue: bigint;
}

const K = toInteger(sha256(signedBytes(N), signedBytes(G)));

export function createPasswordRecord(
  identity: SrpIdentity,
  password: string,
  salt: Uint8Array = randomBytes(16),
): PasswordRecord {
  const saltValue = toInteger(salt);
  return {
    salt: saltValue.toString(16),
    verifier: modPow(G, privateKey(identity, password, saltValue)).toString(16),
  };
}

/** Compares in constant time. */
export function passwordMatches(identity: SrpIdentity, password: string, record: PasswordRecord): boolean {
  const x = privateKey(identity, password, parseHex(record.salt));
  return equalBytes(signedBytes(modPow(G, x)), signedBytes(parseHex(record.verifier)));
}

/** Begins an exchange; `secret` is an argument so that a test can repeat one. */
export function startExchange(
  record: PasswordRecord,
  secret: bigint = toInteger(randomBytes(64)),
): SrpExchange {
  return { secret, publicValue: (K * parseHex(record.verifier) + modPow(G, secret)) % N };
}

/** SRP_A; undefined for what is no hexadecimal number, or 0 modulo N (which would need no password). */
export function parsePublicValue(hex: string): bigint | undefined {
  if (!/^[0-9a-f]{1,1024}$/i.test(hex)) return undefined;
  const value = parseHex(hex);
  return value % N === 0n ? undefined : value;
}

export interface SrpProof {
  readonly identity: SrpIdentity;
  readonly record: PasswordRecord;
  readonly exchange: SrpExchange;
  /** SRP_A. */
  readonly clientValue: bigint;
  /** PASSWORD_CLAIM_SECRET_BLOCK, base64. */
  readonly secretBlock: string;
  readonly timestamp: string;
  /** PASSWORD_CLAIM_SIGNATURE, base64. */
  readonly signature: string;
}

/** Whether the signature proves knowledge of the password. Compares in constant time. */
export function proofHolds(proof: SrpProof): boolean {
  const { identity, record, exchange, clientValue } = proof;
  const u = toInteger(sha256(signedBytes(clientValue), signedBytes(exchange.publicValue)));
  if (u === 0n) return false;
  const shared = modPow(clientValue * modPow(parseHex(record.verifier), u), exchange.secret);
  const prk = createHmac('sha256', signedBytes(u)).update(signedBytes(shared)).digest();
  const key = createHmac('sha256', prk).update(HKDF_INFO).digest().subarray(0, 16);
  const expected = createHmac('sha256', key)
    .update(identity.poolName)
    .update(identity.username)
    .update(Buffer.from(proof.secretBlock, 'base64'))
    .update(proof.timestamp)
    .digest();
  return equalBytes(expected, Buffer.from(proof.signature, 'base64'));
}

function privateKey({ poolName, username }: SrpIdentity, password: string, salt: bigint): bigint {
  return toInteger(sha256(signedBytes(salt), sha256(Buffer.from(`${poolName}${username}:${password}`))));
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function signedBytes(value: bigint): Buffer {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex');
}

function parseHex(hex: string): bigint {
  return BigInt(`0x${hex}`);
}

function toInteger(bytes: Uint8Array): bigint {
  return parseHex(Buffer.from(bytes).toString('hex'));
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function modPow(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % N;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % N;
    square = (square * square) % N;
  }
  return result;
}
